import { BuildRefusal, type SourceLine } from './refusal.ts'

export interface Instruction {
  /** Upper case. */
  readonly name: string
  /** The rest of the line, continuations joined, comments gone. */
  readonly text: string
  readonly line: SourceLine
}

/** What this stand-in can do without running anything. */
export const KNOWN = [
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'USER',
  'WORKDIR',
] as const
export type InstructionName = (typeof KNOWN)[number]

/** Splits a Dockerfile into instructions (Dockerfile reference, "Format"). @throws BuildRefusal */
export function parseDockerfile(source: string): Instruction[] {
  const instructions: Instruction[] = []
  let pending: { text: string; first: number } | undefined
  const lines = source.split(/\r?\n/)
  for (const [index, raw] of lines.entries()) {
    const number = index + 1
    assertNoEscapeDirective(raw, number)
    if (/^\s*#/.test(raw) || (raw.trim() === '' && !pending)) continue
    const continued = /\\\s*$/.test(raw)
    const text = (pending?.text ?? '') + (continued ? raw.replace(/\\\s*$/, '') : raw)
    const first = pending?.first ?? number
    pending = continued ? { text, first } : undefined
    if (!continued) instructions.push(parseInstruction(text, { first, last: number }))
  }
  if (pending) instructions.push(parseInstruction(pending.text, { first: pending.first, last: lines.length }))
  if (instructions.length === 0) throw new BuildRefusal('the Dockerfile cannot be empty')
  return instructions
}

function assertNoEscapeDirective(raw: string, number: number): void {
  if (!/^\s*#\s*escape\s*=\s*[^\\\s]/i.test(raw)) return
  throw new BuildRefusal('the parser directive "escape" is not taken by this stand-in', {
    first: number,
    last: number,
  })
}

function parseInstruction(text: string, line: SourceLine): Instruction {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(text) ?? []
  const name = word.toUpperCase()
  if (KNOWN.some((known) => known === name)) return { name, text: rest.trim(), line }
  throw new BuildRefusal(
    `dockerfile parse error on line ${line.first}: ${name} is not taken by this stand-in, which runs nothing (it knows ${KNOWN.join(', ')})`,
    line,
  )
}

/** `["a", "b"]` -> words; undefined when the text is not in the JSON form. */
export function parseExecForm(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const words: unknown = JSON.parse(text)
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined
  } catch {
    return undefined
  }
}

/** The frame that buildx prints above an error. */
export function formatSourceFrame(file: string, source: string, line: SourceLine): string {
  const lines = source.split(/\r?\n/)
  const from = Math.max(1, line.first - 2)
  const to = Math.min(lines.length, line.last + 2)
  const shown = lines.slice(from - 1, to).map((text, index) => {
    const number = from + index
    const mark = number >= line.first && number <= line.last ? '>>>' : '   '
    return `${String(number).padStart(4)} | ${mark} ${text}`
  })
  const rule = '-'.repeat(20)
  return [`${file}:${line.first}`, rule, ...shown, rule].join('\n')
}
