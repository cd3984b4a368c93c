/** The line by which DVC keeps an output out of git: anchored, and with every special character escaped (scmrepo). */
export function ignoreLine(name: string): string {
  return `/${name.replace(/[[\]!*#?\\]/g, '\\$&')}`
}

/**
 * The text of a `.gitignore` with one more line, as `dvc add` appends it: a last line without its end gets one first.
 * @param before undefined where there is no such file yet
 */
export function appendIgnoreLine(before: string | undefined, name: string): string {
  const text = before ?? ''
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const separator = text === '' || text.endsWith('\n') ? '' : eol
  return `${text}${separator}${ignoreLine(name)}${eol}`
}
