import { expect, test } from '@jest/globals'
import { type Standing, standingsTable } from '../src/report/standings.ts'

const standing = (name: string, more: Partial<Standing> = {}): Standing => ({
  name,
  parent: undefined,
  result: 'live',
  revision: 'a'.repeat(40),
  reason: '',
  waited: 12_000,
  link: '',
  syncStatus: 'Synced',
  healthStatus: 'Healthy',
  phase: 'Succeeded',
  images: [],
  spans: [],
  ...more,
})

test('all Applications stand in one table, the worst first, each with its reason', () => {
  const failed = { result: 'failed', reason: 'no node\nand more' } as const
  expect(standingsTable([standing('a'), standing('b', failed)])).toEqual([
    '| Application | result | revision | after | why |',
    '|:--|:--|:--|--:|:--|',
    '| b | ❌ failed | `aaaaaaa` | 12 s | no node |',
    '| a | ✅ live | `aaaaaaa` | 12 s |  |',
    '',
  ])
})

test('a reason that stands above is not said again', () => {
  const blocked = { result: 'blocked', reason: 'a closed window' } as const
  const table = standingsTable([standing('a', blocked), standing('b', blocked)], 'a closed window')
  expect(table.filter((row) => row.includes('| as above |'))).toHaveLength(2)
})

test('a column that would be empty is none: nobody waited, or nothing is wrong', () => {
  expect(standingsTable([standing('a')]).slice(0, 2)).toEqual([
    '| Application | result | revision | after |',
    '|:--|:--|:--|--:|',
  ])
  expect(standingsTable([standing('a', { waited: 0, reason: 'syncing' })])[0]).toBe(
    '| Application | result | revision | why |',
  )
})

test('of many the last are counted', () => {
  const table = standingsTable(Array.from({ length: 53 }, (_, at) => standing(`model-${at}`)))
  expect(table.at(-2)).toBe('| 3 more, in the output `report-file` | | | |')
})
