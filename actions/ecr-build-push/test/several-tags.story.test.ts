import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const standing = (...tags: readonly string[]) => tags.map((tag) => fixture.repository.tags.get(tag))

/** The repository lets `latest` move, and no other tag. */
function fixAllButLatest(): void {
  fixture.repository.tagMutability = 'IMMUTABLE_WITH_EXCLUSION'
  fixture.repository.exclusionFilters = ['latest']
}

async function pushed(tags: string, content?: string): Promise<string> {
  if (content !== undefined) await fixture.write({ 'model.txt': content })
  const { failure, outputs } = await fixture.push({ tags })
  expect(failure).toBeUndefined()
  return outputs['digest'] ?? ''
}

/** ECR refuses this right for this tag only from now on. */
function refusePut(tag: string): void {
  fixture.ecr.faults.push({
    match: ({ headers, body }) =>
      `${headers['x-amz-target']}`.endsWith('.PutImage') && JSON.parse(String(body)).imageTag === tag,
    times: 1,
    respond: {
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ __type: 'AccessDeniedException', message: 'not authorized' }),
    },
  })
}

const asked = (operation: string) =>
  fixture.ecr.requests.filter(({ headers }) => `${headers['x-amz-target']}`.endsWith(`.${operation}`)).length

describe('a push of several tags, of which one may not move', () => {
  test('moves none of them, whatever their order', async () => {
    const old = await pushed('v1,latest')
    fixAllButLatest()
    await fixture.write({ 'model.txt': 'new weights' })
    const { failure, outputs, summary } = await fixture.push({ tags: 'latest,fresh,v1' })
    expect(failure).toMatchObject({ kind: 'conflict', code: 'ECR_TAG_IMMUTABLE' })
    expect(standing('v1', 'latest', 'fresh')).toEqual([old, old, undefined])
    expect(summary).toContain(`\`latest\` is still \`${old}\``)
    expect(summary).toContain(`\`v1\` is still \`${old}\``)
    expect(summary).toContain('`fresh` is still free')
    expect(outputs['changed']).toBe('false')
  })

  test('says which have moved where the role may not look which tags are immutable', async () => {
    const old = await pushed('v1,latest')
    fixAllButLatest()
    fixture.ecr.state.registry.deny.push({ action: 'ecr:DescribeRepositories' })
    await fixture.write({ 'model.txt': 'new weights' })
    const { failure, outputs, summary } = await fixture.push({ tags: 'latest,fresh,v1' })
    const [now, ...others] = standing('latest', 'v1', 'fresh')
    expect([now === old, others]).toEqual([false, [old, undefined]])
    expect(failure?.code).toBe('ECR_TAG_IMMUTABLE')
    expect(failure?.details.seen).toContain(`it is ${old}; pushed was ${now}; moved before that: latest`)
    expect(summary).toContain(`\`latest\` is now \`${now}\`, and was \`${old}\``)
    expect(summary).toContain(`\`v1\` is still \`${old}\``)
    expect(summary).not.toContain('has no new image')
    expect(outputs).toMatchObject({ digest: now, changed: 'true' })
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
      outcome: 'failed',
      tags: [
        { tag: 'latest', before: old, after: now },
        { tag: 'fresh', before: null, after: null },
        { tag: 'v1', before: old, after: old },
      ],
    })
  })

  test('is a success where that one names the very image, and buildx is started once', async () => {
    const digest = await pushed('v1')
    fixture.repository.tagMutability = 'IMMUTABLE'
    const { failure } = await fixture.push({ tags: 'v2,v1,v3', reuse: 'false' })
    expect([failure, ...standing('v1', 'v2', 'v3')]).toEqual([undefined, digest, digest, digest])
    const { words } = await fixture.calls()
    expect(words.match(/--tag=\S+:\w+/g)?.map((word) => word.replace(/^.*:/, ''))).toEqual(['v1', 'v1'])
  })
})

describe('a push of several tags', () => {
  test('hands one to buildx, and puts the others on the same manifest by the API', async () => {
    const digest = await pushed('v1,v2,latest')
    expect(standing('v1', 'v2', 'latest')).toEqual([digest, digest, digest])
    const { words } = await fixture.calls()
    expect(words.match(/--tag=\S+/g)).toHaveLength(1)
    expect(asked('DescribeRepositories')).toBe(0)
  })

  test('that is refused half way names what has moved, and the digest', async () => {
    const old = await pushed('v1,latest')
    await fixture.write({ 'model.txt': 'new weights' })
    refusePut('fresh')
    const { failure, outputs, summary } = await fixture.push({ tags: 'latest,fresh' })
    const [now] = standing('latest')
    expect(failure).toMatchObject({ kind: 'auth' })
    expect(failure?.details.seen).toContain('moved before that: latest')
    const image = `${fixture.ecr.registryServer.host}/ml/churn@${now}`
    expect(outputs).toMatchObject({ digest: now, image, changed: 'true' })
    expect(summary).toContain(`\`latest\` is now \`${now}\`, and was \`${old}\``)
    expect(summary).toContain('`fresh` is still free')
  })

  test('of which buildx loses the answer says what stands, and not what stood', async () => {
    const old = await pushed('v1')
    await fixture.write({ 'model.txt': 'new weights' })
    const { failure, summary } = await fixture.push({}, { PATH: await fixture.before(...LOSES_ANSWER) })
    const [now] = standing('v1')
    expect([failure === undefined, now === old]).toEqual([false, false])
    expect(summary).toContain(`\`v1\` is now \`${now}\`, and was \`${old}\``)
    expect(summary).not.toContain('is still')
    expect(summary).not.toContain('has no new image')
  })

  test('that fails where nobody can look again claims nothing', async () => {
    const old = await pushed('v1')
    await fixture.write({ Dockerfile: 'FROM scratch\nCOPY none /\n' })
    fixture.ecr.faults.push({
      match: ({ headers, body }) =>
        `${headers['x-amz-target']}`.endsWith('.BatchGetImage') && !String(body).includes('ctx-'),
      times: 99,
      respond: {
        status: 400,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ __type: 'AccessDeniedException', message: 'not authorized' }),
      },
    })
    const { failure, outputs, summary } = await fixture.push()
    expect(failure).toBeDefined()
    expect(summary).toContain(`\`v1\` was \`${old}\` before; what it is now could not be seen`)
    expect(outputs['changed']).toBeUndefined()
  })
})

/** The image is pushed, and then buildx ends as if its connection had broken. */
const LOSES_ANSWER = [
  'for word; do case $word in --metadata-file=*) build=yes;; esac; done',
  'export PATH="${PATH#*:}"',
  '[ -n "$build" ] || exec docker "$@"',
  'docker "$@" 2> /dev/null',
  'echo "ERROR: the builder has gone" >&2',
  'exit 1',
]

describe('several tags of an image that is reused', () => {
  /** The image of `v2` is to have the tags `latest` and `v1`, which another image has. */
  async function reuseOther(deny?: string) {
    const one = await pushed('v1,latest', 'one')
    const other = await pushed('v2', 'other')
    fixAllButLatest()
    if (deny !== undefined) fixture.ecr.state.registry.deny.push({ action: deny })
    return { one, other, step: await fixture.push({ tags: 'latest,v1' }) }
  }

  test('stay where they are when one of them may not move', async () => {
    const { one, other, step } = await reuseOther()
    expect(step.failure?.details.seen).toBe(`it is ${one}; reused would be ${other}`)
    expect(standing('latest', 'v1')).toEqual([one, one])
    expect(step.outputs).toMatchObject({ digest: other, changed: 'false' })
  })

  test('are told apart where the role may not look which are immutable', async () => {
    const { one, other, step } = await reuseOther('ecr:DescribeRepositories')
    expect(standing('latest', 'v1')).toEqual([other, one])
    expect(step.failure?.details.seen).toBe(
      `it is ${one}; reused would be ${other}; moved before that: latest`,
    )
    expect(step.outputs).toMatchObject({ digest: other, changed: 'true' })
    expect(step.summary).toContain(`\`latest\` is now \`${other}\`, and was \`${one}\``)
  })
})

describe('the gates of an image that is reused', () => {
  test('come before its tags: one that is too big moves none', async () => {
    const digest = await pushed('v1')
    const { failure, outputs } = await fixture.push({ tags: 'v2', 'max-size': '1B' })
    expect(failure).toMatchObject({ kind: 'gate', code: 'IMAGE_TOO_BIG' })
    expect(failure?.details.next).toContain('no tag was set or moved')
    expect(standing('v1', 'v2')).toEqual([digest, undefined])
    expect(outputs).toMatchObject({ digest, changed: 'false', 'cache-hit': 'true' })
    expect(outputs['image-tagged']).toBeUndefined()
  })

  test('and one that the scan refuses neither', async () => {
    const digest = await pushed('v1')
    fixture.repository.scanOnPush = true
    fixture.ecr.state.scanner.findings = [
      { name: 'CVE-2026-1', severity: 'HIGH', packageName: 'openssl', packageVersion: '3.0' },
    ]
    const step = await fixture.push({ tags: 'v2', scan: 'wait', 'fail-on-severity': 'HIGH' })
    expect(step.failure).toMatchObject({ kind: 'gate', code: 'SCAN_FINDINGS' })
    expect(standing('v1', 'v2')).toEqual([digest, undefined])
    expect(step.outputs).toMatchObject({ digest, changed: 'false', 'scan-status': 'failed' })
    expect(step.summary).toContain('No tag was set or moved')
    expect(step.summary).not.toContain('tagged and seen')
    expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({
      outcome: 'refused',
      tags: [{ tag: 'v2', before: null, after: null }],
    })
  })
})
