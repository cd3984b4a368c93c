import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { OutputValue } from '@mlops-actions/diagnostics'
import { type ActionResult, readContext } from '@mlops-actions/runner'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { addRepository, type EcrRepository, MEDIA_TYPES } from '@mlops-actions/sandbox/registry'
import { assertDeclared } from '../../../test/harness/action-file.ts'
import { failureOf } from '../../../test/harness/failure.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'

let ecr: EcrServer
let repository: EcrRepository
let workspace: string
let early: Record<string, OutputValue>
const AWS = ['AWS_ENDPOINT_URL_ECR', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'] as const

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'ecr-merge-'))
  ecr = await startEcr()
  repository = addRepository(ecr.state.registry, 'ml/churn', Date.now())
  const [principal] = ecr.state.principals
  const { accessKeyId = '', secretAccessKey = '' } = principal ?? {}
  const values = [ecr.url, accessKeyId, secretAccessKey, 'us-east-1']
  // The SDK reads them itself.
  AWS.forEach((name, at) => {
    process.env[name] = values[at]
  })
  early = {}
})
afterEach(async () => {
  for (const name of AWS) delete process.env[name]
  await ecr.close()
  await rm(workspace, { recursive: true, force: true })
})

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

function storeBlob(text: string, mediaType: string = MEDIA_TYPES.ociLayer) {
  const digest = digestOf(text)
  repository.blobs.set(digest, Buffer.from(text))
  return { mediaType, digest, size: Buffer.byteLength(text) }
}

function storeManifest(manifest: object, mediaType: string = MEDIA_TYPES.ociManifest) {
  // Not as a client would write it anew: then it would have another digest.
  const text = `${JSON.stringify({ schemaVersion: 2, mediaType, ...manifest }, undefined, 3)}\n`
  const digest = digestOf(text)
  repository.manifests.set(digest, { digest, mediaType, bytes: Buffer.from(text), pushedAt: Date.now() })
  return { mediaType, digest, size: Buffer.byteLength(text) }
}

/** An image as a job on a native runner pushes it: for one platform, without a tag. */
function storeImage(platform: object, { layer = JSON.stringify(platform), docker = false } = {}) {
  const config = storeBlob(
    JSON.stringify({ os: 'linux', ...platform, rootfs: { type: 'layers', diff_ids: [] } }),
    docker ? 'application/vnd.docker.container.image.v1+json' : MEDIA_TYPES.ociConfig,
  )
  const type = docker ? MEDIA_TYPES.dockerManifest : MEDIA_TYPES.ociManifest
  return storeManifest({ config, layers: [storeBlob(layer)] }, type)
}

/** The same with provenance: an index of the image and its attestation, as BuildKit pushes it. */
function storeAttested(architecture: string) {
  const image = { ...storeImage({ architecture }), platform: { os: 'linux', architecture } }
  const attestation = {
    ...storeImage({ os: 'unknown', architecture: 'unknown' }, { layer: `in-toto of ${architecture}` }),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': image.digest,
    },
  }
  return {
    image,
    attestation,
    index: storeManifest({ manifests: [image, attestation] }, MEDIA_TYPES.ociIndex),
  }
}

async function merge(digests: string, given: Record<string, string> = {}): Promise<ActionResult> {
  const all: Record<string, string> = { repository: 'ml/churn', tags: 'v1', mode: 'merge', digests, ...given }
  const inputs = schema.read(
    (name) => all[name] ?? '',
    () => {},
  )
  const result = await run(inputs, {
    ...testWorld({ env: { ...process.env, PATH: '/nowhere' } }),
    context: { ...readContext({}), workspace },
    output: (name: string, value: OutputValue) => {
      early[name] = value
    },
    idToken: () => Promise.reject(new Error('no token is needed')),
  })
  const names = Object.keys({ ...early, ...result.outputs })
  await assertDeclared('ecr-build-push', Object.fromEntries(names.map((name) => [name, ''])))
  return result
}

const refused = async (digests: string, given?: Record<string, string>) =>
  (await failureOf(() => merge(digests, given))).details

function stored(tag: string) {
  const manifest = repository.manifests.get(repository.tags.get(tag) ?? '')
  return { mediaType: manifest?.mediaType, ...JSON.parse(String(manifest?.bytes)) }
}

/** How many manifests were put since the last call of this function. */
function puts(): number {
  const asked = ecr.requests.splice(0)
  return asked.filter(({ headers }) => headers['x-amz-target']?.endsWith('.PutImage')).length
}

describe('digests of native runners', () => {
  test('become one index with the platform of each, and the tags come last', async () => {
    const amd64 = storeImage({ architecture: 'amd64' })
    const arm64 = storeImage({ architecture: 'arm64', variant: 'v8' })
    const { outputs, subjects, summary, report, lineage } = await merge(`${arm64.digest}\n${amd64.digest}`, {
      tags: 'v1,latest',
    })
    expect(stored('v1')).toEqual({
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.ociIndex,
      manifests: [
        { ...amd64, platform: { architecture: 'amd64', os: 'linux' } },
        { ...arm64, platform: { architecture: 'arm64', os: 'linux', variant: 'v8' } },
      ],
    })
    // Its own, and one for each tag.
    expect(puts()).toBe(3)
    const digest = repository.tags.get('latest')
    expect(outputs).toMatchObject({
      digest,
      tag: 'v1',
      changed: true,
      'cache-hit': false,
      repository: 'ml/churn',
    })
    expect(early).toMatchObject({ digest, changed: true, 'scan-status': 'off' })
    expect(subjects).toEqual([{ name: `${ecr.registryServer.host}/ml/churn`, digest }])
    expect(summary).toContain('has a new image for `linux/amd64`, `linux/arm64`')
    expect(report).toMatchObject({
      outcome: 'merged',
      images: [
        { platform: 'linux/amd64', layers: 1 },
        { platform: 'linux/arm64', layers: 1 },
      ],
    })
    expect(lineage).toMatchObject({
      digest,
      'merged-from': [{ digest: amd64.digest }, { digest: arm64.digest }],
    })
  })

  test('in another order are the same image, and nothing is put', async () => {
    const [one, other] = [storeImage({ architecture: 'amd64' }), storeImage({ architecture: 'arm64' })]
    const first = await merge(`${one.digest},${other.digest}`)
    puts()
    const { outputs, report } = await merge(`["${other.digest}","${one.digest}"]`)
    expect(outputs).toMatchObject({ digest: first.outputs['digest'], changed: false })
    expect(report).toMatchObject({ outcome: 'unchanged' })
    // The index itself is put again, which ECR answers with "it is there"; no tag is.
    expect(puts()).toBe(1)
  })

  test('of indexes give their images and the attestations that belong to them', async () => {
    const [one, other] = [storeAttested('amd64'), storeAttested('arm64')]
    const astray = {
      ...one.attestation,
      annotations: { ...one.attestation.annotations, 'vnd.docker.reference.digest': digestOf('gone') },
      digest: storeImage({ architecture: 'unknown' }).digest,
    }
    const { digest } = storeManifest(
      { manifests: [one.image, one.attestation, astray] },
      MEDIA_TYPES.ociIndex,
    )
    const { report } = await merge(`${other.index.digest},${digest}`)
    expect(stored('v1').manifests).toEqual([one.image, other.image, one.attestation, other.attestation])
    expect(report).toMatchObject({ 'left-out': [astray.digest] })
  })

  test("of Docker's media types become its list", async () => {
    const digests = ['amd64', 'arm64'].map(
      (architecture) => storeImage({ architecture }, { docker: true }).digest,
    )
    await merge(digests.join())
    expect(stored('v1').mediaType).toBe(MEDIA_TYPES.dockerList)
  })

  test('become an index with the annotations that it is to have, the same ones in any order', async () => {
    const { digest } = storeImage({ architecture: 'amd64' })
    const lines = ['index:org.opencontainers.image.version=1, 2', 'index:a.team=ml']
    const first = await merge(digest, { annotations: lines.join('\n') })
    const annotations = { 'a.team': 'ml', 'org.opencontainers.image.version': '1, 2' }
    expect(stored('v1')).toMatchObject({ mediaType: MEDIA_TYPES.ociIndex, annotations })
    expect(first.report).toMatchObject({ annotations })
    const again = await merge(digest, { annotations: lines.toReversed().join('\n') })
    expect(again.outputs).toMatchObject({ digest: first.outputs['digest'], changed: false })
    const other = await merge(digest, { annotations: 'index:a.team=ops' })
    expect(other.outputs).toMatchObject({ changed: true })
  })

  test('of Windows may be for several of its versions', async () => {
    const digests = ['10.0.20348.1', '10.0.26100.1'].map(
      (version) => storeImage({ os: 'windows', architecture: 'amd64', 'os.version': version }).digest,
    )
    await merge(digests.join(), { platforms: 'windows/amd64' })
    expect(stored('v1').manifests).toMatchObject([
      { platform: { 'os.version': '10.0.20348.1' } },
      { platform: { 'os.version': '10.0.26100.1' } },
    ])
  })

  test('are only looked at in a dry run, which says what the digest would be', async () => {
    const { digest } = storeImage({ architecture: 'amd64' })
    const { report, outputs } = await merge(digest, { 'dry-run': 'true' })
    expect(puts()).toBe(0)
    expect(outputs).toMatchObject({ changed: false })
    await merge(digest)
    expect(report).toMatchObject({ outcome: 'planned', 'would-be': repository.tags.get('v1') })
  })
})

describe('digests may be handed on', () => {
  test.each([
    [
      'as outputs of one job',
      (a: string, b: string) => JSON.stringify({ 'digest-amd64': a, 'digest-arm64': b }),
    ],
    [
      'as `needs`',
      (a: string, b: string) =>
        JSON.stringify({
          x: { result: 'success', outputs: { digest: a } },
          y: { result: 'success', outputs: { digest: b } },
        }),
    ],
    ['twice', (a: string, b: string) => `${a} ${b}\n${a}`.replace(' ', ',')],
  ])('%s', async (_, write) => {
    const [one, other] = [storeImage({ architecture: 'amd64' }), storeImage({ architecture: 'arm64' })]
    await merge(write(one.digest, other.digest))
    expect(stored('v1').manifests).toHaveLength(2)
  })

  test('in a folder: as the text of a file, as its name, and as a report', async () => {
    const [one, other, third] = ['amd64', 'arm64', 's390x'].map(
      (architecture) => storeImage({ architecture }).digest,
    )
    await mkdir(join(workspace, 'digests/arm64'), { recursive: true })
    await writeFile(join(workspace, 'digests/amd64.txt'), `${one}\n`)
    await writeFile(join(workspace, 'digests/arm64', (other ?? '').slice(7)), '')
    await writeFile(
      join(workspace, 'digests/s390x.json'),
      JSON.stringify({ outcome: 'pushed', digest: third, tags: [] }),
    )
    await merge('digests')
    expect(stored('v1').manifests).toHaveLength(3)
  })
})

describe('nothing is made', () => {
  test('of two images for one platform', async () => {
    const one = storeImage({ architecture: 'arm64' })
    const other = storeImage({ architecture: 'arm64', variant: 'v8' }, { layer: 'another' })
    const { code, seen } = await refused(`${one.digest},${other.digest}`)
    expect(code).toBe('MERGE_PLATFORM_TWICE')
    expect(seen).toBe(`two of them are for linux/arm64: ${one.digest} and ${other.digest}`)
    expect(puts()).toBe(0)
  })

  test('of a digest that is not in the repository', async () => {
    const digest = digestOf('nowhere')
    const { kind, on, seen } = await refused(digest)
    expect({ kind, on, seen }).toEqual({
      kind: 'not-found',
      on: `${ecr.registryServer.host}/ml/churn@${digest}`,
      seen: 'the repository ml/churn in the account of the credentials has no such image',
    })
  })

  test('of an index one of whose parts is gone', async () => {
    const { image, index } = storeAttested('amd64')
    repository.manifests.delete(image.digest)
    expect((await refused(index.digest)).on).toContain(image.digest)
  })

  test('of both kinds of media types', async () => {
    const docker = storeImage({ architecture: 'amd64' }, { docker: true })
    const oci = storeImage({ architecture: 'arm64' })
    const { code, seen } = await refused(`${docker.digest},${oci.digest}`)
    expect(code).toBe('MERGE_MIXED')
    expect(seen).toBe(`${docker.digest} is of Docker's media types and ${oci.digest} of OCI's`)
  })

  test("of annotations and images of Docker's media types, whose list cannot have any", async () => {
    const { digest } = storeImage({ architecture: 'amd64' }, { docker: true })
    const { kind, code, seen, next } = await refused(digest, { annotations: 'index:a=b' })
    expect([kind, code]).toEqual(['config', 'MERGE_ANNOTATIONS'])
    expect(seen).toBe(`${digest} is of Docker's media types, and their manifest list has no annotations`)
    expect(next).toContain('oci-mediatypes=true')
    expect(puts()).toBe(0)
  })

  test('of an attestation, and of what is no image', async () => {
    const { attestation } = storeAttested('amd64')
    const chart = storeManifest({
      config: storeBlob('{}', 'application/vnd.cncf.helm.config.v1+json'),
      layers: [],
    })
    for (const { digest } of [attestation, chart])
      expect((await refused(digest)).seen).toBe(
        'it is for no platform: an attestation, a signature or another artifact, and no image',
      )
  })

  test('of an index of indexes', async () => {
    const { digest } = storeManifest({ manifests: [storeAttested('amd64').index] }, MEDIA_TYPES.ociIndex)
    expect((await refused(digest)).code).toBe('MERGE_NESTED')
  })

  test('where a platform that must be there is missing, or another one has come along', async () => {
    const { digest } = storeImage({ architecture: 'amd64' })
    expect((await refused(digest, { platforms: 'linux/amd64,linux/arm64/v8' })).seen).toBe(
      'none of them is for linux/arm64',
    )
    expect((await refused(digest, { platforms: 'linux/arm64' })).seen).toBe(
      'none of them is for linux/arm64, and linux/amd64 is not among `platforms`',
    )
  })

  test('where a job has left nothing, or something else', async () => {
    await mkdir(join(workspace, 'empty'))
    await mkdir(join(workspace, 'odd'))
    await writeFile(join(workspace, 'odd/readme.md'), '# no digest')
    expect((await refused('empty')).seen).toBe('the folder empty is empty: no job has left its digest there')
    expect((await refused('odd')).seen).toContain('odd/readme.md holds no digest, and its name is none')
    expect((await refused('nowhere')).seen).toBe('there is no folder or file nowhere')
  })

  test('without the repository, which a merge does not create', async () => {
    const { code, next } = await refused(digestOf('x'), { repository: 'ml/none' })
    expect(code).toBe('ECR_NO_REPOSITORY')
    expect(next).not.toContain('create-repository')
  })

  test('for a registry that is not ECR', async () => {
    const { digest } = storeImage({ architecture: 'amd64' })
    expect((await refused(digest, { registry: 'ghcr.io' })).code).toBe('NOT_ECR')
  })
})

describe('an immutable tag', () => {
  beforeEach(() => {
    repository.tagMutability = 'IMMUTABLE'
  })

  test('of this very image is a success', async () => {
    const { digest } = storeImage({ architecture: 'amd64' })
    await merge(digest)
    expect((await merge(digest, { tags: 'v1,v2' })).outputs).toMatchObject({ changed: true })
  })

  test('of another image is a conflict with both digests, and no tag has moved', async () => {
    await merge(storeImage({ architecture: 'amd64' }).digest)
    const before = repository.tags.get('v1')
    const { kind, seen } = await refused(storeImage({ architecture: 'arm64' }).digest, { tags: 'v2,v1' })
    expect(kind).toBe('conflict')
    expect(seen).toBe(`it is ${before}; merged would be ${early['digest']}`)
    expect([...repository.tags.keys()]).toEqual(['v1'])
    expect(repository.manifests.has(String(early['digest']))).toBe(true)
  })
})

describe('tags of which one may not move', () => {
  beforeEach(async () => {
    await merge(storeImage({ architecture: 'amd64' }).digest, { tags: 'v1,latest' })
    repository.tagMutability = 'IMMUTABLE_WITH_EXCLUSION'
    repository.exclusionFilters = ['latest']
  })
  const other = () => storeImage({ architecture: 'arm64' }).digest

  test('all stay where they are, whatever their order', async () => {
    const before = [...repository.tags]
    const { kind, outputs } = await refused(other(), { tags: 'free,latest,v1' })
    expect([kind, outputs?.['changed']]).toEqual(['conflict', false])
    expect([...repository.tags]).toEqual(before)
  })

  test('are named where they have moved, since the role may not look which are immutable', async () => {
    ecr.state.registry.deny.push({ action: 'ecr:DescribeRepositories' })
    const before = repository.tags.get('v1')
    const { seen, outputs, summary } = await refused(other(), { tags: 'latest,v1' })
    const now = repository.tags.get('latest')
    expect(seen).toBe(`it is ${before}; merged would be ${now}; moved before that: latest`)
    expect([early['digest'], outputs?.['changed']]).toEqual([now, true])
    expect(summary).toContain(`\`latest\` is now \`${now}\`, and was \`${before}\``)
  })
})

describe('the gates', () => {
  test('hold for the image of every platform', async () => {
    const digests = ['amd64', 'arm64'].map((architecture) => storeImage({ architecture }).digest).join()
    expect((await refused(digests, { 'max-size': '10B' })).code).toBe('IMAGE_TOO_BIG')
    repository.scanOnPush = true
    ecr.state.scanner.findings = [
      { name: 'CVE-1', severity: 'HIGH', packageName: 'openssl', packageVersion: '3.0' },
    ]
    const failure = await refused(digests, { scan: 'wait', 'fail-on-severity': 'HIGH' })
    expect(failure).toMatchObject({ code: 'SCAN_FINDINGS', kind: 'gate' })
    expect(early).toMatchObject({ 'scan-status': 'failed', digest: repository.tags.get('v1') })
  })
})

test('a role that may not read what an image is for is told the right that it lacks', async () => {
  const { digest } = storeImage({ architecture: 'amd64' })
  ecr.state.registry.deny.push({ action: 'ecr:GetDownloadUrlForLayer' })
  const { kind, seen, next } = await refused(digest)
  expect(kind).toBe('auth')
  expect(`${seen} ${next}`).toContain('ecr:GetDownloadUrlForLayer')
})

test('an index that could not be stored is no output', async () => {
  const { digest } = storeImage({ architecture: 'amd64' })
  ecr.state.registry.deny.push({ action: 'ecr:PutImage' })
  expect((await refused(digest)).kind).toBe('auth')
  expect(early['digest']).toBeUndefined()
})
