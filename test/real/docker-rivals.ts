import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import type { ImageStore } from './docker-engine.ts'
import { writeProduct } from './docker-product.ts'
import type { Prepared } from './docker-stack.ts'
import { openWay, putReference, registryError, type Way } from './docker-way.ts'
import type { Stage } from './proxy.ts'

/** Pushes that want the same tag: of one that keeps it, and of two that push at the same moment. */
export async function checkRivals(prepared: Prepared, store: ImageStore, check: Check): Promise<void> {
  const workspace = (name: string, weights: string): string => {
    const folder = join(prepared.folder, `rivals-${store}-${name}`)
    writeProduct(folder, prepared.root)
    writeFileSync(join(folder, 'model.txt'), weights)
    return folder
  }
  const [ours, theirs] = [workspace('ours', `ours ${store}`), workspace('theirs', `theirs ${store}`)]
  await checkImmutable(prepared, store, { ours, theirs }, check)
  await checkSeveral(prepared, store, { ours, theirs }, check)
  await check(`[${store}] two pushes at once, each with a tag of its own, both arrive`, async () => {
    await using way = await openWay(prepared, store, { registry: meeting().overlap })
    const [one, other] = await Promise.all([
      way.step({ workspace: ours, inputs: { tags: 'ours' } }),
      way.step({ workspace: theirs, inputs: { tags: 'theirs' } }),
    ])
    await assertPushed(way, 'ours', one)
    await assertPushed(way, 'theirs', other)
    ok(one.outputs['digest'] !== other.outputs['digest'], 'both pushed the same image')
  })
  await check(`[${store}] two pushes of the same image under the same tag at once both succeed`, async () => {
    await using way = await openWay(prepared, store, { registry: meeting().overlap })
    const push = () => way.step({ workspace: ours, inputs: { tags: 'same' } })
    for (const step of await Promise.all([push(), push()])) await assertPushed(way, 'same', step)
  })
  await check(
    `[${store}] of two images pushed under the same tag at once the one that lost it fails and names both`,
    async () => {
      const { overlapAndHold: registry, isOver } = meeting()
      await using way = await openWay(prepared, store, { registry })
      const push = (folder: string) =>
        way.step({ workspace: folder, inputs: { tags: 'same' } }).finally(() => isOver())
      const steps = await Promise.all([push(ours), push(theirs)])
      const [won, lost] = steps.toSorted((one, other) => (one.code ?? 1) - (other.code ?? 1))
      await assertPushed(way, 'same', won)
      deepStrictEqual([lost?.code, lost?.outputs['failure-kind']], [1, 'integrity'], lost?.stdout)
      const { message = '' } = lost?.errors[0] ?? {}
      match(message, lostWords(won?.outputs['digest'] ?? '', store))
      deepStrictEqual(await way.tags(), ['same'])
    },
  )
}

/** The registry knows nothing of mutability: what ECR would refuse is refused on the way to it, in ECR's words. */
async function checkImmutable(
  prepared: Prepared,
  store: ImageStore,
  { ours, theirs }: { readonly ours: string; readonly theirs: string },
  check: Check,
): Promise<void> {
  const registry = refuseMoves()
  await using way = await openWay(prepared, store, { registry, tagMutability: 'IMMUTABLE' })
  const push = (workspace: string, tags: string, more: Record<string, string> = {}) =>
    way.step({ workspace, inputs: { tags, ...more } })
  let digest = ''
  await check(
    `[${store}] an immutable tag of the very image that was built is as good as pushed`,
    async () => {
      const first = await push(ours, 'v1')
      await assertPushed(way, 'v1', first)
      digest = first.outputs['digest'] ?? ''
      const again = await push(ours, 'v1,v2')
      await assertPushed(way, 'v2', again)
      deepStrictEqual([again.outputs['digest'], again.outputs['changed']], [digest, 'true'])
      const third = await push(ours, 'v1,v2')
      deepStrictEqual([third.code, third.outputs['changed']], [0, 'false'], third.stdout)
    },
  )
  await check(`[${store}] an immutable tag of another image is a conflict that names both`, async () => {
    const built = await push(theirs, 'theirs', { reuse: 'true' })
    await assertPushed(way, 'theirs', built)
    for (const reuse of ['false', 'true']) {
      const { code, outputs, errors, stdout } = await push(theirs, 'v1', { reuse })
      deepStrictEqual([code, outputs['failure-kind'], outputs['retryable']], [1, 'conflict', 'false'], stdout)
      const { message = '' } = errors[0] ?? {}
      match(message, new RegExp(`it is ${digest}`))
      ok(message.includes(await wordsFor(way, 'theirs', store, reuse === 'true')), message)
    }
    strictEqual((await way.manifest('v1'))?.digest, digest)
  })
}

/** Several tags, of which one may not move: it goes first, and none of the others has moved when it is refused. */
async function checkSeveral(
  prepared: Prepared,
  store: ImageStore,
  { ours, theirs }: { readonly ours: string; readonly theirs: string },
  check: Check,
): Promise<void> {
  await using way = await openWay(prepared, store, {
    registry: refuseMoves('latest'),
    tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    exclusionFilters: ['latest'],
  })
  const digests = (...tags: readonly string[]) =>
    Promise.all(tags.map(async (tag) => (await way.manifest(tag))?.digest))
  await check(`[${store}] of several tags none moves where one is refused`, async () => {
    const first = await way.step({ workspace: ours, inputs: { tags: 'v1,latest' } })
    for (const tag of ['v1', 'latest']) await assertPushed(way, tag, first)
    const { code, outputs, summary, stdout } = await way.step({
      workspace: theirs,
      inputs: { tags: 'latest,fresh,v1' },
    })
    deepStrictEqual([code, outputs['failure-kind'], outputs['changed']], [1, 'conflict', 'false'], stdout)
    const digest = first.outputs['digest']
    deepStrictEqual(await digests('v1', 'latest', 'fresh'), [digest, digest, undefined])
    match(summary, new RegExp(`\`latest\` is still \`${digest}\``))
  })
  await check(`[${store}] several tags name the one manifest that docker has pushed`, async () => {
    const step = await way.step({ workspace: theirs, inputs: { tags: 'fresh,latest,v2' } })
    for (const tag of ['fresh', 'latest', 'v2']) await assertPushed(way, tag, step)
    strictEqual(step.outputs['changed'], 'true')
  })
}

/** Refuses, as ECR does, what would set a tag a second time. */
function refuseMoves(...movable: readonly string[]) {
  const taken = new Set<string>()
  return (_: number, stage: Stage, request: IncomingMessage) => {
    const tag = putReference(request)
    if (stage !== 'arrived' || tag === undefined || tag.startsWith('sha256:') || movable.includes(tag))
      return undefined
    if (taken.has(tag))
      return registryError(
        400,
        'TAG_INVALID',
        `The image tag '${tag}' already exists in the repository and cannot be overwritten because the repository is immutable.`,
      )
    taken.add(tag)
    return undefined
  }
}

/** Docker's own image store does not say the digest of a manifest that was refused. */
async function wordsFor(way: Way, tag: string, store: ImageStore, isReused: boolean): Promise<string> {
  const found = await way.manifest(tag)
  if (isReused) return `reused would be ${found?.digest}`
  const { config } = JSON.parse(String(found?.bytes)) as { config: { digest: string } }
  return store === 'graph'
    ? `built was the image with configuration ${config.digest}`
    : `built was ${found?.digest}`
}

/** Docker's own image store pushes what the tag names in the engine by then, which can be the other image for both. */
function lostWords(won: string, store: ImageStore): RegExp {
  const moved = `pushed was sha256:(?!${won.slice('sha256:'.length)})[0-9a-f]{64}, and the tag is ${won}`
  const other = `built was the image with configuration sha256:[0-9a-f]{64}, and ${won} has the configuration sha256:`
  return new RegExp(`(?:${store === 'graph' ? `${moved}|${other}` : moved})[\\s\\S]* at the same moment\\?`)
}

async function assertPushed(way: Way, tag: string, step: StepResult | undefined): Promise<void> {
  strictEqual(step?.code, 0, step?.stdout)
  strictEqual((await way.manifest(tag))?.digest, step.outputs['digest'])
  ok(await way.isWhole(tag), `${tag} is not whole`)
}

/**
 * Lets the manifests of two pushes go on only when both have come, so that they overlap. Where one is to lose, the first
 * that is stored is answered only when the other push is over.
 */
function meeting() {
  const [both, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let [come, stored] = [0, 0]
  const watch = (isHeld: boolean) => async (_: number, stage: Stage, request: IncomingMessage) => {
    if (putReference(request) === undefined) return undefined
    if (stage === 'arrived' && ++come === 2) both.resolve()
    if (stage === 'arrived') await both.promise
    if (stage === 'answered' && ++stored === 1 && isHeld) await over.promise
    return undefined
  }
  return { overlap: watch(false), overlapAndHold: watch(true), isOver: over.resolve }
}
