// What ecr-build-push and ecr-promote cost beside Docker's own client, against the engine and the registry that
// `npm run test:real -- docker` starts: root and Debian.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { type BenchOptions, measureMedians, type Row, row, timeOf } from '../../scripts/bench/measure.ts'
import { runCommand } from '../../scripts/command.ts'
import type { ImageStore } from '../real/docker-engine.ts'
import { writeProduct } from '../real/docker-product.ts'
import { type Prepared, REPOSITORY, startStack } from '../real/docker-stack.ts'
import { measure } from './process.ts'

const DIST = resolve(import.meta.dirname, '../../dist')
const LAYERS = 4
const LAYER_BYTES = 256 * 1024 ** 2
/** What a step may take longer than the bare command, in milliseconds. */
const MOST_OVERHEAD = 250
/** What a promotion may hold in memory, in MB, whatever the size of the image. */
const MOST_MEMORY = 120

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  for (const action of ['ecr-build-push', 'ecr-promote'])
    if (!existsSync(join(DIST, action)))
      throw new Error(`dist/ has no bundle of ${action}; run npm run build`)
  await using stack = await startStack()
  const workspace = join(stack.folder, 'workspace')
  writeProduct(workspace, stack.root)
  const bench = { stack, workspace, rounds: quick ? 3 : 15 }
  return [
    ...(await buildRows(bench, 'graph')),
    ...(await buildRows(bench, 'containerd')),
    ...(await mergeRows(bench)),
    ...(await promoteRows(bench, quick ? LAYER_BYTES / 16 : LAYER_BYTES)),
  ]
}

interface Bench {
  readonly stack: Prepared
  readonly workspace: string
  readonly rounds: number
}

/** The same image, cached, built and pushed under the same tag: by the step, and by the command that is in it. */
async function buildRows({ stack, workspace, rounds }: Bench, store: ImageStore): Promise<readonly Row[]> {
  const tag = `bench-${store}`
  const image = `${stack.registry.host}/${REPOSITORY}:${tag}`
  const bare = ['buildx', 'build', '--push', '--provenance=false', `--tag=${image}`, '.']
  const given = { repository: REPOSITORY, tags: tag, reuse: 'false' }
  const medians = await measureMedians(
    new Map([
      ['ours', () => step(stack, workspace, 'ecr-build-push', given, store)],
      ['bare', () => timeOf(() => docker(stack, store, workspace, bare))],
    ]),
    { rounds, warmUp: 2 },
  )
  const { ours, theirs } = read(medians, 'bare')
  const name = `ecr-build-push, cached image (${store}); docker buildx build --push`
  return [row(name, ours, 'ms', theirs, 1 + MOST_OVERHEAD / theirs)]
}

/** One index of two images, under a tag. */
async function mergeRows({ stack, workspace, rounds }: Bench): Promise<readonly Row[]> {
  const name = `${stack.registry.host}/${REPOSITORY}`
  const digests: string[] = []
  for (const architecture of ['amd64', 'arm64']) {
    const tag = `bench-${architecture}`
    const args = ['--push', '--provenance=false', `--platform=linux/${architecture}`, `--tag=${name}:${tag}`]
    await docker(stack, 'containerd', workspace, ['buildx', 'build', ...args, '.'])
    digests.push((await stack.registry.manifest(REPOSITORY, tag))?.digest ?? '')
  }
  const given = { repository: REPOSITORY, mode: 'merge', digests: digests.join(), tags: 'bench-merged' }
  const images = digests.map((digest) => `${name}@${digest}`)
  const bare = ['buildx', 'imagetools', 'create', `--tag=${name}:bench-bare`, ...images]
  const medians = await measureMedians(
    new Map([
      ['ours', () => step(stack, workspace, 'ecr-build-push', given)],
      ['bare', () => timeOf(() => docker(stack, 'containerd', workspace, bare))],
    ]),
    { rounds, warmUp: 2 },
  )
  const { ours, theirs } = read(medians, 'bare')
  return [row('ecr-build-push, mode: merge of two; docker buildx imagetools create', ours, 'ms', theirs, 2.5)]
}

/** By another name the registry is another one to both, so that every byte goes through them. */
async function promoteRows({ stack, workspace }: Bench, layerBytes: number): Promise<readonly Row[]> {
  const { host } = stack.registry
  const other = host.replace('127.0.0.1', 'localhost')
  const source = `${host}/${REPOSITORY}:bench-large`
  await putLarge(stack, layerBytes)
  let round = 0
  /** A layer that is there is not sent. */
  const fresh = (): string => {
    const name = `ml/bench-${++round}`
    addRepository(stack.ecr.state.registry, name, Date.now())
    return name
  }
  const ours = () =>
    step(stack, workspace, 'ecr-promote', { image: source, tags: 'v1', registry: other, repository: fresh() })
  const bare = (): Promise<readonly number[]> => {
    const target = `--tag=${other}/${fresh()}:v1`
    const args = ['buildx', 'imagetools', 'create', '--prefer-index=false', target, source]
    return timeOf(() => docker(stack, 'containerd', workspace, args))
  }
  const empty = () => measure(workspace, ['-e', '0'], {})
  const medians = await measureMedians(
    new Map([
      ['ours', ours],
      ['bare', bare],
      ['node', empty],
    ]),
    { rounds: 3, warmUp: 1 },
  )
  const size = `${(LAYERS * layerBytes) / 1024 ** 2} MiB`
  const { ours: time, theirs } = read(medians, 'bare')
  const memory = (name: string): number => medians.get(name)?.[1] ?? Number.NaN
  return [
    row(`ecr-promote of ${size}, nothing mounted; docker buildx imagetools create`, time, 'ms', theirs, 1.5),
    row(
      `ecr-promote of ${size} (memory); bare node`,
      memory('ours'),
      'MB',
      memory('node'),
      MOST_MEMORY / memory('node'),
    ),
  ]
}

function read(medians: ReadonlyMap<string, readonly number[]>, baseline: string) {
  const of = (name: string): number => medians.get(name)?.[0] ?? Number.NaN
  return { ours: of('ours'), theirs: of(baseline) }
}

/** A bundle in a process of its own: milliseconds, MB, milliseconds of CPU. */
function step(
  { ecr, engines, folder }: Prepared,
  workspace: string,
  action: string,
  inputs: Readonly<Record<string, string>>,
  store: ImageStore = 'containerd',
): Promise<readonly number[]> {
  const [principal] = ecr.state.principals
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return measure(workspace, [join(DIST, action, 'index.js')], {
    ...engines[store].env,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: workspace,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_ECR: ecr.url,
    AWS_ACCESS_KEY_ID: principal?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey,
    ...Object.fromEntries(given),
  })
}

async function docker(
  { engines, registry }: Prepared,
  store: ImageStore,
  cwd: string,
  args: readonly string[],
): Promise<void> {
  const { host, auth } = registry
  const auths = { [host]: { auth }, [host.replace('127.0.0.1', 'localhost')]: { auth } }
  const env = { ...engines[store].env, DOCKER_AUTH_CONFIG: JSON.stringify({ auths }) }
  const { code, output } = await runCommand('docker', args, { cwd, env })
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${output}`)
}

/** An image of large layers, as a client of the distribution protocol sends them. */
async function putLarge({ registry }: Prepared, layerBytes: number): Promise<void> {
  const config = Buffer.from('{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers"}}')
  const layers = Array.from({ length: LAYERS }, (_, at) => Buffer.alloc(layerBytes, `layer ${at} `))
  const parts: { readonly digest: string; readonly size: number }[] = []
  for (const bytes of [config, ...layers])
    parts.push({ digest: await registry.putBlob(REPOSITORY, bytes), size: bytes.length })
  const [first, ...others] = parts
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...first },
    layers: others.map((part) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...part })),
  }
  const bytes = Buffer.from(JSON.stringify(manifest))
  await registry.putManifest(REPOSITORY, 'bench-large', { mediaType, bytes })
}
