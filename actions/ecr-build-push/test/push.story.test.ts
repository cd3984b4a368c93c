import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const isManifestPut = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'PUT' && path.includes('/manifests/')
const refusal = (text: string) => ({
  status: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ errors: [{ code: 'TAG_INVALID', message: text }] }),
})

describe('a push', () => {
  test('again does the work once: the same outputs, and nothing is changed', async () => {
    const first = await fixture.push()
    const { failure, outputs, summary } = await fixture.push()
    expect({ failure, changed: outputs['changed'], digest: outputs['digest'] }).toEqual({
      failure: undefined,
      changed: 'false',
      digest: first.outputs['digest'],
    })
    expect(summary).toContain('already had this image')
  })

  test('of a changed context moves the tag and shows what it was', async () => {
    const before = (await fixture.push()).outputs['digest'] ?? 'none'
    await fixture.write({ 'model.txt': 'new weights' })
    const { outputs, summary } = await fixture.push()
    expect(outputs['changed']).toBe('true')
    expect(summary).toContain(before.slice(0, 19))
  })

  test('goes to the registry that is named, with its token under that very name', async () => {
    const { port } = new URL(fixture.ecr.registryServer.url)
    const { failure, outputs } = await fixture.push({ registry: `localhost:${port}` })
    expect([failure, outputs['registry']]).toEqual([undefined, `localhost:${port}`])
    expect((await fixture.calls()).environments).toContain(`{"auths":{"localhost:${port}":{"auth":"`)
  })

  test('hands build arguments, labels, target, file and what concerns the cache on', async () => {
    await fixture.write({
      'images/Dockerfile':
        'ARG NAME\nFROM scratch AS serve\nARG NAME\nLABEL name=$NAME\nCOPY model.txt /\nFROM scratch\n',
    })
    const { failure, outputs } = await fixture.push({
      file: 'images/Dockerfile',
      target: 'serve',
      'build-args': 'NAME=$(id) --push; x',
      labels: 'team=churn',
      platforms: 'linux/arm64',
      'no-cache': 'true',
      pull: 'true',
    })
    expect(failure).toBeUndefined()
    expect((await fixture.calls()).words).toMatch(/buildx build.* --no-cache --pull/)
    const manifest = fixture.repository.manifests.get(outputs['digest'] ?? '')
    const { config } = JSON.parse(String(manifest?.bytes))
    const image = JSON.parse(String(fixture.repository.blobs.get(config.digest)))
    expect(image).toMatchObject({
      architecture: 'arm64',
      config: { Labels: { team: 'churn', name: '$(id) --push; x' } },
    })
  })

  test('hands other contexts on, folders by their paths', async () => {
    await fixture.write({ 'models/churn/model.bin': 'weights' })
    // The stand-in has no other contexts, and says so.
    const { failure } = await fixture.push({
      'build-contexts': 'model=models/churn\nbase=docker-image://alpine:3.22',
    })
    const { words } = await fixture.calls()
    expect(failure).toBeDefined()
    expect(words).toMatch(/ --build-context=model=\/\S+\/checkout\/models\/churn /)
    expect(words).toContain(' --build-context=base=docker-image://alpine:3.22 ')
  })

  test('tells buildx the time of the commit', async () => {
    await fixture.push({}, { SOURCE_DATE_EPOCH: '1700000000' })
    const { environments, words } = await fixture.calls()
    expect(environments).toContain('SOURCE_DATE_EPOCH=1700000000')
    expect(words).toContain('--label=org.opencontainers.image.created=2023-11-14T22:13:20.000Z')
  })

  test('is run again when the registry fails on the way', async () => {
    fixture.ecr.registryServer.faults.push({
      match: isManifestPut,
      times: 4,
      respond: { status: 503, body: '' },
    })
    const { failure, outputs } = await fixture.push()
    expect(failure).toBeUndefined()
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({ attempts: 2 })
  })

  test('that is too big is a gate that did not pass, with its digest known', async () => {
    const { failure, outputs } = await fixture.push({ 'max-size': '10B' })
    expect(failure?.kind).toBe('gate')
    expect(outputs['digest']).toBe(fixture.repository.tags.get('v1'))
    expect(outputs['scan-status']).toBe('off')
    expect(failure?.message).toContain('`max-size` is 10 B')
  })
})

describe('an immutable tag', () => {
  beforeEach(() => {
    fixture.repository.tagMutability = 'IMMUTABLE'
  })

  test('that names the very image is a success without a change', async () => {
    await fixture.push()
    const text =
      "The image tag 'v1' already exists in the 'ml/churn' repository and cannot be overwritten because the repository is immutable."
    fixture.ecr.registryServer.faults.push({
      match: (request) => isManifestPut(request) && request.path.endsWith('/v1'),
      times: 9,
      respond: refusal(text),
    })
    const { failure, outputs } = await fixture.push({ tags: 'v1,v2' })
    expect([failure, outputs['digest']]).toEqual([undefined, fixture.repository.tags.get('v1')])
    expect(fixture.repository.tags.get('v2')).toBe(fixture.repository.tags.get('v1'))
    const again = await fixture.push({ tags: 'v1' })
    expect([again.failure, again.outputs['changed']]).toEqual([undefined, 'false'])
  })

  test('that names another image is a conflict that shows both digests', async () => {
    const first = (await fixture.push()).outputs['digest']
    await fixture.write({ 'model.txt': 'new weights' })
    const { failure, summary } = await fixture.push()
    expect(failure).toMatchObject({ kind: 'conflict', retryable: false })
    expect(failure?.message).toMatch(new RegExp(`it is ${first}; built was sha256:[0-9a-f]{64}`))
    expect(fixture.repository.tags.get('v1')).toBe(first)
    expect(summary).toContain('has no new image')
  })
})

describe('a manifest that is refused where no tag is in the way', () => {
  const refuse = () =>
    fixture.ecr.registryServer.faults.push({
      match: isManifestPut,
      times: 9,
      respond: { status: 400, body: '' },
    })

  test('is not said to be a tag that is taken, be it free', async () => {
    refuse()
    const { failure } = await fixture.push()
    expect(failure).toMatchObject({ kind: 'upstream', code: 'ECR_MANIFEST_REFUSED' })
  })

  test('or on another image, from which this repository lets it go', async () => {
    await fixture.push()
    await fixture.write({ 'model.txt': 'new weights' })
    refuse()
    const { failure } = await fixture.push()
    expect(failure).toMatchObject({ kind: 'upstream', code: 'ECR_MANIFEST_REFUSED' })
    expect(failure?.details.next).toContain('it refused the manifest, and no tag is in the way')
  })

  test('or pushed by its digest alone', async () => {
    refuse()
    const { failure } = await fixture.push({ tags: '', 'push-by-digest': 'true', builder: 'native' })
    expect(failure).toMatchObject({ kind: 'upstream', code: 'ECR_MANIFEST_REFUSED' })
  })
})

test('the region of the AWS profile counts where nothing else names one', async () => {
  await fixture.write({ 'aws-config': '[default]\nregion = eu-west-3\n' })
  const env = { AWS_REGION: undefined, AWS_CONFIG_FILE: join(fixture.workspace, 'aws-config') }
  const { failure } = await fixture.push({ 'dry-run': 'true', reuse: 'false' }, env)
  expect(failure?.code).toBe('AWS_OTHER_REGION')
  expect(failure?.message).toContain('The endpoint is of us-east-1: give the step `aws-region: us-east-1`')
  expect(fixture.ecr.requests[0]?.headers['authorization']).toContain('/eu-west-3/ecr/')
})

describe('annotations that a builder leaves out without a word', () => {
  const FORGETFUL =
    'for word; do shift; case $word in --annotation=*) ;; *) set -- "$@" "$word" ;; esac; done'
  const annotated = { annotations: 'team=ml', builder: 'native' }

  test('fail the step, and the image is not taken by the next run, which may have a better builder', async () => {
    const { failure, outputs } = await fixture.push(annotated, { PATH: await fixture.before(FORGETFUL) })
    expect(failure).toMatchObject({ kind: 'integrity', code: 'ANNOTATIONS_LOST' })
    expect(outputs['digest']).toBe(fixture.repository.tags.get('v1'))
    expect([...fixture.repository.tags.keys()]).toEqual(['v1'])
  })
})

describe('an engine that several jobs share, whose own store pushes what the tag names by then', () => {
  /** Another job builds its image under the same tag before this one is pushed: its manifest, and our configuration. */
  const SHARED = [
    'for word; do case $word in --metadata-file=*) file=${word#*=};; esac; done',
    'export PATH="${PATH#*:}"',
    '[ -n "$file" ] || exec docker "$@"',
    'docker "$@" 2> /dev/null',
    `ours=$(grep -o '"containerimage.config.digest": "[^"]*"' "$file")`,
    'echo theirs > model.txt',
    'docker "$@"',
    `sed -i "s/\\"containerimage.config.digest\\": \\"[^\\"]*\\"/$ours/" "$file"`,
    'exit',
  ]

  test('fails the job whose image is not there, and that one is not taken for what was built', async () => {
    const { failure, outputs } = await fixture.push({}, { PATH: await fixture.before(...SHARED) })
    expect(failure).toMatchObject({ kind: 'integrity', code: 'ECR_OTHER_IMAGE' })
    const theirs = fixture.repository.tags.get('v1')
    expect(failure?.details.seen).toMatch(
      new RegExp(
        `^built was the image with configuration sha256:[0-9a-f]{64}, and ${theirs} has the configuration sha256:`,
      ),
    )
    expect(failure?.details.next).toContain('Give every build a tag of its own, such as the commit')
    expect(outputs['digest']).toBeUndefined()
    expect([...fixture.repository.tags.keys()]).toEqual(['v1'])
  })
})

describe('without a push', () => {
  test('a dry run asks and says, and starts no build', async () => {
    const { failure, outputs, summary } = await fixture.push({
      'dry-run': 'true',
      repository: 'ml/none',
      'create-repository': 'true',
    })
    expect([failure, outputs['changed'], outputs['digest']]).toEqual([undefined, 'false', undefined])
    expect(summary).toContain('The repository would be created.')
    expect(fixture.ecr.state.registry.repositories.has('ml/none')).toBe(false)
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })

  test('a build that fails has changed nothing', async () => {
    await fixture.write({ Dockerfile: 'FROM scratch\nCOPY none /\n' })
    const { failure, outputs } = await fixture.push({ push: 'false' })
    expect([failure?.code, outputs['changed']]).toEqual(['COPY_SOURCE', 'false'])
  })

  test('a dry run says the very call that a push then is', async () => {
    const plan = await fixture.push({ 'dry-run': 'true', tags: 'v1,latest' })
    expect(plan.summary).toContain('docker would push `v1`; ECR would put the other tags on that image.')
    const [command] = JSON.parse(plan.outputs['report'] ?? '').commands
    await fixture.push({ tags: 'v1,latest' })
    const build = (await fixture.calls()).words.split('\n').find((words) => words.startsWith('buildx build'))
    const file = /--metadata-file=\S+/
    expect(command.join(' ').replace(file, '')).toBe(`docker ${build?.replace(file, '')}`)
  })

  test('a dry run promises no push of an image that is there already', async () => {
    await fixture.push()
    const { summary } = await fixture.push({ 'dry-run': 'true', tags: 'v2,v3' })
    expect(summary).toContain('2 tags would be set:')
    expect(summary).not.toContain('would push')
  })

  test('an image is only built, and nobody is asked for anything', async () => {
    const env = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { failure, outputs } = await fixture.push({ push: 'false' }, env)
    expect([failure, outputs['digest']]).toEqual([undefined, undefined])
    expect([fixture.ecr.requests, fixture.ecr.registryServer.requests]).toEqual([[], []])
    expect((await fixture.calls()).words).toContain('buildx build')
  })
})

describe('a push', () => {
  beforeEach(() => {
    fixture.repository.scanOnPush = true
    fixture.ecr.state.scanner.findings = [
      { name: 'CVE-2026-1', severity: 'HIGH', packageName: 'openssl', packageVersion: '3.0' },
    ]
  })

  test('whose scan finds too much is red, and hides nothing of the push', async () => {
    const { failure, outputs, summary } = await fixture.push({ scan: 'wait', 'fail-on-severity': 'HIGH' })
    const digest = fixture.repository.tags.get('v1')
    expect(outputs).toMatchObject({
      'failure-kind': 'gate',
      retryable: 'false',
      'scan-status': 'failed',
      'scan-counts': '{"CRITICAL":0,"HIGH":1,"MEDIUM":0,"LOW":0,"INFORMATIONAL":0,"UNDEFINED":0}',
      changed: 'true',
      digest,
    })
    expect(failure?.details).toMatchObject({
      what: 'The image has vulnerabilities that it may not have',
      seen: expect.stringContaining('1 finding of HIGH or worse (1 HIGH), first CVE-2026-1 in openssl 3.0'),
    })
    expect(summary).toMatch(/^## ❌ `ml\/churn` has an image that may not be deployed/)
    expect(summary).toContain(`The image is in the repository: \`ml/churn@${digest}\`.`)
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
      outcome: 'refused',
      digest,
      tags: [{ tag: 'v1', before: null, after: digest }],
      scan: { findings: [{ id: 'CVE-2026-1', verdict: 'fails' }] },
    })
  })

  test('whose scan is good enough is green, and shows what was found', async () => {
    const { failure, outputs, summary } = await fixture.push({ scan: 'wait', 'fail-on-severity': 'CRITICAL' })
    expect(failure).toBeUndefined()
    expect(outputs).toMatchObject({ 'scan-status': 'passed', changed: 'true' })
    expect(summary).toContain('| HIGH | `CVE-2026-1` | `openssl 3.0` |')
  })

  test('whose scan cannot be seen is red, and hides nothing of the push', async () => {
    fixture.ecr.state.registry.deny.push({ action: 'ecr:DescribeImageScanFindings' })
    const { failure, outputs } = await fixture.push({ scan: 'wait' })
    expect(outputs).toMatchObject({
      'failure-kind': 'auth',
      'scan-status': 'incomplete',
      digest: fixture.repository.tags.get('v1'),
    })
    expect(failure?.message).toContain('`ecr:DescribeImageScanFindings`')
  })
})
