import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMd5Lanes, QUEUE, type RunningSum } from '../src/md5/lanes.ts'
import { loadProgram } from '../src/md5/program.wire.ts'
import { md5Hex } from '../src/objects/hash.ts'

/** RFC 1321, A.5. */
const SUITE: readonly (readonly [string, string])[] = [
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
]

describe('hashing files side by side', () => {
  test('gives the digests of the RFC', () => {
    const lanes = createMd5Lanes()
    const open = SUITE.map(([text, digest]) => ({ text, digest, md5: lanes.open() }))
    for (const { text, md5 } of open) md5.update(Buffer.from(text))
    for (const { digest, md5 } of open) expect(md5.digest()).toBe(digest)
  })

  test('gives the MD5 of each, however many there are, in whatever pieces and order they come', () => {
    const piece = fc.record({ lane: fc.nat(), bytes: fc.oneof(fc.nat(200), fc.nat(QUEUE + 200)) })
    const pieces = fc.array(piece, { maxLength: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), pieces, (count, all) => {
        const lanes = createMd5Lanes()
        const files = Array.from({ length: count }, () => ({ md5: lanes.open(), hash: createHash('md5') }))
        for (const { lane, bytes } of all) {
          const file = files[lane % count]
          const content = randomBytes(bytes)
          file?.md5.update(content)
          file?.hash.update(content)
        }
        for (const { md5, hash } of files) expect(md5.digest()).toBe(hash.digest('hex'))
      }),
      { numRuns: 60 },
    )
  })

  test.each([1, 2, 3, 8, 9, 17, 70])('hashes %i files of equal length as well', (count) => {
    const lanes = createMd5Lanes()
    const files = Array.from({ length: count }, () => ({
      md5: lanes.open(),
      content: randomBytes(3 * QUEUE + 5),
    }))
    for (let at = 0; at < 3 * QUEUE + 5; at += QUEUE)
      for (const { md5, content } of files) md5.update(content.subarray(at, at + QUEUE))
    expect(files.map(({ md5 }) => md5.digest())).toEqual(files.map(({ content }) => md5Hex(content)))
  })

  test('a file can go on after its digest was asked for', () => {
    const lanes = createMd5Lanes()
    const [one, other] = [lanes.open(), lanes.open()]
    const content = randomBytes(2 * QUEUE)
    let done = 0
    for (const at of [0, 1, 55, 56, 63, 64, 65, QUEUE, QUEUE + 1, 2 * QUEUE]) {
      for (const md5 of [one, other]) md5.update(content.subarray(done, at))
      done = at
      expect(other.digest()).toBe(md5Hex(content.subarray(0, at)))
    }
    expect(one.digest()).toBe(md5Hex(content))
  })

  test('a place that was given back begins anew, and counts once', () => {
    const lanes = createMd5Lanes()
    const use = (md5: RunningSum) => {
      md5.update(Buffer.from('foo'))
      md5.close()
      md5.close()
    }
    for (let at = 0; at < 40; at++) use(lanes.open())
    const [foo, bar] = [lanes.open(), lanes.open()]
    foo.update(Buffer.from('foo'))
    bar.update(Buffer.from('bar'))
    expect([foo.digest(), bar.digest()]).toEqual([md5Hex('foo'), md5Hex('bar')])
  })

  test('has its program in this Node', () => {
    expect(loadProgram(2 ** 16)).toBeDefined()
  })

  test('where the program cannot be loaded files are hashed one by one', () => {
    const lanes = createMd5Lanes(() => undefined)
    lanes.open()
    const md5 = lanes.open()
    md5.update(Buffer.from('fo'))
    expect(md5.digest()).toBe(md5Hex('fo'))
    md5.update(Buffer.from('o'))
    expect(md5.digest()).toBe(md5Hex('foo'))
  })
})
