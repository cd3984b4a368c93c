/** Line ends of every system; a bare carriage return is one too. */
export const LINE_END = /\r\n?|\n/

/** Only ASCII white space: `String.trim` also takes a no-break space or a byte order mark off, and so can change what a text names. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
}
