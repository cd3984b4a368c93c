/**
 * Reads what a step wrote to GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE: `NAME=VALUE` or
 * `NAME<<DELIMITER`, whichever sign comes first in the line. Throws with the runner's words
 * (actions/runner:src/Runner.Worker/FileCommandManager.cs, EnvFileKeyValuePairs).
 */
export function parseFileCommand(text: string): [name: string, value: string][] {
  const lines = linesOf(text)
  const pairs: [string, string][] = []
  for (let at = 0; at < lines.length; at++) {
    const { content } = lines[at] ?? { content: '' }
    if (content === '') continue
    const equals = content.indexOf('=')
    const heredoc = content.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([content.slice(0, equals), content.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const name = content.slice(0, heredoc)
      const { value, end } = readHeredoc(lines, at, name, content.slice(heredoc + 2))
      pairs.push([name, value])
      at = end
    } else {
      throw new Error(`Invalid format '${content}'`)
    }
  }
  return pairs
}

/** Non-empty lines of GITHUB_PATH. */
export function parsePathFile(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line !== '')
}

interface Line {
  readonly content: string
  readonly ended: boolean
}

function readHeredoc(
  lines: readonly Line[],
  start: number,
  name: string,
  delimiter: string,
): { value: string; end: number } {
  if (name === '' || delimiter === '') {
    throw new Error(
      `Invalid format '${lines[start]?.content ?? ''}'. Name must not be empty and delimiter must not be empty`,
    )
  }
  for (let at = start + 1; ; at++) {
    const line = lines[at]
    if (line === undefined) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    if (line.content === delimiter) return { value: joined(lines.slice(start + 1, at)), end: at }
    if (!line.ended) throw new Error('Invalid value. EOF marker missing new line.')
  }
}

function joined(lines: readonly Line[]): string {
  return lines.map((line) => line.content).join('\n')
}

// Only LF ends a line here: a CR stays part of the value, as on every runner but Windows.
function linesOf(text: string): Line[] {
  const contents = text.split('\n')
  const last = contents.pop() ?? ''
  const lines = contents.map((content) => ({ content, ended: true }))
  return last === '' ? lines : [...lines, { content: last, ended: false }]
}
