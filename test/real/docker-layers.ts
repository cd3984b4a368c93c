import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pullImage } from '@mlops-actions/sandbox/containers'
import {
  addRepository,
  type EcrRepository,
  issuePassword,
  type RegistryServer,
  startRegistry,
} from '@mlops-actions/sandbox/registry'
import { runCommand } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import type { Engine, ImageStore } from './docker-engine.ts'
import type { Prepared } from './docker-stack.ts'

const OCI = 'application/vnd.oci.image.layer.v1.tar'
const DOCKER = 'application/vnd.docker.image.rootfs.diff.tar'

/** How an engine is told to pack layers, and the type that they have then. */
const PACKINGS: Readonly<Record<ImageStore, readonly (readonly [output: string, type: string])[]>> = {
  graph: [['', `${DOCKER}.gzip`]],
  containerd: [
    [',oci-mediatypes=true', `${OCI}+gzip`],
    [',oci-mediatypes=true,compression=zstd,force-compression=true', `${OCI}+zstd`],
    [',compression=zstd,force-compression=true', `${DOCKER}.zstd`],
    [',compression=uncompressed,force-compression=true', DOCKER],
  ],
}

interface Bench {
  readonly registry: RegistryServer
  readonly repository: EcrRepository
  readonly auth: { readonly username: string; readonly password: string }
  readonly engine: Engine
  readonly workspace: string
  /** An empty folder of this bench. */
  readonly folder: string
}

/** The sandbox's registry and its pods against what a real engine makes of whiteouts, links and directories. */
export async function checkLayers(
  { folder, engines }: Prepared,
  store: ImageStore,
  workspace: string,
  check: Check,
): Promise<void> {
  const registry = await startRegistry()
  const repository = addRepository(registry.state, 'layers', Date.now())
  const principal = { arn: 'arn:aws:iam::123456789012:user/ci', accessKeyId: '', secretAccessKey: '' }
  const { password } = issuePassword(registry.state, principal, Date.now())
  const auth = { username: 'AWS', password }
  const bench = { registry, repository, auth, engine: engines[store], workspace, folder }
  try {
    for (const [number, [output, type]] of PACKINGS[store].entries())
      await check(`[${store}] a pod unpacks ${type} to the files that the engine itself exports`, () =>
        compare(bench, { output, type, tag: `${store}-${number}` }),
      )
  } finally {
    await registry.close()
  }
}

interface Packing {
  readonly output: string
  readonly type: string
  readonly tag: string
}

async function compare(bench: Bench, { output, type, tag }: Packing): Promise<void> {
  const { registry, repository, auth, folder } = bench
  const reference = `${registry.host}/layers:${tag}`
  const exported = join(folder, `${tag}-exported`)
  const rootfs = join(folder, `${tag}-pulled`)
  await build(bench, `type=image,name=${reference},push=true${output}`)
  await build(bench, `type=local,dest=${exported}`)
  const { digest } = await pullImage({ reference, auth, rootfs })
  strictEqual(digest, repository.tags.get(tag))
  const wanted = filesBelow(exported)
  deepStrictEqual(filesBelow(rootfs), wanted)
  // What there is to be right about must be in it.
  for (const path of ['data/same', 'alias', 'data/far', 'data/late.txt']) ok(wanted.has(path), path)
  ok(!wanted.has('data/replaced/old.txt') && !wanted.has('data/gone.txt'), 'a file was not deleted')
  const layers = layersOf(repository)
  deepStrictEqual([...new Set(layers.map(({ mediaType }) => mediaType))], [type])
  ok(
    layers.some(({ digest: blob }) => hasWhiteout(repository.blobs.get(blob), type)),
    'no whiteout',
  )
}

async function build({ engine, auth, registry, workspace }: Bench, output: string): Promise<void> {
  const file = join(workspace, 'Layers.Dockerfile')
  const basic = Buffer.from(`${auth.username}:${auth.password}`).toString('base64')
  const env = {
    ...engine.env,
    DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [registry.host]: { auth: basic } } }),
  }
  const args = ['buildx', 'build', `--file=${file}`, `--output=${output}`, '--provenance=false', workspace]
  const { code, output: said } = await runCommand('docker', args, { cwd: workspace, env })
  strictEqual(code, 0, said)
}

/** Layers of the image that was pushed last. */
function layersOf({ manifests }: EcrRepository): readonly { mediaType: string; digest: string }[] {
  const last = [...manifests.values()].at(-1)
  const { layers } = JSON.parse(last?.bytes.toString('utf8') ?? '{}') as {
    layers: { mediaType: string; digest: string }[]
  }
  return layers
}

/** In zstd the name cannot be read, and the other packings have the same layers. */
function hasWhiteout(blob: Buffer | undefined, type: string): boolean {
  if (blob === undefined) return false
  if (type.endsWith('zstd')) return true
  return (type.endsWith('gzip') ? gunzipSync(blob) : blob).includes('.wh.gone.txt')
}

/** Path -> what is there: kind, whether it can be executed, and its content or where it leads. */
function filesBelow(root: string, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const name of readdirSync(join(root, path)).sort()) {
    const child = path === '' ? name : `${path}/${name}`
    const stats = lstatSync(join(root, child))
    if (stats.isSymbolicLink()) found.set(child, `link to ${readlinkSync(join(root, child))}`)
    else if (stats.isDirectory()) {
      found.set(child, 'directory')
      for (const [inner, what] of filesBelow(root, child)) found.set(inner, what)
    } else {
      const hash = createHash('sha256')
        .update(readFileSync(join(root, child)))
        .digest('hex')
      found.set(child, `${(stats.mode & 0o111) === 0 ? 'file' : 'program'} ${hash}`)
    }
  }
  return found
}
