import { describe, expect, test } from '@jest/globals'
import { demandsOf } from '../src/pull/demands.ts'
import type { PullStep } from '../src/pull/pull-plan.ts'
import { contentId, type WantedFile } from '../src/pull/wanted.ts'
import type { LinkType } from '../src/repository/config.ts'

function wanted(path: string, oid: string): WantedFile {
  return {
    path,
    oid,
    hash: 'md5',
    isexec: false,
    output: path,
    source: `${path}.dvc`,
    optional: false,
    cacheOnly: false,
    supply: { kind: 'remote', remote: 'store' },
  }
}

describe('the space that a pull takes', () => {
  const ONCE = wanted('a', '1'.repeat(32))
  const AGAIN = wanted('b', '1'.repeat(32))
  const OTHER = wanted('c', '2'.repeat(32))
  const sizes = new Map([
    [contentId(ONCE), 10],
    [contentId(OTHER), 1],
  ])

  test.each<
    [what: string, steps: readonly PullStep[], fillCache: boolean, linkTypes: LinkType[], bytes: number[]]
  >([
    ['a file at two paths takes its space twice', ['fetch', 'fetch', 'keep'], false, ['copy'], [20]],
    [
      'the cache takes each content once, and the copies theirs',
      ['fetch', 'fetch', 'fetch'],
      true,
      ['reflink', 'copy'],
      [21, 11],
    ],
    ['a link takes none', ['fetch', 'fetch', 'place'], true, ['symlink', 'copy'], [0, 10]],
    [
      'what is copied out of the cache takes its space too',
      ['place', 'place', 'place'],
      false,
      ['copy'],
      [21],
    ],
    ['what nobody has takes none', ['leave', 'leave', 'keep'], false, ['copy'], [0]],
  ])('%s', (_, steps, fillCache, linkTypes, bytes) => {
    const files = [ONCE, AGAIN, OTHER].map((file, at) => ({ file, step: steps[at] ?? 'keep' }))
    const options = { bounds: { root: '/w', cache: undefined }, cacheDir: '/c', fillCache, linkTypes }
    expect(demandsOf({ files, sizes }, options).map((demand) => demand.bytes)).toEqual(bytes)
  })

  test('what other commits name takes none in the workspace', () => {
    const files = [{ file: { ...ONCE, cacheOnly: true }, step: 'fetch' as const }]
    const options = {
      bounds: { root: '/w', cache: undefined },
      cacheDir: '/c',
      fillCache: true,
      linkTypes: [],
    }
    expect(demandsOf({ files, sizes }, options)).toEqual([
      { folder: '/w', bytes: 0 },
      { folder: '/c', bytes: 10 },
    ])
  })
})
