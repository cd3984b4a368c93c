import { describe, expect, test } from '@jest/globals'
import type { TrackedObject } from '../src/objects/object.ts'
import { sumProblems } from '../src/push/sums.ts'
import type { RemoteState } from '../src/store/judge.ts'

const object = (id: string, more: Partial<TrackedObject> = {}): [string, TrackedObject] => [
  id,
  {
    id,
    oid: id,
    hash: 'md5',
    remote: 'store',
    size: undefined,
    place: undefined,
    bytes: undefined,
    members: [],
    path: id,
    source: 'data.dvc',
    ...more,
  },
]
const states = (entries: Record<string, RemoteState>) => new Map(Object.entries(entries))
const sizes = (entries: Record<string, number>) => new Map(Object.entries(entries))

/** A directory of three files, two of which are the same object. */
const objects = (recorded: number | undefined, size?: number) =>
  new Map([object('a', { size }), object('b'), object('dir', { members: ['a', 'b', 'b'], recorded })])

describe('the files of a directory that only the remote has', () => {
  test('count as often as the directory names them', () => {
    const there = states({ a: 'present', b: 'present', dir: 'proven' })
    expect(sumProblems(objects(13), there, sizes({ a: 3, b: 5 }))).toEqual([])
    expect(sumProblems(objects(12), there, sizes({ a: 3, b: 5 }))).toEqual([
      {
        kind: 'corrupt',
        path: 'dir',
        source: 'data.dvc',
        oid: 'dir',
        seen: 'its files have 13 bytes together in the remote, and 12 were recorded',
      },
    ])
  })

  test('count with the size that is known here where one of them is here, too', () => {
    const there = states({ a: 'present', b: 'present' })
    expect(sumProblems(objects(14, 4), there, sizes({ b: 5 }))).toEqual([])
  })

  test.each<[string, number | undefined, Record<string, RemoteState>]>([
    ['every ETag proves its file', 12, { a: 'proven', b: 'proven' }],
    ['one of them is missing, which is a problem of its own', 12, { a: 'present' }],
    ['no size was recorded', undefined, { a: 'present', b: 'present' }],
  ])('say nothing together where %s', (_, recorded, there) => {
    expect(sumProblems(objects(recorded), states(there), sizes({ a: 3, b: 5 }))).toEqual([])
  })
})
