import { describe, expect, test } from '@jest/globals'
import {
  decodeMessage,
  doubleAt,
  encodeNumber,
  encodeText,
  mapAt,
  messageAt,
  numberAt,
  textAt,
} from '../src/protobuf.ts'

describe('the reader of protobuf', () => {
  test.each([
    ['089601', 1, 150],
    ['08ffffffffffffffffff01', 1, -1],
    ['08ffffffffffffff0f', 1, Number.MAX_SAFE_INTEGER],
    ['0801080208ac02', 1, 300],
  ])('reads varints of %s', (hex, field, value) => {
    expect(numberAt(decodeMessage(Buffer.from(hex, 'hex')), field)).toBe(value)
  })

  test('reads text, doubles, nested messages and maps', () => {
    const double = Buffer.alloc(9)
    double.writeUInt8(0x11)
    double.writeDoubleLE(Number.NaN, 1)
    const entry = Buffer.concat([encodeText(1, 'loss'), Buffer.from([0x12, double.length]), double])
    const message = decodeMessage(
      Buffer.concat([encodeText(3, 'naïve'), Buffer.from([0x2a, entry.length]), entry]),
    )
    expect(textAt(message, 3)).toBe('naïve')
    const value = mapAt(message, 5).get('loss')
    expect(value && doubleAt(value, 2)).toBeNaN()
    expect(messageAt(message, 9)).toBeUndefined()
  })

  test('writes what it reads', () => {
    const message = decodeMessage(
      Buffer.concat([encodeNumber(1, 70_000_000_000), encodeText(2, 'x'.repeat(300))]),
    )
    expect([numberAt(message, 1), textAt(message, 2).length]).toEqual([70_000_000_000, 300])
  })

  test('skips fields of fixed 32 bits and refuses what is no message', () => {
    expect(numberAt(decodeMessage(Buffer.from('150000803f0805', 'hex')), 1)).toBe(5)
    for (const broken of ['0a05', '08', '0b', '08ffffffffffffffffffff01'])
      expect(() => decodeMessage(Buffer.from(broken, 'hex'))).toThrow('protobuf')
  })
})
