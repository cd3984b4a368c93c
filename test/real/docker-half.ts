import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import type { ImageStore } from './docker-engine.ts'
import { writeProduct } from './docker-product.ts'
import type { Prepared } from './docker-stack.ts'
import { openWay, type Way } from './docker-way.ts'
import { argumentsOfProcesses } from './processes.ts'
import type { Watch } from './proxy.ts'

const TAGS = ['v1', 'v2', 'v3']

/**
 * A cancel between two tags. A registry has no call that sets several, so those before it stand: each names an image that
 * is there in whole, the others name what they named, the content key is not set, and the next run does the rest.
 */
export async function checkHalfTagged(prepared: Prepared, store: ImageStore, check: Check): Promise<void> {
  const workspace = join(prepared.folder, `half-${store}`)
  writeProduct(workspace, prepared.root)
  const inputs = { tags: TAGS.join(), reuse: 'true' }
  await check(
    `[${store}] a cancel while the tags of a build are set leaves no tag of half an image`,
    async () => {
      writeFileSync(join(workspace, 'model.txt'), `cancelled ${store}`)
      // docker has set the first by then.
      const second = holdSecond(isPutImage)
      await using way = await openWay(prepared, store, { api: second.watch })
      second.begin()
      await cancelAndRepeat(way, { workspace, inputs, arrived: second.arrived, standing: ['v1', 'v2'] })
    },
  )
  await check(`[${store}] nor does a cancel while the tags of an image that is reused are set`, async () => {
    writeFileSync(join(workspace, 'model.txt'), `reused ${store}`)
    const second = holdSecond(isPutImage)
    await using way = await openWay(prepared, store, { api: second.watch })
    const built = await way.step({ workspace, inputs: { ...inputs, tags: 'built' } })
    strictEqual(built.code, 0, built.stdout)
    second.begin()
    await cancelAndRepeat(way, { workspace, inputs, arrived: second.arrived, standing: ['v1'] })
  })
}

interface Cancelled {
  readonly workspace: string
  readonly inputs: Readonly<Record<string, string>>
  readonly arrived: Promise<void>
  /** Tags that are set by then. */
  readonly standing: readonly string[]
}

const isPutImage = ({ headers }: IncomingMessage): boolean =>
  `${headers['x-amz-target']}`.endsWith('.PutImage')

async function cancelAndRepeat(
  way: Way,
  { workspace, inputs, arrived, standing: wanted }: Cancelled,
): Promise<void> {
  const before = await way.tags()
  const cancelled = await way.step({ workspace, inputs, cancelWhen: () => arrived })
  deepStrictEqual([cancelled.code, cancelled.outputs['failure-kind']], [130, 'cancelled'], cancelled.stdout)
  ok((cancelled.endedAfter ?? Number.POSITIVE_INFINITY) < 5_000, `it took ${cancelled.endedAfter} ms`)
  ok(!argumentsOfProcesses().some((line) => line.includes(way.repository)), 'a process is left')
  const standing = (await way.tags()).filter((tag) => !before.includes(tag))
  deepStrictEqual(standing, wanted)
  for (const tag of wanted) ok(await way.isWhole(tag), `${tag} is half an image`)
  const again = await way.step({ workspace, inputs })
  strictEqual(again.code, 0, again.stdout)
  for (const tag of TAGS) strictEqual((await way.manifest(tag))?.digest, again.outputs['digest'])
}

/** Counts such requests once it has begun, and lets the second one go on never. */
function holdSecond(isMeant: (request: IncomingMessage) => boolean) {
  const arrived = Promise.withResolvers<void>()
  let count: number | undefined
  const watch: Watch = async (_, stage, request) => {
    if (stage !== 'arrived' || count === undefined || !isMeant(request) || ++count !== 2) return undefined
    arrived.resolve()
    await once(request.socket, 'close')
    throw new Error('nobody waits for it any more')
  }
  return {
    watch,
    arrived: arrived.promise,
    begin: () => {
      count = 0
    },
  }
}
