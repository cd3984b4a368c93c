import { match, notStrictEqual, ok, strictEqual } from 'node:assert'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { Check, Peer, RealOptions } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import { checkBases } from './docker-bases.ts'
import { checkContexts } from './docker-contexts.ts'
import { checkDemo } from './docker-demo.ts'
import { startEcrOver } from './docker-ecr.ts'
import type { Engine, ImageStore } from './docker-engine.ts'
import { checkHalfTagged } from './docker-half.ts'
import { checkInputs } from './docker-inputs.ts'
import { checkLayers } from './docker-layers.ts'
import { checkLink } from './docker-link.ts'
import { checkMerge } from './docker-merge.ts'
import { writeProduct } from './docker-product.ts'
import { checkPromote } from './docker-promote.ts'
import { checkPublic } from './docker-public.ts'
import { checkRegistries } from './docker-registries.ts'
import type { RealRegistry } from './docker-registry.ts'
import { checkRemote } from './docker-remote.ts'
import { checkRivals } from './docker-rivals.ts'
import { checkSbom } from './docker-sbom.ts'
import { checkSmoke } from './docker-smoke.ts'
import {
  builds,
  type CancelWhen,
  NO_DOCKER,
  type Prepared,
  REPOSITORY,
  shownBy,
  startStack,
  step,
  stepIn,
  whenSaid,
} from './docker-stack.ts'
import { checkTrouble } from './docker-trouble.ts'
import { argumentsOfProcesses, watchArguments } from './processes.ts'

/** The real Docker engine, buildx and registry under ecr-build-push, with both image stores that an engine can have. */
export const peer: Peer<Prepared> = { name: 'docker', prepare: startStack, run }

const SECRET = 'c4n4ry-of-the-build'

async function run(prepared: Prepared, check: Check, options: RealOptions): Promise<void> {
  await checkContexts(prepared, check, options)
  for (const store of ['graph', 'containerd'] as const) {
    const workspace = join(prepared.folder, `workspace-${store}`)
    writeProduct(workspace, prepared.root)
    // Most checks are of builds.
    const push: Push = (inputs) => step(prepared, store, workspace, { reuse: 'false', ...inputs })
    await checkBuilds(prepared, store, push, check)
    await checkPromote(prepared, store, push, check)
    await checkReuse(prepared, store, workspace, check)
    await checkBases(prepared, store, check)
    await checkLink(prepared, store, check)
    await checkFailures(prepared, store, push, workspace, check)
    await checkSecrets(prepared, store, push, check)
    await checkLayers(prepared, store, workspace, check)
    const stepHere = stepIn(prepared, store, workspace)
    await checkInputs({ prepared, store, workspace, step: builds(stepHere), check })
    if (store === 'containerd') {
      const stepOn = (engine: Engine) => builds(stepIn(prepared, store, workspace, engine))
      await checkSbom(prepared, workspace, stepOn, check)
    }
    await checkRegistries(prepared, store, workspace, stepHere, check)
    await checkRivals(prepared, store, check)
    await checkTrouble(prepared, store, check)
    await checkHalfTagged(prepared, store, check)
    await checkSmoke(prepared, store, workspace, smokeIn(prepared, store, workspace), check)
  }
  await checkMerge(
    prepared,
    stepIn(prepared, 'containerd', join(prepared.folder, 'workspace-containerd')),
    check,
  )
  await checkPublic(prepared, check)
  await checkRemote(prepared, check)
  await checkCancel(prepared, check)
  await checkDemo(prepared, check)
  await check('the user has no new entry in the Docker configuration', () => {
    for (const { env } of Object.values(prepared.engines))
      ok(!existsSync(join(env.DOCKER_CONFIG, 'config.json')), 'config.json was written')
  })
}

type Push = (inputs: Record<string, string>) => Promise<StepResult>

async function checkBuilds(
  { registry }: Prepared,
  store: ImageStore,
  push: Push,
  check: Check,
): Promise<void> {
  let digest = ''
  await check(`[${store}] an image is built, pushed and verified; its digest is the registry's`, async () => {
    const { code, outputs, stdout } = await push({ tags: `${store}-1,${store}-latest` })
    strictEqual(code, 0, stdout)
    strictEqual(outputs['changed'], 'true')
    digest = outputs['digest'] ?? ''
    strictEqual((await registry.manifest(REPOSITORY, `${store}-1`))?.digest, digest)
    strictEqual((await registry.manifest(REPOSITORY, `${store}-latest`))?.digest, digest)
  })
  await check(`[${store}] the same build again changes nothing`, async () => {
    const { code, outputs, stdout } = await push({ tags: `${store}-1,${store}-latest` })
    strictEqual(code, 0, stdout)
    strictEqual(outputs['changed'], 'false')
    strictEqual(outputs['digest'], digest)
  })
  await check(`[${store}] the image says what it was made from`, async () => {
    const { code, stdout } = await push({ tags: `${store}-labels`, labels: 'team=churn' })
    strictEqual(code, 0, stdout)
    const config = await imageConfig(registry, `${store}-labels`)
    match(config, /"team":"churn"/)
    match(config, /"org.opencontainers.image.revision":"4f2c9e1f/)
  })
}

/** Both image stores push the same content as manifests of their own, so each has a file of its own in its context. */
async function checkReuse(
  prepared: Prepared,
  store: ImageStore,
  workspace: string,
  check: Check,
): Promise<void> {
  const { registry, engines } = prepared
  writeFileSync(join(workspace, 'model.txt'), `weights of ${store}`)
  const push = (inputs: Record<string, string>) => step(prepared, store, workspace, inputs)
  await check(
    `[${store}] what was built is reused without a daemon, as the same bytes under another tag`,
    async () => {
      const built = await push({ tags: `${store}-built` })
      strictEqual(built.outputs['cache-hit'], 'false', built.stdout)
      const without = { ...prepared, engines: { ...engines, [store]: { ...engines[store], env: NO_DOCKER } } }
      const { code, outputs, stdout } = await step(without, store, workspace, { tags: `${store}-reused` })
      strictEqual(code, 0, stdout)
      strictEqual(outputs['cache-hit'], 'true', stdout)
      strictEqual(outputs['digest'], built.outputs['digest'])
      const [one, other] = await Promise.all(
        ['built', 'reused'].map((tag) => registry.manifest(REPOSITORY, `${store}-${tag}`)),
      )
      strictEqual(other?.bytes.toString('latin1'), one?.bytes.toString('latin1'))
    },
  )
  await check(`[${store}] a changed file is built again`, async () => {
    writeFileSync(join(workspace, 'model.txt'), `other weights of ${store}`)
    const { outputs, stdout } = await push({ tags: `${store}-other` })
    strictEqual(outputs['cache-hit'], 'false', stdout)
    notStrictEqual(outputs['digest'], (await registry.manifest(REPOSITORY, `${store}-built`))?.digest)
  })
}

async function checkFailures(
  prepared: Prepared,
  store: ImageStore,
  push: Push,
  workspace: string,
  check: Check,
): Promise<void> {
  await check(`[${store}] a RUN that fails is named with its line and its last words`, async () => {
    const { code, outputs, errors } = await push({ tags: 'x', file: 'Failing.Dockerfile' })
    strictEqual(code, 1)
    strictEqual(outputs['failure-kind'], 'workload')
    match(errors[0]?.message ?? '', /Failing\.Dockerfile:3/)
    match(errors[0]?.message ?? '', /no module named sklearn/)
  })
  await check(`[${store}] a COPY of what is not there is named`, async () => {
    const { errors, outputs } = await push({ tags: 'x', file: 'Copy.Dockerfile' })
    strictEqual(outputs['failure-kind'], 'workload')
    match(errors[0]?.message ?? '', /Put \/nowhere\.txt into the context/)
  })
  await check(`[${store}] a wrong password is an auth failure`, async () => {
    const { registry } = prepared
    const ecr = await startEcrOver({ ...registry, auth: btoa('AWS:wrong-password') })
    addRepository(ecr.state.registry, REPOSITORY, Date.now())
    try {
      const { errors, outputs } = await step({ ...prepared, ecr }, store, workspace, {
        tags: `${store}-denied`,
        reuse: 'false',
      })
      strictEqual(outputs['failure-kind'], 'auth', errors[0]?.message)
    } finally {
      await ecr.close()
    }
  })
}

async function checkSecrets(prepared: Prepared, store: ImageStore, push: Push, check: Check): Promise<void> {
  await check(`[${store}] a secret reaches its RUN, and nothing else`, async () => {
    // The build itself must be among what is seen, or the watcher proves nothing.
    const watch = watchArguments([SECRET, prepared.registry.auth, '--secret=id=pip'])
    const pushed = await push({
      tags: `${store}-secret`,
      file: 'Secret.Dockerfile',
      secrets: `pip=${SECRET}`,
    })
    const shown = watch.stop()
    strictEqual(pushed.code, 0, pushed.stdout)
    ok(shown.length > 0, 'the watcher never saw docker')
    ok(
      !shown.some((line) => line.includes(SECRET) || line.includes(prepared.registry.auth)),
      shown.join('\n'),
    )
    for (const text of shownBy(pushed)) {
      ok(!text.includes(SECRET), 'the secret is shown')
      ok(!text.includes(prepared.registry.auth), 'the token is shown')
    }
    match(pushed.stdout, /secret has 19 characters/)
    ok(
      !(await imageConfig(prepared.registry, `${store}-secret`)).includes(SECRET),
      'the secret is in the history',
    )
  })
}

async function checkCancel(prepared: Prepared, check: Check): Promise<void> {
  await check('a cancelled build leaves no process behind and no tag', async () => {
    const workspace = join(prepared.folder, 'workspace-graph')
    const {
      code,
      outputs,
      endedAfter = 0,
    } = await step(
      prepared,
      'graph',
      workspace,
      { tags: 'cancel-me', file: 'Sleep.Dockerfile' },
      whenSaid('sleeping now'),
    )
    strictEqual(code, 130)
    strictEqual(outputs['failure-kind'], 'cancelled')
    ok(endedAfter < 5_000, `it took ${endedAfter} ms`)
    strictEqual(
      argumentsOfProcesses()
        .filter((line) => line.includes('cancel-me'))
        .join('\n'),
      '',
    )
    strictEqual(await prepared.registry.manifest(REPOSITORY, 'cancel-me'), undefined)
  })
}

async function imageConfig(registry: RealRegistry, tag: string): Promise<string> {
  const found = await registry.manifest(REPOSITORY, tag)
  notStrictEqual(found, undefined)
  const { config } = JSON.parse(found?.bytes.toString('utf8') ?? '{}')
  return String(await registry.blob(REPOSITORY, config.digest))
}

function smokeIn(prepared: Prepared, store: ImageStore, workspace: string) {
  return (inputs: Record<string, string>, engine: Engine, cancelWhen?: CancelWhen) => {
    const engines = { ...prepared.engines, [store]: engine }
    return step({ ...prepared, engines }, store, workspace, inputs, cancelWhen)
  }
}
