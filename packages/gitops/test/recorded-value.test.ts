import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { formatRecord, parseRecords, type RecordedValue } from '../src/decide/recorded-value.ts'
import { formatMessage, parseTrailerBlocks } from '../src/index.ts'

/** The records as a commit message carries them. */
function throughMessage(records: readonly RecordedValue[]): RecordedValue[] {
  const message = formatMessage('Deploy', [...records.flatMap(formatRecord), ['Mlops-Change-Id', 'one']])
  return parseRecords(parseTrailerBlocks(message)[0] ?? [])
}

const uri = (mountPath: string | undefined, now: string, previous: string): RecordedValue => ({
  set: 'storage-uri',
  at: mountPath === undefined ? undefined : { mountPath },
  now,
  previous,
})

describe('what a commit says of its values', () => {
  test.each<[what: string, records: RecordedValue[]]>([
    ['an image that replaced nothing', [{ set: 'image', now: 'a:1', previous: '' }]],
    [
      'an image beside URIs, of which only the last replaced something',
      [
        { set: 'image', now: 'a:1', previous: '' },
        uri('/a', 's3://a/1', ''),
        uri('/b', 's3://b/1', 's3://b/0'),
      ],
    ],
    [
      'two URIs without a mount path',
      [uri(undefined, 's3://a/1', ''), uri(undefined, 's3://b/1', 's3://b/0')],
    ],
    [
      'a variable beside an image',
      [
        { set: 'env', key: 'LEVEL', now: 'a=b: "c"', previous: '' },
        { set: 'image', now: 'a:1', previous: 'a:0' },
      ],
    ],
  ])('is read back: %s', (_what, records) => {
    expect(throughMessage(records)).toEqual(records)
  })

  test('is read back whatever the text of a value', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOSTILE_TEXT))
    fc.assert(
      fc.property(text, text, text, (key, now, previous) => {
        const record = { set: 'annotation', key, now, previous } as const
        expect(throughMessage([record, { set: 'image', now: 'a:1', previous: '' }])[0]).toEqual(record)
      }),
    )
  })
})

test.each([
  '',
  '{',
  'null',
  '[]',
  '7',
  '{"set":"image","key":"a","now":"b","previous":""}',
  '{"set":"env","key":"A","now":1,"previous":""}',
])('%j is no value of ours', (text) => {
  expect(parseRecords([['Mlops-Value', text]])).toEqual([])
})
