import { describe, expect, test } from '@jest/globals'
import { createBudget, forEachLimited } from '../src/objects/limit.ts'
import type { TrackedObject } from '../src/objects/object.ts'
import { planPush } from '../src/push/plan.ts'
import { judge, type RemoteState } from '../src/store/look.ts'
import { estimateStored, planLook } from '../src/store/look-plan.ts'

const object = (id: string, more: Partial<TrackedObject> = {}): TrackedObject => ({
  id,
  remote: 'store',
  hash: 'md5',
  oid: id,
  size: 1,
  place: { from: 'workspace', folder: '', name: id, size: 1, verified: true },
  bytes: undefined,
  members: [],
  path: id,
  source: 'x.dvc',
  ...more,
})
const nowhere = { place: undefined }
const mapOf = (...objects: TrackedObject[]) => new Map(objects.map((one) => [one.id, one]))

describe('the plan of a push', () => {
  test.each<[state: RemoteState | undefined, here: boolean, step: string]>([
    ['proven', true, 'skip'],
    ['proven', false, 'skip'],
    ['present', true, 'skip'],
    ['absent', true, 'upload'],
    [undefined, true, 'upload'],
    ['wrong', true, 'repair'],
    ['absent', false, 'missing'],
    ['wrong', false, 'corrupt'],
  ])('an object that is %s there and here: %s is a %s', (state, here, step) => {
    const states = new Map(state === undefined ? [] : [['x', state] as const])
    const { steps, problems } = planPush(mapOf(object('x', here ? {} : nowhere)), states)
    expect(steps.get('x') ?? problems[0]?.kind).toBe(step)
  })

  test('a member that a list in the remote promises is repaired, others are uploaded', () => {
    const objects = mapOf(
      object('a'),
      object('b'),
      object('dir', { members: ['a'], bytes: Buffer.from('[]') }),
    )
    const { steps } = planPush(objects, new Map([['dir', 'proven']]))
    expect(Object.fromEntries(steps)).toEqual({ a: 'repair', b: 'upload', dir: 'skip' })
  })

  test('what is lost because its output is stale is told once', () => {
    const stale = { kind: 'stale', path: 'data', source: 'data.dvc', oid: 'x', seen: '' } as const
    const { problems } = planPush(mapOf(object('x', { ...nowhere, path: 'data/a' })), new Map(), [stale])
    expect(problems).toEqual([stale])
  })
})

describe('how the remote is looked at', () => {
  const spread = (wanted: number) =>
    [1, Math.min(16, wanted), Math.min(256, wanted)] as const satisfies readonly number[]

  test.each([
    [1, 0, 'head'],
    [2, 0, 'list 0'],
    [500, 1_000, 'list 0'],
    [3, 8_000, 'head'],
    [500, 8_000, 'list 1'],
    [10_000, 10_000, 'list 1'],
    [100_000, 100_000, 'list 1'],
    [100_000, 1_000_000, 'list 2'],
    [500, 1_000_000, 'head'],
    [40, 100_000, 'head'],
    [5_000, 100_000_000, 'head'],
  ])('%i objects of %i: %s', (wanted, stored, way) => {
    const look = planLook({ wanted, stored, prefixes: spread(wanted) })
    expect(look.kind === 'head' ? 'head' : `list ${look.digits}`).toBe(way)
  })

  test('few prefixes of a large remote are worth a listing where many objects share them', () => {
    expect(planLook({ wanted: 900, stored: 256_000, prefixes: [1, 1, 1] })).toEqual({
      kind: 'list',
      digits: 2,
    })
  })

  test.each([
    [[], true, 0],
    [['00'.padEnd(32, '8'), '00'.padEnd(32, 'f')], true, 512],
    [
      Array.from({ length: 1_000 }, (_, at) => `00${(at * 2 ** 20).toString(16).padStart(8, '0')}`),
      false,
      1_049_626,
    ],
    [['00'.padEnd(32, '0')], false, 2 ** 40],
    [['00'], false, 2 ** 40],
  ])('a page under 00 tells how many there are in all', (oids, isWhole, stored) => {
    expect(estimateStored(oids, isWhole)).toBe(stored)
  })
})

describe('what size and ETag prove', () => {
  const oid = '0'.repeat(32)
  test.each([
    [{ size: 3 }, { size: 4, etag: oid }, 'wrong'],
    [{ size: 3 }, { size: 3, etag: oid }, 'proven'],
    [{ size: undefined }, { size: 3, etag: oid }, 'proven'],
    [{ size: 3 }, { size: 3, etag: `${oid}-2` }, 'present'],
    [{ size: 3 }, { size: 3, etag: 'f'.repeat(32) }, 'doubtful'],
    [{ size: 3 }, { size: 3, etag: 'opaque' }, 'present'],
    [{ size: 3, hash: 'md5-dos2unix' as const }, { size: 3, etag: 'f'.repeat(32) }, 'present'],
  ])('%j against %j: %s', (facts, stored, state) => {
    expect(judge({ oid, hash: 'md5', ...facts }, stored)).toBe(state)
  })
})

describe('limits', () => {
  test('no more than so many run at once, and an error waits for those under way', async () => {
    let [running, most, ended] = [0, 0, 0]
    const body = async (item: number) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      ended += 1
      if (item === 5) throw new Error('five')
    }
    await expect(forEachLimited([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, body)).rejects.toThrow('five')
    expect([most, running]).toEqual([3, 0])
    expect(ended).toBeLessThan(9)
  })

  test('memory is given out first come first served, and all of it to what is larger than all', async () => {
    const budget = createBudget(10)
    const order: string[] = []
    const first = await budget.take(8)
    const tasks = [
      budget.take(100).then((release) => {
        order.push('large')
        release()
      }),
      budget.take(1).then(() => order.push('small')),
    ]
    expect(order).toEqual([])
    first()
    first()
    await Promise.all(tasks)
    expect(order).toEqual(['large', 'small'])
  })
})
