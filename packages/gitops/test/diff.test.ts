import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatDiff } from '../src/index.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`)

describe('a difference', () => {
  test('of one line has three lines of context', () => {
    const before = numbered(20)
    const after = before.with(10, 'changed')
    expect(formatDiff('a.yaml', `${before.join('\n')}\n`, `${after.join('\n')}\n`)).toBe(
      [
        '--- a/a.yaml',
        '+++ b/a.yaml',
        '@@ -8,7 +8,7 @@',
        ' line 7',
        ' line 8',
        ' line 9',
        '-line 10',
        '+changed',
        ' line 11',
        ' line 12',
        ' line 13',
      ].join('\n'),
    )
  })

  test('of nothing is nothing', () => {
    expect(formatDiff('a', 'x\n', 'x\n')).toBe('')
  })

  test('makes git turn the old text into the new one', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd: 1', '')
    const text = fc.array(line, { minLength: 1, maxLength: 30 }).map((lines) => `${lines.join('\n')}\nend\n`)
    const pairs = fc.array(fc.tuple(text, text), { minLength: 60, maxLength: 60 })
    // All of them by one git: a process for each took three seconds.
    fc.assert(
      fc.property(pairs, (all) => {
        const changed = all.flatMap(([before, after], index) =>
          before === after ? [] : [{ path: `f${index}`, before, after }],
        )
        for (const { path, before } of changed) writeFileSync(join(folder, path), before)
        const input = changed.map(({ path, before, after }) => `${formatDiff(path, before, after)}\n`)
        execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: input.join('') })
        for (const { path, after } of changed) expect(readFileSync(join(folder, path), 'utf8')).toBe(after)
      }),
      { numRuns: 2 },
    )
  })
})
