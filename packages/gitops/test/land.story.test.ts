import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { World } from '@mlops-actions/diagnostics'
import { commitFiles, headOf, protectBranch, readFileAt } from '@mlops-actions/sandbox/github'
import { git } from '../../../test/harness/server-git.ts'
import { type Branch, type BumpRequest, decideBump, landChange, parseTrailers } from '../src/index.ts'
import { createWorld, FILE, type Fixture, request, service, startFixture, type Transport } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

function bump(branch: Branch, asked: BumpRequest, world: World = createWorld()) {
  const decide = decideBump.bind(undefined, asked)
  return landChange(world, branch, {
    paths: asked.changes.map(({ file }) => file),
    changeId: asked.order.changeId,
    decide,
  })
}

async function fileAtHead(path = FILE): Promise<string> {
  const head = (await headOf(fixture.repository, 'main')) ?? ''
  return readFileAt(fixture.repository, head, path)
}

/** The request that offers the commit. */
function isOffer({ path, body }: { path: string; body: Buffer }): boolean {
  return (
    path.endsWith('/git-receive-pack') || (path.endsWith('/graphql') && body.includes('createCommitOnBranch'))
  )
}

describe.each<Transport>(['git', 'api'])('by %s', (transport) => {
  describe('a bump', () => {
    test('puts exactly the value onto the branch, in a commit that says what it replaced', async () => {
      const landed = await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      expect(landed).toMatchObject({ changed: true, attempts: 1, result: { outcome: 'changed' } })
      expect(await headOf(fixture.repository, 'main')).toBe(landed.commit)
      expect(await fileAtHead()).toBe(service('churn', { image: 'registry.example/churn:v2' }))
      const message = await git(fixture.repository, 'log', '-1', '--format=%an <%ae>%n%B')
      const author =
        transport === 'git' ? 'Deployer <deployer@example.com>' : 'bot <bot@users.noreply.github.com>'
      expect(message.split('\n')[0]).toBe(author)
      expect(Object.fromEntries(parseTrailers(message))).toMatchObject({
        'Argocd-reference-commit-sha': 'a'.repeat(40),
        'Mlops-Image': 'registry.example/churn:v2',
        'Mlops-Previous-Image': 'registry.example/churn:v1',
        'Mlops-Target': `${FILE} churn predictor`,
      })
      expect(landed.result.diff).toContain(
        '-        image: registry.example/churn:v1\n+        image: registry.example/churn:v2\n',
      )
    })

    test('done a second time makes no commit, and still knows what it replaced', async () => {
      const first = await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      const second = await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      expect(second).toMatchObject({
        changed: false,
        commit: first.commit,
        result: { outcome: 'already-there' },
      })
      expect(second.result.values).toEqual(first.result.values)
      expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe('2')
    })

    test('keeps every other byte of a Windows file, and its mode', async () => {
      const windows = (image: string): string =>
        `\ufeff${service('churn', { image }).replaceAll('\n', '\r\n')}`.trimEnd()
      await commitFiles(fixture.github.state, fixture.repository, {
        files: { [FILE]: windows('registry.example/churn:v1') },
        message: 'Windows',
      })
      await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      expect(await fileAtHead()).toBe(windows('registry.example/churn:v2'))
    })
  })

  describe('with other writers', () => {
    test('two on adjacent lines of one file both land', async () => {
      const one = request('registry.example/churn:v2')
      const two = request('', {
        changes: [{ set: 'storage-uri', value: 's3://ml/churn/v2/', file: FILE, target: {} }],
      })
      await Promise.all([
        bump(await fixture.openBranch(transport), one),
        bump(await fixture.openBranch(transport), two),
      ])
      expect(await fileAtHead()).toBe(
        service('churn', { image: 'registry.example/churn:v2', uri: 's3://ml/churn/v2/' }),
      )
    })

    /** Another writer sets the image between our first try, which fails, and our second. */
    function worldWhere(image: string): World {
      // Twice: curl itself sends a request again when a connection that it used before is reset.
      fixture.github.faults.push({ match: isOffer, times: 2, respond: 'reset' })
      const files = { [FILE]: service('churn', { image }) }
      const race = () =>
        commitFiles(fixture.github.state, fixture.repository, { files, message: 'Another writer' })
      return createWorld({ sleep: async () => void (await race()) })
    }

    test('who sets the same value to a third one in between is not overwritten', async () => {
      const world = worldWhere('registry.example/churn:v9')
      await expect(
        bump(await fixture.openBranch(transport), request('registry.example/churn:v2'), world),
      ).rejects.toMatchObject({
        code: 'GITOPS_VALUE_CONFLICT',
        message: expect.stringContaining('it became "registry.example/churn:v9"'),
      })
      expect(await fileAtHead()).toContain('churn:v9')
    })

    test('the last one wins where that is wanted', async () => {
      const world = worldWhere('registry.example/churn:v9')
      const landed = await bump(
        await fixture.openBranch(transport),
        request('registry.example/churn:v2', { onConflict: 'overwrite' }),
        world,
      )
      expect(landed).toMatchObject({ changed: true })
      expect(await fileAtHead()).toContain('churn:v2')
    })

    test('who writes the very same value leaves nothing to do', async () => {
      const world = worldWhere('registry.example/churn:v2')
      const landed = await bump(
        await fixture.openBranch(transport),
        request('registry.example/churn:v2'),
        world,
      )
      expect(landed).toMatchObject({ changed: false, commit: await headOf(fixture.repository, 'main') })
    })
  })

  describe('when the branch is rewritten between the look and the commit', () => {
    /** Runs once, when the commit is about to be offered. */
    async function bumpAfter(change: () => Promise<unknown>) {
      const branch = await fixture.openBranch(transport)
      let changing: Promise<unknown> | undefined
      const late: Branch = {
        ...branch,
        land: async (draft) => {
          changing ??= change()
          await changing
          return branch.land(draft)
        },
      }
      return bump(late, request('registry.example/churn:v2'))
    }

    test('what was taken out of it does not come back', async () => {
      const start = await headOf(fixture.repository, 'main')
      const leak = { files: { 'secret.txt': 'hunter2' }, message: 'Oops' }
      await commitFiles(fixture.github.state, fixture.repository, leak)
      const landed = await bumpAfter(() =>
        git(fixture.repository, 'update-ref', 'refs/heads/main', start ?? ''),
      )
      expect(landed).toMatchObject({ changed: true, attempts: 2 })
      expect(await git(fixture.repository, 'log', '--format=%s', 'main')).not.toContain('Oops')
      expect(await git(fixture.repository, 'rev-parse', 'main^')).toBe(start)
    })

    test('a branch that was deleted stays deleted', async () => {
      const removal = () => git(fixture.repository, 'update-ref', '-d', 'refs/heads/main')
      await expect(bumpAfter(removal)).rejects.toMatchObject({ kind: 'not-found' })
      expect(await headOf(fixture.repository, 'main')).toBeUndefined()
    })
  })

  describe('when the connection dies', () => {
    test('before the server took the push, it is sent again', async () => {
      fixture.github.faults.push({ match: isOffer, times: 4, respond: 'reset' })
      const landed = await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      expect(landed).toMatchObject({ changed: true, commit: await headOf(fixture.repository, 'main') })
      expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe('2')
    })

    test('after the server took the push, the commit is found and not made twice', async () => {
      fixture.github.faults.push({ match: isOffer, times: 2, respond: 'reset-after' })
      const landed = await bump(await fixture.openBranch(transport), request('registry.example/churn:v2'))
      expect(landed).toMatchObject({
        changed: true,
        attempts: 1,
        commit: await headOf(fixture.repository, 'main'),
        result: { outcome: 'changed' },
      })
      expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe('2')
    })

    test('after the server took the push and another writer followed, the commit is still found', async () => {
      fixture.github.faults.push({ match: isOffer, times: 2, respond: 'reset-after' })
      const files = { [FILE]: service('churn', { image: 'registry.example/churn:v9' }) }
      const world = createWorld({
        sleep: async () =>
          void (await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Next' })),
      })
      const landed = await bump(
        await fixture.openBranch(transport),
        request('registry.example/churn:v2'),
        world,
      )
      expect(landed).toMatchObject({ changed: true, result: { outcome: 'changed' } })
      expect(landed.commit).toBe(await git(fixture.repository, 'rev-parse', 'main^'))
      expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe('3')
    })

    test('while reading, the branch is read again', async () => {
      fixture.github.faults.push({
        match: ({ method }) => method === 'GET',
        times: 2,
        respond: { status: 503, body: 'down' },
      })
      expect(
        await bump(await fixture.openBranch(transport), request('registry.example/churn:v2')),
      ).toMatchObject({
        changed: true,
      })
    })
  })

  test('a limit of the server is waited for, before the look and before the commit', async () => {
    const limited = {
      status: 429,
      headers: { 'content-type': 'application/json' },
      body: '{"message": "Slow"}',
    }
    fixture.github.faults.push({ match: isOffer, times: 1, respond: limited })
    fixture.github.faults.push({ match: (asked) => !isOffer(asked), times: 1, respond: limited })
    const world = createWorld({ sleep: async () => {} })
    const branch = await fixture.openBranch(transport, { world })
    expect(await bump(branch, request('registry.example/churn:v2'), world)).toMatchObject({
      changed: true,
      attempts: 1,
    })
    expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe('2')
  })

  describe('a bump is refused', () => {
    test.each(['GH006', 'GH013'] as const)(
      'by a branch protected with %s, at once and with its words',
      async (rule) => {
        await protectBranch(fixture.repository, 'main', rule)
        await expect(
          bump(await fixture.openBranch(transport), request('registry.example/churn:v2')),
        ).rejects.toMatchObject({
          kind: 'policy',
          message: expect.stringMatching(`Changes must be made through a pull request.*bypass list`),
        })
        const offers = fixture.github.requests.filter(({ path }) => /git-receive-pack$|graphql$/.test(path))
        expect(offers).toHaveLength(transport === 'git' ? 1 : 2)
      },
    )

    test('with a token that is not known', async () => {
      await expect(
        bump(
          await fixture.openBranch(transport, { token: 'ghs_wrong' }),
          request('registry.example/churn:v2'),
        ),
      ).rejects.toMatchObject({ kind: 'auth' })
    })
  })
})

// What is decided of a branch knows nothing of the way to it.
describe('a bump is refused', () => {
  test('for an image of another repository, unless that is allowed', async () => {
    const asked = request('registry.example/fraud:v2')
    await expect(bump(await fixture.openBranch('api'), asked)).rejects.toMatchObject({
      code: 'GITOPS_REPOSITORY_CHANGED',
    })
    const allowed = { ...asked, allowRepositoryChange: true }
    expect(await bump(await fixture.openBranch('api'), allowed)).toMatchObject({ changed: true })
  })

  test('when a later run has deployed since, unless that is allowed', async () => {
    const later = request('registry.example/churn:v3')
    const run = { ...later.order.run, runId: '1000' }
    await bump(await fixture.openBranch('api'), { ...later, order: { ...later.order, run } })
    const older = request('registry.example/churn:v2')
    await expect(bump(await fixture.openBranch('api'), older)).rejects.toMatchObject({
      code: 'GITOPS_NEWER_DEPLOYMENT',
      retryable: false,
    })
    expect(await bump(await fixture.openBranch('api'), { ...older, allowDowngrade: true })).toMatchObject({
      changed: true,
    })
  })
})

test('git leaves the token in no file', async () => {
  const branch = await fixture.openBranch('git')
  await bump(branch, request('registry.example/churn:v2'))
  const files = await readdir(fixture.temp, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  expect(texts.length).toBeGreaterThan(5)
  expect(texts.filter((text) => /ghs_|authorization/i.test(text))).toEqual([])
})
