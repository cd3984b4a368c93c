import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const SAYS_OLD = 'echo github.com/docker/buildx v0.25.0 abc; exit'
const TOO_OLD = { kind: 'config', code: 'BUILDX_TOO_OLD' }

/** A PATH with this docker and nothing else: neither another buildx nor a program that keeps logins. */
async function onlyDocker(...lines: readonly string[]): Promise<{ readonly PATH: string }> {
  const [bin = ''] = (await fixture.before(...lines)).split(':')
  return { PATH: bin }
}

/** Where the scripts and the test leave word for each other. */
const place = (name: string): string => join(fixture.workspace, '..', name)
const until = (name: string): string => `until [ -e '${place(name)}' ]; do /bin/sleep 0.02; done`
const leave = (name: string): string => `: > '${place(name)}'`
const isThere = (name: string): Promise<boolean> =>
  access(place(name)).then(
    () => true,
    () => false,
  )

/** The environment of a job that has this Docker configuration. */
async function configured(config: string): Promise<{ readonly DOCKER_CONFIG: string }> {
  await mkdir(place('docker'))
  await writeFile(join(place('docker'), 'config.json'), config)
  return { DOCKER_CONFIG: place('docker') }
}

function operations(): readonly string[] {
  return fixture.ecr.requests.map(({ headers }) => (headers['x-amz-target'] ?? '').replace(/^.*\./, ''))
}

const REFUSED = 'echo "ERROR: failed to push: no basic auth credentials" >&2; exit 1'

describe('a buildx that is too old is told', () => {
  test('while it builds, and ended', async () => {
    const env = await onlyDocker(
      `case "$2" in version) ${until('began')}; ${SAYS_OLD};; esac`,
      `trap "${leave('ended')}; exit 1" TERM`,
      leave('began'),
      until('never'),
    )
    const { failure } = await fixture.push({}, env)
    expect(failure).toMatchObject(TOO_OLD)
    expect(await isThere('ended')).toBe(true)
    expect(fixture.repository.tags.size).toBe(0)
  })

  test('when its push was refused', async () => {
    const env = await onlyDocker(
      `case "$2" in version) ${until('refused')}; ${SAYS_OLD};; esac`,
      leave('refused'),
      REFUSED,
    )
    expect((await fixture.push({}, env)).failure).toMatchObject(TOO_OLD)
  })

  test('when it has built what is not pushed', async () => {
    const env = await onlyDocker(
      `case "$2" in version) ${until('built')}; ${SAYS_OLD};; esac`,
      leave('built'),
      'exit 0',
    )
    expect((await fixture.push({ push: 'false' }, env)).failure).toMatchObject(TOO_OLD)
  })

  test('and not one that is good, whose build has failed', async () => {
    const env = await onlyDocker(
      `case "$2" in version) ${until('failed')}; echo github.com/docker/buildx v0.26.0 abc; exit;; esac`,
      leave('failed'),
      'echo "ERROR: no space left on device" >&2; exit 1',
    )
    expect((await fixture.push({}, env)).failure).toMatchObject({ code: 'DISK_FULL' })
  })
})

describe('its answer is waited for, so that nothing is built by one that is too old', () => {
  const logins: [what: string, config: (host: string) => string][] = [
    ['a login of the same registry', (host) => JSON.stringify({ auths: { [host]: { auth: 'YTpi' } } })],
    ['a helper for it', (host) => JSON.stringify({ credHelpers: { [host]: 'ecr-login' } })],
    ['a helper for all of them', () => JSON.stringify({ credsStore: 'desktop' })],
    ['a configuration that nobody can read', () => '{"auths"'],
  ]
  test.each(logins)('where the user has %s', async (_what, config) => {
    const env = await onlyDocker(`case "$2" in version) ${SAYS_OLD};; esac`)
    const { host } = fixture.ecr.registryServer
    const { failure } = await fixture.push({}, { ...env, ...(await configured(config(host))) })
    expect(failure).toMatchObject(TOO_OLD)
    expect((await fixture.calls()).words).toBe('')
  })

  test('where a repository would be created', async () => {
    const env = await onlyDocker(`case "$2" in version) ${SAYS_OLD};; esac`)
    const given = { repository: 'ml/new', 'create-repository': 'true' }
    expect((await fixture.push(given, env)).failure).toMatchObject(TOO_OLD)
    expect(operations()).not.toContain('CreateRepository')
    expect((await fixture.calls()).words).toBe('')
  })

  test.each([{}, { push: 'false' }])('in a dry run with %j', async (given) => {
    const env = await onlyDocker(`case "$2" in version) ${SAYS_OLD};; esac`)
    expect((await fixture.push({ 'dry-run': 'true', ...given }, env)).failure).toMatchObject(TOO_OLD)
    expect((await fixture.calls()).words).toBe('')
  })

  test('and a new one builds after its answer', async () => {
    const env = await onlyDocker(
      `case "$2" in version) ${leave('answered')};; build) [ -e '${place('answered')}' ] || exit 64;; esac`,
    )
    const config = await configured(
      JSON.stringify({ auths: { [fixture.ecr.registryServer.host]: { auth: 'YTpi' } } }),
    )
    const { failure, outputs } = await fixture.push({}, { ...env, ...config })
    expect([failure, outputs['changed']]).toEqual([undefined, 'true'])
  })
})

test('without anything to reuse the token is asked for beside the look into the repository', async () => {
  await fixture.push({ reuse: 'false' })
  expect(operations().slice(0, 2).toSorted()).toEqual(['BatchGetImage', 'GetAuthorizationToken'])
})
