import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runCommand, runOrThrow } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import { end, type ImageStore, until } from './docker-engine.ts'
import { type Prepared, REPOSITORY } from './docker-stack.ts'
import { argumentsOfProcesses } from './processes.ts'

/** A step with these inputs, and variables beside those of the engine. */
export type Step = (
  inputs: Readonly<Record<string, string>>,
  env?: Readonly<Record<string, string>>,
) => Promise<StepResult>

interface Bench {
  readonly prepared: Prepared
  readonly store: ImageStore
  readonly workspace: string
  readonly step: Step
  readonly check: Check
}

const FILES = {
  'Surroundings.Dockerfile': `FROM scratch
COPY sh /bin/sh
COPY sh /bin/busybox
RUN busybox cat /etc/hosts /proc/net/dev; echo "open files $(ulimit -Sn) of $(ulimit -Hn)"; busybox df -k /dev/shm
`,
  'Ssh.Dockerfile':
    'FROM scratch\nCOPY sh /bin/sh\nCOPY ssh/ /\nRUN --network=none --mount=type=ssh,required /usr/bin/ssh-add -L\n',
}

/** The inputs of a build that only a real engine can prove: what a RUN sees, and what the registry has afterwards. */
export async function checkInputs(bench: Bench): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(bench.workspace, name), text)
  await checkSurroundings(bench)
  await checkSsh(bench)
  await checkKept(bench)
  await checkOutputs(bench)
}

async function checkSurroundings({ store, step, check }: Bench): Promise<void> {
  const file = { file: 'Surroundings.Dockerfile', 'no-cache': 'true' }
  await check(
    `[${store}] a RUN has the network, hosts, limits and shared memory that were given`,
    async () => {
      const { code, stdout } = await step({
        ...file,
        tags: `${store}-surroundings`,
        network: 'none',
        'shm-size': '128m',
        ulimit: 'nofile=1024:2048',
        'add-hosts': 'db:10.1.2.3,six:[fd00::7]',
      })
      strictEqual(code, 0, stdout)
      match(stdout, /│ 10\.1\.2\.3\s+db\b/)
      match(stdout, /│ fd00::7\s+six\b/)
      match(stdout, /│ open files 1024 of 2048/)
      match(stdout, /\b131072 .*\/dev\/shm/)
      deepStrictEqual(interfacesIn(stdout), ['lo'])
    },
  )
  await check(`[${store}] a RUN in the network of the host sees its interfaces`, async () => {
    const { code, stdout } = await step({ ...file, tags: `${store}-host`, network: 'host' })
    strictEqual(code, 0, stdout)
    deepStrictEqual(interfacesIn(stdout), interfacesIn(readFileSync('/proc/net/dev', 'utf8')))
  })
}

/** Of /proc/net/dev, wherever it stands. */
function interfacesIn(text: string): readonly string[] {
  return [...text.matchAll(/^(?:.*│)?\s*([\w.-]+):(?:\s+\d+){16}\s*$/gm)].map(([, name = '']) => name).sort()
}

async function checkSsh({ prepared, store, workspace, step, check }: Bench): Promise<void> {
  const folder = join(prepared.folder, `ssh-${store}`)
  mkdirSync(folder)
  await copyProgram('/usr/bin/ssh-add', join(workspace, 'ssh'))
  const [key, socket] = [join(folder, 'key'), join(folder, 'agent')]
  await runOrThrow('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'canary', '-f', key], folder)
  const [, publicKey = ''] = readFileSync(`${key}.pub`, 'utf8').split(' ')
  const secret = readFileSync(key, 'utf8').split('\n')[2] ?? ''
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  try {
    await until(() => existsSync(socket), agent)
    const env = { ...process.env, SSH_AUTH_SOCK: socket }
    const added = await runCommand('ssh-add', ['-q', key], { cwd: folder, env })
    strictEqual(added.code, 0, added.output)
    const build = { file: 'Ssh.Dockerfile', 'no-cache': 'true', tags: `${store}-ssh` }
    const given: [string, string, Record<string, string>][] = [
      ['the agent of the job', 'default', { SSH_AUTH_SOCK: socket }],
      ['an agent by its path', `default=${socket}`, {}],
      ['a key by its path', `default=${key}`, {}],
    ]
    for (const [what, ssh, env] of given)
      await check(`[${store}] ${what} signs for a RUN, and the key is nowhere`, async () => {
        const { code, stdout, stderr, outputs, summary } = await step({ ...build, ssh }, env)
        strictEqual(code, 0, stdout)
        ok(stdout.includes(publicKey), stdout)
        for (const text of [stdout, stderr, summary, JSON.stringify(outputs), argumentsOfProcesses().join()])
          ok(!text.includes(secret), 'the key is shown')
      })
    await check(`[${store}] a RUN that requires an agent names the input`, async () => {
      const { code, errors } = await step(build)
      strictEqual(code, 1)
      match(errors[0]?.message ?? '', /the input `ssh`[\s\S]*Give the step `ssh: default`/)
    })
  } finally {
    await end(agent)
  }
}

/** A program with the libraries that it is linked against. */
async function copyProgram(program: string, root: string): Promise<void> {
  rmSync(root, { recursive: true, force: true })
  const linked = await runOrThrow('ldd', [program], '/')
  for (const path of [program, ...(linked.match(/\/\S+(?= \()/g) ?? [])]) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    copyFileSync(path, join(root, path))
  }
}

async function checkKept({ prepared: { registry }, store, step, check }: Bench): Promise<void> {
  const packed = { outputs: 'type=image,oci-mediatypes=true,compression=zstd,force-compression=true' }
  if (store === 'graph') {
    for (const [input, given] of [
      ['annotations', { annotations: 'team=churn' }],
      ['sbom', { sbom: 'true' }],
      ['outputs', packed],
    ] as const)
      await check(
        `[graph] ${input} that the image store cannot hold is refused before the build`,
        async () => {
          const { code, outputs, errors, stdout } = await step({ tags: 'graph-lost', ...given })
          deepStrictEqual([code, outputs['failure-kind']], [1, 'config'], stdout)
          match(errors[0]?.message ?? '', new RegExp(`the input \`${input}\``))
          strictEqual(await registry.manifest(REPOSITORY, 'graph-lost'), undefined)
        },
      )
    return
  }
  const manifest = async (reference: string): Promise<Manifest> =>
    JSON.parse((await registry.manifest(REPOSITORY, reference))?.bytes.toString('utf8') ?? '{}')
  await check('[containerd] annotations are in the manifest that was pushed', async () => {
    const { code, stdout } = await step({ tags: 'annotated', annotations: 'team=churn\nmanifest:why=a=b, c' })
    strictEqual(code, 0, stdout)
    deepStrictEqual((await manifest('annotated')).annotations, { team: 'churn', why: 'a=b, c' })
  })
  await check('[containerd] annotations of an index stand where they were asked for', async () => {
    const annotations = 'index,manifest[linux/arm64]:team=churn\nmanifest-descriptor:near=yes'
    const platforms = 'linux/amd64,linux/arm64'
    const { code, stdout } = await step({ tags: 'annotated-index', annotations, platforms })
    strictEqual(code, 0, stdout)
    const index = await manifest('annotated-index')
    deepStrictEqual(index.annotations, { team: 'churn' })
    const images = index.manifests ?? []
    deepStrictEqual(
      images.map((one) => one.annotations),
      [{ near: 'yes' }, { near: 'yes' }],
    )
    const below = await Promise.all(images.map(({ digest }) => manifest(digest)))
    deepStrictEqual(
      below.map((one) => one.annotations),
      [undefined, { team: 'churn' }],
    )
  })
  await check('[containerd] the image is packed as `outputs` says', async () => {
    const { code, stdout } = await step({ tags: 'packed', ...packed })
    strictEqual(code, 0, stdout)
    const { layers = [] } = await manifest('packed')
    deepStrictEqual(
      [...new Set(layers.map(({ mediaType }) => mediaType))],
      ['application/vnd.oci.image.layer.v1.tar+zstd'],
    )
  })
}

/** What is read of a manifest here. */
export interface Manifest {
  readonly annotations?: Readonly<Record<string, string>>
  readonly layers?: readonly {
    readonly mediaType: string
    readonly annotations?: Readonly<Record<string, string>>
  }[]
  readonly manifests?: readonly {
    readonly digest: string
    readonly annotations?: Readonly<Record<string, string>>
  }[]
}

async function checkOutputs({ prepared: { registry }, store, workspace, step, check }: Bench): Promise<void> {
  await check(`[${store}] files are written beside the push, each time anew`, async () => {
    for (const round of [1, 2]) {
      rmSync(join(workspace, 'out'), { recursive: true, force: true })
      const tags = `${store}-files-${round}`
      const { code, outputs, stdout } = await step({ tags, outputs: 'type=local,dest=out', reuse: 'true' })
      strictEqual(code, 0, stdout)
      strictEqual(outputs['cache-hit'], 'false')
      match(readFileSync(join(workspace, 'out/model.txt'), 'utf8'), /weights/)
      strictEqual((await registry.manifest(REPOSITORY, tags))?.digest, outputs['digest'])
    }
    rmSync(join(workspace, 'out'), { recursive: true, force: true })
  })
  if (store === 'graph') return
  await check(
    '[containerd] beside an archive of other bytes, which has all names, the digest is that of the pushed image',
    async () => {
      const archive = join(workspace, '..', 'archive.tar')
      const written = `type=oci,dest=${archive},compression=zstd,force-compression=true`
      const tags = ['archived', 'archived-too']
      const { code, outputs, stdout } = await step({ tags: tags.join(), outputs: `type=image\n${written}` })
      strictEqual(code, 0, stdout)
      ok(existsSync(archive))
      const index = execFileSync('tar', ['-xOf', archive, 'index.json'], { encoding: 'utf8' })
      for (const tag of tags) {
        strictEqual((await registry.manifest(REPOSITORY, tag))?.digest, outputs['digest'])
        ok(index.includes(`/${REPOSITORY}:${tag}"`), index)
      }
    },
  )
}
