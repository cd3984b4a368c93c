/** One YAML document of a file. The texts of all documents together are the text of the file. */
export interface DocumentText {
  readonly index: number
  /** Offset of its first character in the file. */
  readonly start: number
  /** 1-based line of its first character in the file. */
  readonly firstLine: number
  readonly text: string
}

/**
 * Splits a file at its `---` and `...` lines. They are marks wherever they stand at the start of a line, also in what
 * looks like quoted or block text (YAML 1.2.2, 9.1.2 `c-forbidden`), so no parser is needed to see them; Kubernetes
 * splits in the same way. Comments and directives in front of a `---` belong to the document that it starts.
 */
export function splitDocuments(text: string, firstLine = 1): DocumentText[] {
  const starts = [0]
  for (const { index, 1: lineEnd = '', 2: mark } of text.matchAll(/(^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g)) {
    const at = index + lineEnd.length
    const next = mark === '---' ? at : afterLine(text, at)
    if (mark === '...' || hasContent(text, starts.at(-1) ?? 0, at)) starts.push(next)
  }
  if (starts.length > 1 && !hasContent(text, starts.at(-1) ?? 0, text.length)) starts.pop()
  return locate(
    starts.map((start, index) => text.slice(start, starts[index + 1])),
    firstLine,
  )
}

/** The documents of a file, given their texts. */
function locate(texts: readonly string[], first: number): DocumentText[] {
  let [start, firstLine] = [0, first]
  return texts.map((text, index) => {
    const document = { index, start, firstLine, text }
    start += text.length
    firstLine += countLines(text)
    return document
  })
}

/** Whether anything but blank lines, comments and directives stands there. */
function hasContent(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at = afterLine(text, at)) {
    const line = text.slice(at, Math.min(afterLine(text, at), end)).replace(/^\ufeff/, '')
    if (!/^(?:[ \t\r]*(?:#.*)?|%.*)\n?$/.test(line)) return true
  }
  return false
}

function afterLine(text: string, offset: number): number {
  const lineEnd = text.indexOf('\n', offset)
  return lineEnd === -1 ? text.length : lineEnd + 1
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
