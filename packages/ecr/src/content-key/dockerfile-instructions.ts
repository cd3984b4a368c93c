/** One instruction of a Dockerfile, its continued lines joined and its here-documents left out. */
export interface Instruction {
  /** In capitals: `FROM`. */
  readonly name: string
  /** What stands behind the name. */
  readonly text: string
  readonly line: number
}

export interface Dockerfile {
  /** The image of the frontend that `# syntax=` names. */
  readonly syntax: string | undefined
  /** What continues a line and escapes a character. */
  readonly escapeCharacter: string
  readonly instructions: readonly Instruction[]
}

/** A word as it stands there, its quotes included. */
const WORD = /(?:[^\s"']|"(?:\\.|[^"\\])*"|'[^']*')+/g
const HEREDOC = /^\d*<<(-?)([^<]+)$/
const WITH_HEREDOC = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\b/i

/**
 * Reads the lines of a Dockerfile as moby/buildkit `frontend/dockerfile/parser` does: directives at the top, comments
 * and empty lines also inside of a continued line, here-documents. Undefined where the text is no such thing.
 */
export function parseDockerfile(text: string): Dockerfile | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const directives = readDirectives(lines)
  const escapeCharacter = directives.get('escape') ?? '\\'
  if ((escapeCharacter !== '\\' && escapeCharacter !== '`') || /^(?:\/\/|\{)/.test(text.trimStart()))
    return undefined
  const instructions: Instruction[] = []
  for (let at = 0; at < lines.length; ) {
    const start = at
    const { words, next } = joinLines(lines, at, escapeCharacter)
    at = next
    if (words === '') continue
    const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(words) ?? []
    const end = WITH_HEREDOC.test(words) ? skipHeredocs(words, lines, at) : at
    if (end === undefined) return undefined
    at = end
    instructions.push({ name: name.toUpperCase(), text: rest.trim(), line: start + 1 })
  }
  return { syntax: directives.get('syntax'), escapeCharacter, instructions }
}

/** `# name=value` in the first lines, before any other comment, each name once. */
function readDirectives(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const first = lines[0]?.startsWith('#!') === true ? 1 : 0
  for (const line of lines.slice(first)) {
    const [, name = '', value = ''] =
      /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/.exec(line.trimStart()) ?? []
    if (name === '') break
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value)
  }
  return found
}

/** One instruction from `at` on; '' for an empty line or a comment. */
function joinLines(
  lines: readonly string[],
  at: number,
  escapeCharacter: string,
): { readonly words: string; readonly next: number } {
  const continued = new RegExp(`^([\\s\\S]*)\\${escapeCharacter}[ \\t]*$`)
  let words = ''
  for (let next = at; ; next++) {
    const line = lines[next]
    if (line === undefined) return { words: words.trim(), next }
    const skipped = /^\s*(?:#|$)/.test(line)
    if (skipped && words !== '') continue
    if (skipped) return { words: '', next: next + 1 }
    const [, part] = continued.exec(line) ?? []
    if (part === undefined) return { words: `${words}${line}`.trim(), next: next + 1 }
    words = `${words}${part}`
    // What is nothing but a continuation has begun an instruction all the same.
    if (words === '') words = ' '
  }
}

/** The line behind the here-documents that these words begin; undefined where one does not end. */
function skipHeredocs(words: string, lines: readonly string[], at: number): number | undefined {
  let next = at
  for (const [word] of words.matchAll(WORD)) {
    const [, dash, quoted] = HEREDOC.exec(word) ?? []
    if (quoted === undefined) continue
    const name = quoted.replace(/["']/g, '')
    const end = lines.findIndex(
      (line, index) => index >= next && (dash === '-' ? line.replace(/^\t+/, '') : line) === name,
    )
    if (end === -1) return undefined
    next = end + 1
  }
  return next
}
