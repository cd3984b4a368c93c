import { describe, expect, test } from '@jest/globals'
import { createObjectIds, fileOf, placeOf } from '../src/objects/object.ts'

const OID = 'd41d8cd98f00b204e9800998ecf8427e'

describe('the id of an object', () => {
  test('is its oid where it is of the remote and hash of the first one', () => {
    const idOf = createObjectIds()
    expect([idOf('r', 'md5', OID), idOf('r', 'md5', `${OID}.dir`)]).toEqual([OID, `${OID}.dir`])
  })

  test('tells remotes and hashes of one content apart', () => {
    const idOf = createObjectIds()
    const ids = [idOf('r', 'md5', OID), idOf('other', 'md5', OID), idOf('r', 'md5-dos2unix', OID)]
    expect(new Set(ids).size).toBe(3)
    expect(ids).toEqual([idOf('r', 'md5', OID), idOf('other', 'md5', OID), idOf('r', 'md5-dos2unix', OID)])
  })
})

test('the path of a place is the one it was made of', () => {
  expect(fileOf(placeOf('/work/data/x.bin'))).toBe('/work/data/x.bin')
})
