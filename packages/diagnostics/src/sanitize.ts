const LINE_ENDS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/
const ZERO_WIDTH_SPACE = '\u200b'

// ECMA-48: CSI … final byte; OSC, DCS, SOS, PM, APC … up to ST or BEL; other two-byte escapes.
const ANSI =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g
// C0 and C1 controls but the tab, and everything that nobody sees: bidirectional marks, soft hyphens, tags, spaces
// without width. Joiners and variation selectors stay: Persian, Hindi and emoji are written with them.
const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]|(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu

export interface TextLimits {
  /** Lines kept; the rest is counted in a last line. */
  readonly maxLines?: number
  /** Characters kept of each line. */
  readonly maxLineLength?: number
}

/**
 * One line of foreign text that no parser of the runner takes for a command:
 * it looks for `::name::` after leading white space, then for `##[name]` anywhere in the line
 * (actions/runner src/Runner.Common/ActionCommand.cs). A zero-width space breaks both.
 */
export function sanitizeLine(line: string, maxLength = 2_000): string {
  const plain = line
    .replace(ANSI, '')
    .split(LINE_ENDS)
    .join(' ')
    .replace(UNSEEN, '')
    .replace(/##(?=\[)/g, `##${ZERO_WIDTH_SPACE}`)
    .replace(/^(\s*):(?=:)/, `$1:${ZERO_WIDTH_SPACE}`)
  return plain.length > maxLength ? `${plain.slice(0, maxLength)}… (${plain.length - maxLength} more)` : plain
}

/** Foreign text, line by line, each sanitized; long text is cut and says by how much. */
export function sanitizeText(
  text: string,
  { maxLines = 200, maxLineLength = 2_000 }: TextLimits = {},
): string {
  const lines = text.split(LINE_ENDS)
  const kept = lines.slice(0, maxLines).map((line) => sanitizeLine(line, maxLineLength))
  if (lines.length > maxLines) kept.push(`… (${lines.length - maxLines} more lines)`)
  return kept.join('\n')
}

/** Server text set off by a bar, so that problem matchers left behind by other actions do not match it. */
export function quoteForeignText(text: string, limits?: TextLimits): string {
  return sanitizeText(text, limits)
    .split('\n')
    .map((line) => `│ ${line}`)
    .join('\n')
}
