import { sanitizeLine, sanitizeText, type TextLimits } from './sanitize.ts'

// GitHub links mentions, issues and bare addresses after rendering, so escapes do not stop it; breaking the word does.
const ZERO_WIDTH_SPACE = '\u200b'

/**
 * Foreign text as one line of GitHub Markdown that shows exactly that text:
 * no HTML, no links or images, no mentions, no table cell separators.
 */
export function escapeMarkdown(text: string): string {
  return sanitizeLine(text)
    .replace(/(#|\bGH-)(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replace(/@/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/:\/\//g, `:${ZERO_WIDTH_SPACE}//`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}${ZERO_WIDTH_SPACE}.`)
}

/**
 * Foreign text as inline code. A pipe would end a table cell, and no escape of it means the same inside and outside of
 * tables: such text becomes a `<code>` element of entities, which mean nothing to Markdown.
 */
export function inlineCode(text: string): string {
  const line = sanitizeLine(text)
  if (line.trim() === '') return '` `'
  if (line.includes('|'))
    return `<code>${line.replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Advice, our own words, as GitHub Markdown: backticks set off what is to be typed. Foreign text in it stays text. */
export function adviceMarkdown(text: string): string {
  const line = (words: string) =>
    words
      .split('`')
      .map((part, at) => (at % 2 === 0 ? escapeMarkdown(part) : inlineCode(part)))
      .join('')
  return text.split('\n').map(line).join('<br>')
}

/** Foreign text as a fenced block whose fence is longer than any fence inside. */
export function codeFence(text: string, language = '', limits?: TextLimits): string {
  const body = sanitizeText(text, limits)
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1))
  return `${fence}${language}\n${body}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
