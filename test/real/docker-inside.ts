import { match, strictEqual } from 'node:assert'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import { docker } from './buildkit.ts'
import type { Engine, ImageStore } from './docker-engine.ts'
import { type Prepared, REPOSITORY } from './docker-stack.ts'

const BUNDLE = resolve(import.meta.dirname, '../../dist/ecr-build-push/index.js')
const IMAGE = 'inside-of-a-job'

interface Scene {
  readonly prepared: Prepared
  readonly store: ImageStore
  readonly engine: Engine
  /** Has Serving.Dockerfile, which answers /ready on port 8080. */
  readonly workspace: string
}

/**
 * A job in a container: its engine is outside, and its loopback is its own. The container has the files of this machine,
 * and of everything else its own, as the ones that the runner starts.
 */
export async function checkInside(scene: Scene, check: Check): Promise<void> {
  const { store, engine, workspace } = scene
  const context = join(workspace, '..', `inside-${store}`)
  mkdirSync(context, { recursive: true })
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY sh /bin/chroot\n')
  const build = ['buildx', 'build', '--load', '--provenance=false', `--tag=${IMAGE}`]
  await docker(engine, [...build, `--file=${join(context, 'Dockerfile')}`, workspace])
  await docker(engine, ['network', 'create', '--subnet=198.19.0.0/24', 'job'])
  await check(
    `[${store}] in a job that runs in a container the image is asked through its network`,
    async () => {
      const { code, output } = await runInside(scene, 'job')
      strictEqual(code, 0, output)
      match(output, /Started and asked: \/ready on port 8080 answered 200|answered 200/)
    },
  )
  await check(`[${store}] so it is in the network of the machine, by a port of it`, async () => {
    const { code, output } = await runInside(scene, 'host')
    strictEqual(code, 0, output)
  })
  await check(`[${store}] a network that nobody else can join is said before anything is built`, async () => {
    const { code, output } = await runInside(scene, 'none')
    strictEqual(code, 1, output)
    match(output, /this job runs in a container whose network is none/)
    strictEqual(output.includes('Build the image'), false, 'it was built')
  })
  await docker(engine, ['network', 'rm', 'job'])
}

/** Without a push, since neither AWS nor the registry can be reached from in there. */
function runInside({ prepared, engine, workspace }: Scene, network: string) {
  const env = {
    ...engine.env,
    RUNNER_TEMP: prepared.folder,
    GITHUB_WORKSPACE: workspace,
    INPUT_REPOSITORY: REPOSITORY,
    INPUT_TAGS: 'v1',
    INPUT_PUSH: 'false',
    INPUT_FILE: 'Serving.Dockerfile',
    INPUT_SMOKE: '/ready',
    'INPUT_SMOKE-TIMEOUT': '20s',
  }
  const variables = Object.entries(env).map(([name, value]) => `--env=${name}=${value}`)
  const options = ['--rm', '--privileged', `--network=${network}`, '--volume=/:/machine', ...variables]
  const command = ['/bin/chroot', '/machine', process.execPath, BUNDLE]
  return runCommand('docker', ['run', ...options, IMAGE, ...command], { cwd: '/', env: { ...engine.env } })
}
