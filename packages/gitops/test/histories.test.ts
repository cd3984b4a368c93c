import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mergeHistories } from '../src/branch/histories.ts'

const commits = (ids: readonly string[]) => ids.map((oid) => ({ oid, message: oid }))
const idsOf = (merged: readonly { readonly oid: string }[]) => merged.map(({ oid }) => oid).join('')

describe('histories of one branch', () => {
  test.each([
    ['of nothing', [], ''],
    ['of the newest commits and a file', ['dcb', 'ca'], 'dcba'],
    ['of two files with a commit in common behind one of only the second', ['gf', 'b', 'cb'], 'gfcb'],
    ['that are the same', ['cba', 'cba'], 'cba'],
    ['that contradict each other, with everything that is in them', ['cab', 'cba'], 'cab'],
  ])('%s are one', (_what, lists, merged) => {
    expect(idsOf(mergeHistories(lists.map((list) => commits([...list]))))).toBe(merged)
  })

  test('keep the order of the branch, whatever part of it each of them is', () => {
    const part = fc.uniqueArray(fc.nat(40), { maxLength: 20 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const lists = parts.map((list) => list.toSorted((one, other) => other - one).map(String))
        const merged = mergeHistories(lists.map(commits)).map(({ oid }) => oid)
        expect(merged.toSorted()).toEqual([...new Set(lists.flat())].toSorted())
        for (const list of lists) expect(merged.filter((oid) => list.includes(oid))).toEqual(list)
      }),
    )
  })
})
