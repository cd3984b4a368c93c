import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import { splitDocuments } from '../src/read/documents.ts'

describe('a file is split', () => {
  const files: [what: string, text: string, documents: string[]][] = [
    ['not where there is one document', 'a: 1\n', ['a: 1\n']],
    ['at each mark', 'a: 1\n---\nb: 2\n--- # note\nc: 3', ['a: 1\n', '---\nb: 2\n', '--- # note\nc: 3']],
    ['not behind comments in front of the first mark', '# one\n\n---\na: 1\n', ['# one\n\n---\na: 1\n']],
    ['behind a document of comments', '---\n# none\n---\na: 1\n', ['---\n# none\n', '---\na: 1\n']],
    [
      'behind an end mark',
      'a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n',
      ['a: 1\n...\n', '# c\n%YAML 1.2\n---\nb: 2\n'],
    ],
    ['not before comments at its end', 'a: 1\n...\n# end\n', ['a: 1\n...\n# end\n']],
    [
      'with CRLF and a byte order mark',
      '\ufeff---\r\na: 1\r\n---\r\nb',
      ['\ufeff---\r\na: 1\r\n', '---\r\nb'],
    ],
    ['not at longer rows or within a line', 'a: "---"\n----\n ---\n', ['a: "---"\n----\n ---\n']],
    ['not at other ends of a line', 'a: |\n  x\u2028---\r--- y\n', ['a: |\n  x\u2028---\r--- y\n']],
  ]
  test.each(files)('%s', (_what, text, documents) => {
    expect(splitDocuments(text).map((document) => document.text)).toEqual(documents)
  })

  const line = fc.constantFrom(
    '---',
    '--- a',
    '...',
    '# c',
    '',
    'a: 1',
    '- x',
    '%YAML 1.2',
    '  b: "',
    "c'",
    '|',
    '--- |',
  )
  test('as a parser would split it, into parts that are the text, each at its line', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, lineEnd) => {
        const text = lines.join(lineEnd)
        const parts = splitDocuments(text)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const { start, firstLine } of parts)
          expect(text.slice(0, start).split('\n')).toHaveLength(firstLine)
        const whole = [...parseAllDocuments(text, { logLevel: 'silent' })]
        if (whole.some(({ errors }) => errors.length > 0)) return
        const values = parts.flatMap((part) => [...parseAllDocuments(part.text, { logLevel: 'silent' })])
        expect(values.map((document) => document.toJS())).toEqual(whole.map((document) => document.toJS()))
      }),
      { numRuns: 500 },
    )
  })
})
