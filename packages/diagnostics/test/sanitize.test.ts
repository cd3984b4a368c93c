import { describe, expect, test } from '@jest/globals'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import fc from 'fast-check'
import { marked } from 'marked'
import { COMMAND_LINES, HOSTILE_TEXT, MARKDOWN_TEXT, TERMINAL_TEXT } from '../../../test/harness/hostile.ts'
import {
  codeFence,
  escapeMarkdown,
  inlineCode,
  quoteForeignText,
  sanitizeLine,
  sanitizeText,
} from '../src/index.ts'

/** Any name is a command here, so that one the runner learns later is covered too. */
function commandsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const name = /(?:::|##\[)\s*([A-Za-z-]+)/.exec(line)?.[1]
    const command = parseCommand(line, name === undefined ? undefined : [name])
    return command === undefined ? [] : [command.name]
  })
}

describe('the runner finds no command in sanitized text', () => {
  test.each(COMMAND_LINES.map((line) => [line]))('%j', (line) => {
    expect(commandsIn(sanitizeText(line))).toEqual([])
    expect(commandsIn(sanitizeLine(line))).toEqual([])
    expect(commandsIn(quoteForeignText(line))).toEqual([])
  })

  test('while the parsers do find one in most of the corpus as it is', () => {
    const found = COMMAND_LINES.filter((line) =>
      line.split(/[\r\n]/).some((part) => commandsIn(part).length > 0),
    )
    expect(found.length).toBeGreaterThan(15)
  })

  test('nor in anything made of the pieces of commands', () => {
    const pieces = [':', '::', '#', '##', '[', ']', 'error', 'add-mask', ' ', '\t', '\u0085', '\u00a0', '\r', '\n', '\u001b[', '\u200e', ';', 'x=y', '\u0000', '\u009b', 'm', '\u001b', '\u001b]', '\u0007'] // biome-ignore format: a list
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        expect(commandsIn(sanitizeText(parts.join('')))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('a terminal', () => {
  test.each(TERMINAL_TEXT.map((text) => [text]))('shows %j as plain text', (text) => {
    expect(sanitizeLine(text)).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u00ad\u{e0000}-\u{e007f}]/u,
    )
  })

  test('keeps what is readable of it', () => {
    expect(
      sanitizeLine('\u001b[31mred\u001b[0m and \u001b]8;;https://e.example\u0007click\u001b]8;;\u0007'),
    ).toBe('red and click')
    const readable = 'tab\tand é and 日本 and 🎉 and 👩‍💻 and ⚠️ and می‌خواهم'
    expect(sanitizeLine(readable)).toBe(readable)
  })
})

describe('length', () => {
  test('a long line and a long text are cut and say by how much', () => {
    expect(sanitizeLine('x'.repeat(2_500))).toBe(`${'x'.repeat(2_000)}… (500 more)`)
    expect(sanitizeText('a\n'.repeat(300), { maxLines: 2 })).toBe('a\na\n… (299 more lines)')
  })
})

describe('Markdown', () => {
  /** Tags other than those of the paragraph and the cell it stands in. */
  function tagsOf(markdown: string): string[] {
    const html = marked.parse(markdown, { async: false, gfm: true })
    return [...html.matchAll(/<([a-z][a-z0-9]*)[ >/]/g)]
      .map((match) => String(match[1]))
      .filter((tag) => !['p', 'code', 'pre'].includes(tag))
  }

  test.each(HOSTILE_TEXT.map((text) => [text]))('shows %j as text', (text) => {
    expect(tagsOf(`seen: ${escapeMarkdown(text)}`)).toEqual([])
    expect(tagsOf(`seen: ${inlineCode(text)}`)).toEqual([])
    expect(tagsOf(codeFence(text))).toEqual([])
  })

  test('keeps a table together', () => {
    const cell = (text: string) => `| a | b |\n|---|---|\n| ${text} | x |`
    for (const text of MARKDOWN_TEXT.filter((value) => !value.includes('\n'))) {
      for (const shown of [escapeMarkdown(text), inlineCode(text)]) {
        expect(marked.parse(cell(shown), { async: false }).match(/<td>/g)).toHaveLength(2)
      }
    }
  })

  test('mentions nobody and refers to nothing', () => {
    expect(escapeMarkdown('@octocat #7 GH-9')).not.toMatch(/@octocat|#7|GH-9/)
  })

  test('a fence is longer than any inside', () => {
    expect(codeFence('a\n````\nb')).toBe('`````\na\n````\nb\n`````')
    expect(inlineCode('a `b` c')).toBe('``a `b` c``')
    expect(inlineCode('')).toBe('` `')
  })
})
