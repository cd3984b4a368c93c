/**
 * Breaks a text between words, or a list between its items; what is too long for a line stands alone.
 * @param glue what stands between two words of a line
 */
export function wrap(text: string | readonly string[], width: number, glue = ' '): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of typeof text === 'string' ? text.split(' ') : text) {
    if (line !== '' && line.length + glue.length + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line}${glue}${word}`
  }
  return [...lines, line]
}
