import { describe, expect, test } from '@jest/globals'
import type { Entry } from './describe.ts'
import { openTerminal, type Screen, say } from './terminal.ts'
import { formatEntry } from './timeline.ts'

interface Written extends Screen {
  readonly text: () => string
}

function screen(shape: { readonly isTTY: boolean; readonly columns?: number }): Written {
  const written: string[] = []
  return { ...shape, write: (text) => written.push(text) > 0, text: () => written.join('') }
}

const CRASH: Entry = {
  startedMs: 19_300,
  tookMs: 1_900,
  label: 'sync',
  text: "pod churn-predictor-e646d21d8d-8fefe: CrashLoopBackOff, it said: KeyError: 'MODEL_PATH'",
  failed: true,
}

describe('a line of the timeline', () => {
  test.each([60, 72, 80, 100, 200])(
    'fits a terminal of %i columns, its duration at the end of its first line',
    (columns) => {
      const terminal = openTerminal(screen({ isTTY: true, columns }), { NO_COLOR: '1' })
      const lines = formatEntry(terminal, CRASH).split('\n')
      for (const line of lines) expect(line.length).toBeLessThan(columns)
      expect(lines[0]).toMatch(/^ {4} +19\.3 s {2}sync .* 1\.9 s$/)
      expect(
        lines
          .join(' ')
          .replace(/ 1\.9 s/, '')
          .replace(/\s+/g, ' '),
      ).toContain("it said: KeyError: 'MODEL_PATH'")
    },
  )
})

describe('a paragraph', () => {
  test('breaks between words where the terminal ends, and keeps its indent', () => {
    const written = screen({ isTTY: true, columns: 40 })
    say(openTerminal(written, { NO_COLOR: '1' }), 'run: red · serving: v1, verified · no request lost', {
      indent: 5,
    })
    expect(written.text()).toBe('     run: red · serving: v1, verified ·\n     no request lost\n')
  })

  test('stands in one colour on each of its lines', () => {
    const written = screen({ isTTY: true, columns: 30 })
    const terminal = openTerminal(written, {})
    say(terminal, 'a sentence that is longer than thirty columns', { style: terminal.paint.bad })
    expect(written.text().split('\n').slice(0, 2)).toEqual([
      '\u001b[31ma sentence that is longer than\u001b[0m',
      '\u001b[31mthirty columns\u001b[0m',
    ])
  })
})

describe('a passing line', () => {
  test('is gone when the next line comes, and when the terminal is left', () => {
    const written = screen({ isTTY: true, columns: 80 })
    const terminal = openTerminal(written, {})
    terminal.passing('Notify …')
    terminal.leave()
    terminal.line('Stopped')
    expect(written.text()).toBe('\r\u001b[KNotify …\r\u001b[KStopped\n')
  })

  test('is not written to a file', () => {
    const written = screen({ isTTY: false })
    const terminal = openTerminal(written, {})
    terminal.passing('Notify …')
    terminal.line(terminal.paint.good('green'))
    terminal.leave()
    expect(written.text()).toBe('green\n')
  })
})
