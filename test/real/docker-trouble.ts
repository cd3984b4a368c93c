import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import type { ImageStore } from './docker-engine.ts'
import { writeProduct } from './docker-product.ts'
import type { Prepared } from './docker-stack.ts'
import { openWay, putReference, registryError } from './docker-way.ts'
import type { Answer, Watch } from './proxy.ts'

/** More than one piece of a body, so that a connection can end in the middle of it. */
export const LAYER_BYTES = 4 * 1024 * 1024
const THROTTLED = registryError(429, 'TOOMANYREQUESTS', 'Rate exceeded')
/** BuildKit sends the same six times before it gives up, Docker's own pusher once. */
const MORE_THAN_A_PUSH: Readonly<Record<ImageStore, number>> = { graph: 1, containerd: 7 }

/** A registry that throttles, and one whose connections end in the middle of a layer: what passes is waited for. */
export async function checkTrouble(prepared: Prepared, store: ImageStore, check: Check): Promise<void> {
  const workspace = join(prepared.folder, `trouble-${store}`)
  writeProduct(workspace, prepared.root)
  const push = async (registry: Watch) => {
    writeFileSync(join(workspace, 'model.txt'), randomBytes(LAYER_BYTES))
    await using way = await openWay(prepared, store, { registry })
    const step = await way.step({ workspace, inputs: { tags: 'v1' } })
    const tags = await way.tags()
    return { ...step, tags, isWhole: tags.length > 0 && (await way.isWhole('v1')) }
  }
  for (const [what, headers] of [
    ['says how long to wait', { 'retry-after': '1' }],
    ['does not say how long', {}],
  ] as const)
    await check(
      `[${store}] a registry that throttles and ${what} gets the image a little later`,
      async () => {
        const answer = { ...THROTTLED, headers: { ...THROTTLED.headers, ...headers } }
        const throttle = answerOften(answer, MORE_THAN_A_PUSH[store])
        const { code, stdout, outputs, isWhole } = await push(throttle.watch)
        deepStrictEqual([code, isWhole], [0, true], stdout)
        strictEqual(throttle.left(), 0)
        match(stdout, /Cannot push the image: .*429|Cannot push the image: toomanyrequests/)
        strictEqual(JSON.parse(outputs['report'] ?? '{}').attempts, 2)
      },
    )
  await check(
    `[${store}] an upload that breaks in the middle is sent again, and the image is whole`,
    async () => {
      const breaks = breakOften(2)
      const { code, stdout, isWhole } = await push(breaks.watch)
      deepStrictEqual([code, isWhole, breaks.left()], [0, true, 0], stdout)
    },
  )
  // Docker's own pusher is patient by itself: what never ends would take it two minutes and a half.
  if (store === 'graph') return
  await check(
    `[${store}] a registry that goes on throttling is said to, and how often it was asked`,
    async () => {
      const { code, outputs, errors, tags, stdout } = await push(answerOften(THROTTLED, 1_000).watch)
      deepStrictEqual(
        [code, outputs['failure-kind'], outputs['retryable']],
        [1, 'rate-limit', 'true'],
        stdout,
      )
      match(
        errors[0]?.message ?? '',
        /\(3 times\)\s+Do: Run the step again later, or let fewer jobs push at once/,
      )
      deepStrictEqual(tags, [])
    },
  )
  await check(
    `[${store}] uploads that go on breaking are a push that was interrupted, and no tag is set`,
    async () => {
      const { code, outputs, errors, tags, stdout } = await push(breakOften(1_000).watch)
      deepStrictEqual([code, outputs['failure-kind'], outputs['retryable']], [1, 'upstream', 'true'], stdout)
      const { message = '' } = errors[0] ?? {}
      match(message, /\(3 times\)\s+Do: Run the step again; what has arrived is not sent a second time/)
      ok(message.includes('/blobs/uploads/'), message)
      deepStrictEqual(tags, [])
    },
  )
}

/** Answers so many manifests itself. */
function answerOften(answer: Answer, times: number) {
  let left = times
  const watch: Watch = (_, stage, request) => {
    if (stage !== 'arrived' || putReference(request) === undefined || left === 0) return undefined
    left--
    return answer
  }
  return { watch, left: () => left }
}

/** Ends so many connections behind the first piece of a layer. */
export function breakOften(times: number) {
  let left = times
  const watch: Watch = (_, stage, request) => {
    if (stage !== 'underway' || !isLayer(request) || left === 0) return undefined
    left--
    throw new Error('the connection ends here')
  }
  return { watch, left: () => left }
}

/** Of unknown length, or of one that is no configuration. */
function isLayer({ method = '', url = '', headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'] ?? LAYER_BYTES)
  return /^(?:PATCH|PUT)$/.test(method) && url.includes('/blobs/uploads/') && length >= LAYER_BYTES / 2
}
