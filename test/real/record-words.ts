// Records what buildx says where the builder, the scanner, a helper or the way to the registry is at fault, from the stack
// of `npm run test:real -- docker`, into packages/ecr/test/fixtures/words.json:
//   node scripts/node24.mjs test/real/record-words.ts
// It builds an older BuildKit with Go, which takes minutes the first time.
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from '../../scripts/command.ts'
import { type Builder, docker, SINGLE_OUTPUT, startBuilder } from './buildkit.ts'
import { type Engine, startEngine } from './docker-engine.ts'
import { writeProduct } from './docker-product.ts'
import { REPOSITORY, startStack } from './docker-stack.ts'
import { breakOften, LAYER_BYTES } from './docker-trouble.ts'
import { startProxy } from './proxy.ts'

const FILE = resolve(import.meta.dirname, '../../packages/ecr/test/fixtures/words.json')
const cases: Record<string, { readonly exitCode: number; readonly stderr: string }> = {}

await using stack = await startStack()
const { registry, folder, root, engines } = stack
const context = join(folder, 'context')
writeProduct(context, root)
const image = `${registry.host}/${REPOSITORY}:words`

/** One failed build, with what is of this run taken out. */
async function record(
  name: string,
  engine: Engine,
  args: readonly string[],
  { config, auth = true, host = registry.host }: { config?: string; auth?: boolean; host?: string } = {},
): Promise<void> {
  const auths = auth ? { [host]: { auth: registry.auth } } : {}
  const env = {
    ...engine.env,
    ...(config === undefined
      ? {}
      : { DOCKER_CONFIG: config, BUILDX_CONFIG: join(engine.env.DOCKER_CONFIG, 'buildx') }),
    DOCKER_AUTH_CONFIG: JSON.stringify({ auths }),
    BUILDX_METADATA_PROVENANCE: 'disabled',
  }
  const given = ['buildx', 'build', '--progress=rawjson', '--provenance=false', ...args, context]
  const { code, output } = await runCommand('docker', given, { cwd: folder, env })
  // The progress of transfers says nothing that a test needs.
  const kept = output.split('\n').filter((line) => !/^\{"statuses":/.test(line))
  const stderr = kept
    .join('\n')
    .replaceAll(host, '127.0.0.1:5000')
    .replaceAll(registry.host, '127.0.0.1:5000')
  cases[name] = { exitCode: code, stderr: stderr.replaceAll(folder, '/work') }
  console.log(name, code)
}

async function withBuilder(
  given: { readonly name: string; readonly version?: string },
  work: (builder: Builder) => Promise<void>,
): Promise<void> {
  const builder = await startBuilder(root, join(folder, given.name), engines.containerd, given)
  try {
    await work(builder)
  } finally {
    await builder.stop()
  }
}

await withBuilder({ name: 'strict' }, (builder) =>
  record('network of the host that a builder forbids', engines.containerd, [
    `--builder=${builder.name}`,
    '--network=host',
    '--push',
    `--tag=${image}`,
  ]),
)
await withBuilder({ name: 'older', version: SINGLE_OUTPUT }, (builder) =>
  record('several outputs of an older builder', engines.containerd, [
    `--builder=${builder.name}`,
    '--output=type=local,dest=/tmp/nowhere',
    '--push',
    `--tag=${image}`,
  ]),
)
for (const store of ['graph', 'containerd'] as const) {
  const byDigest = `--output=type=image,name=${registry.host}/${REPOSITORY},push-by-digest=true,name-canonical=true,push=true`
  await record(`${store}: push by digest`, engines[store], [byDigest])
  await recordHelper(store)
  await recordBreak(store)
}
await recordScanner()

/** A base that nobody opens but the store of credentials, whose program is not there. */
async function recordHelper(store: 'graph' | 'containerd'): Promise<void> {
  const config = join(folder, `config-${store}`)
  mkdirSync(join(config, 'cli-plugins'), { recursive: true })
  copyFileSync(
    join(root, 'usr/libexec/docker/cli-plugins/docker-buildx'),
    join(config, 'cli-plugins/docker-buildx'),
  )
  writeFileSync(join(config, 'config.json'), JSON.stringify({ credsStore: 'nowhere' }))
  writeFileSync(join(context, 'Based.Dockerfile'), `FROM ${registry.host}/ml/base:1\nCOPY model.txt /\n`)
  const args = [`--file=${join(context, 'Based.Dockerfile')}`, '--push', `--tag=${image}`]
  await record(`${store}: store of credentials without its program`, engines[store], args, {
    config,
    auth: false,
  })
}

async function recordBreak(store: 'graph' | 'containerd'): Promise<void> {
  writeFileSync(join(context, 'model.txt'), randomBytes(LAYER_BYTES))
  const { watch } = breakOften(Number.POSITIVE_INFINITY)
  await using proxy = await startProxy(`http://${registry.host}`, watch)
  const { host } = new URL(proxy.url)
  await record(
    `${store}: upload that breaks`,
    engines[store],
    ['--push', `--tag=${host}/${REPOSITORY}:words`],
    { host },
  )
}

async function recordScanner(): Promise<void> {
  const engine = await startEngine(root, join(folder, 'bridged'), { store: 'containerd', bridge: true })
  try {
    const scanner = join(folder, 'scanner')
    mkdirSync(scanner)
    copyFileSync(join(context, 'sh'), join(scanner, 'sh'))
    const file =
      'FROM scratch\nCOPY sh /bin/sh\nENTRYPOINT ["/bin/sh", "-c", "echo no database of packages >&2; exit 3"]\n'
    writeFileSync(join(scanner, 'Dockerfile'), file)
    const name = `${registry.host}/${REPOSITORY}:scanner`
    const auths = JSON.stringify({ auths: { [registry.host]: { auth: registry.auth } } })
    const own = { ...engine, env: { ...engine.env, DOCKER_AUTH_CONFIG: auths } }
    await docker(own, ['buildx', 'build', '--push', '--provenance=false', `--tag=${name}`, scanner])
    await record('scanner that fails', engine, ['--push', `--tag=${image}`, `--sbom=generator=${name}`])
  } finally {
    await engine.stop()
  }
}

const version = (await docker(engines.graph, ['buildx', 'version'])).trim()
const madeBy = `${version}, Docker Engine 26.1.5, BuildKit 0.25.2 and ${SINGLE_OUTPUT}, test/real/record-words.ts`
writeFileSync(FILE, `${JSON.stringify({ madeBy, cases }, undefined, 1)}\n`)
