import { match, ok, strictEqual } from 'node:assert'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import type { Check } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import { docker } from './buildkit.ts'
import { writeProduct } from './docker-product.ts'
import { checkRefusals } from './docker-remote-refusals.ts'
import { type CancelWhen, type Prepared, REPOSITORY, shownBy, step, whenSaid } from './docker-stack.ts'
import { argumentsOfProcesses, processesWith, watchArguments } from './processes.ts'
import { type Bench, type Inputs, startRemote, trusting } from './remote-buildkit.ts'

/** Builds on a BuildKit over mutual TLS where there is no Docker, and every way in which it refuses. */
export async function checkRemote(prepared: Prepared, check: Check): Promise<void> {
  const { folder, root } = prepared
  const [workspace, temp, bin] = ['remote-workspace', 'remote-temp', 'remote-bin'].map((name) => join(folder, name)) as [string, string, string] // biome-ignore format: one line
  for (const path of [temp, bin]) mkdirSync(path, { recursive: true })
  writeProduct(workspace, root)
  symlinkSync(join(root, 'usr/libexec/docker/cli-plugins/docker-buildx'), join(bin, 'buildx'))
  const authority = createAuthority('Builders')
  const client = createIdentity({ hosts: ['job'] }, authority)
  const remote = await startRemote(prepared, 'good', authority, {})
  const env = {
    SOURCE_DATE_EPOCH: '1700000000',
    PATH: bin,
    RUNNER_TEMP: temp,
    DOCKER_HOST: 'unix:///nowhere',
    DOCKER_CONFIG: '/nowhere',
  }
  const bench: Bench = {
    prepared,
    remote,
    client,
    temp,
    check,
    inputs: trusting(remote, client),
    step: (inputs, cancelWhen, more) =>
      stepWith(prepared, workspace, { ...env, ...more }, inputs, cancelWhen),
    left: () => readdirSync(temp).filter((name) => !name.endsWith('-report.json')),
  }
  try {
    await checkBuilds(bench)
    await checkEndings(bench)
    await checkKill(bench)
    await checkWithDocker(bench, workspace)
    await checkRefusals(bench)
  } finally {
    await remote.stop()
  }
}

function stepWith(
  { ecr, engines }: Prepared,
  workspace: string,
  env: Inputs,
  inputs: Inputs,
  cancelWhen?: CancelWhen,
): Promise<StepResult> {
  const { containerd } = engines
  const machine = { ...engines, containerd: { ...containerd, env: { ...containerd.env, ...env } } }
  return step({ ecr, engines: machine }, 'containerd', workspace, inputs, cancelWhen)
}

async function checkBuilds({ prepared, inputs, client, step, left, check }: Bench): Promise<void> {
  const { registry } = prepared
  const given = { ...inputs, tags: 'remote-1' }
  let digest = ''
  await check(
    'a BuildKit over mutual TLS builds and pushes where there is neither docker nor an engine',
    async () => {
      const secret = client.key.split('\n')[1] ?? ''
      const watch = watchArguments([secret, registry.auth, 'remote-1'])
      const built = await step(given)
      const { code, outputs, stdout } = built
      const shown = watch.stop()
      strictEqual(code, 0, stdout)
      digest = outputs['digest'] ?? ''
      strictEqual((await registry.manifest(REPOSITORY, 'remote-1'))?.digest, digest)
      match(stdout, /Builds on tcp:\/\/127\.0\.0\.1:\d+, BuildKit v/)
      ok(shown.length > 0, 'the watcher never saw buildx')
      for (const text of [...shown, ...shownBy(built)]) {
        ok(!text.includes(secret), 'the key is shown')
        ok(!text.includes(registry.auth), 'the token is shown')
      }
      strictEqual(left().join(), '')
    },
  )
  await check('the same content is reused without the BuildKit, and without buildx', async () => {
    const { code, outputs, stdout } = await step({ ...given, tags: 'remote-2' }, undefined, {
      PATH: '/nowhere',
    })
    strictEqual(code, 0, stdout)
    strictEqual(outputs['cache-hit'], 'true', stdout)
    strictEqual(outputs['digest'], digest)
  })
  await check('a build again has the same digest, since the BuildKit heeds SOURCE_DATE_EPOCH', async () => {
    const { outputs, stdout } = await step({ ...given, reuse: 'false', 'no-cache': 'true' })
    strictEqual(outputs['digest'], digest, stdout)
    strictEqual(outputs['changed'], 'false')
  })
  await check(
    'what the driver docker cannot do, it can: two platforms, annotations, provenance',
    async () => {
      const more = { platforms: 'linux/amd64,linux/arm64', annotations: 'team=churn', provenance: 'mode=max' }
      const { code, stdout } = await step({ ...given, ...more, tags: 'remote-index' })
      strictEqual(code, 0, stdout)
      const { manifests } = JSON.parse(String((await registry.manifest(REPOSITORY, 'remote-index'))?.bytes))
      strictEqual(manifests.length, 4)
    },
  )
  await check('a RUN that fails there is named with its line and its last words', async () => {
    const { errors } = await step({ ...given, file: 'Failing.Dockerfile', tags: 'x' })
    match(errors[0]?.message ?? '', /Failing\.Dockerfile:3[\s\S]*no module named sklearn/)
    strictEqual(left().join(), '')
  })
}

async function checkEndings({ prepared, inputs, step, left, check }: Bench): Promise<void> {
  await check('a cancelled build there leaves no process, no builder and no tag', async () => {
    const cancelWhen: CancelWhen = async (seen) => {
      await whenSaid('sleeping now')(seen)
      ok(left().length > 0, 'there was no builder to be left')
    }
    const given = { ...inputs, tags: 'remote-cancel', file: 'Sleep.Dockerfile' }
    const { code, outputs, endedAfter = 0 } = await step(given, cancelWhen)
    strictEqual(code, 130)
    strictEqual(outputs['failure-kind'], 'cancelled')
    ok(endedAfter < 5_000, `it took ${endedAfter} ms`)
    strictEqual(
      argumentsOfProcesses()
        .filter((line) => line.includes('remote-cancel'))
        .join('\n'),
      '',
    )
    strictEqual(left().join(), '')
    strictEqual(await prepared.registry.manifest(REPOSITORY, 'remote-cancel'), undefined)
  })
}

/** The runner itself kills what does not end in time; nothing of ours runs then. */
async function checkKill({ inputs, client, step, temp, check }: Bench): Promise<void> {
  await check('a step that is killed in the middle of a build leaves no key on the disk', async () => {
    const secret = client.key.split('\n')[1] ?? ''
    const cancelWhen: CancelWhen = async (seen) => {
      await whenSaid('sleeping now')(seen)
      const buildx = processesWith('remote-kill')
      strictEqual(buildx.length, 1, 'buildx is not to be found')
      for (const { pid, parent } of buildx) {
        process.kill(parent, 'SIGKILL')
        process.kill(-pid, 'SIGKILL')
      }
    }
    const { code } = await step({ ...inputs, tags: 'remote-kill', file: 'Sleep.Dockerfile' }, cancelWhen)
    strictEqual(code, null)
    const [folder = ''] = readdirSync(temp).filter((name) => name.startsWith('buildkit-'))
    const files = readdirSync(join(temp, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    ok(
      files.some(({ name }) => name === 'cert.pem'),
      'the folder of the builder is not there',
    )
    for (const { parentPath, name } of files)
      ok(!readFileSync(join(parentPath, name), 'utf8').includes(secret), `${name} holds the key`)
    rmSync(temp, { recursive: true })
    mkdirSync(temp)
  })
}

/** With a docker client the plugin is used, and what the user has there stays as it is. */
async function checkWithDocker({ prepared, inputs, check }: Bench, workspace: string): Promise<void> {
  await check('with a docker client its builders stay as they are', async () => {
    const engine = prepared.engines.containerd
    const before = await docker(engine, ['buildx', 'ls'])
    const given = { ...inputs, tags: 'remote-docker', reuse: 'false' }
    const { code, stdout } = await stepWith(prepared, workspace, {}, given)
    strictEqual(code, 0, stdout)
    match(stdout, /Builds on tcp:/)
    strictEqual(await docker(engine, ['buildx', 'ls']), before)
  })
}
