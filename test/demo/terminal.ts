import { wrap } from './wrap.ts'

/** Lines on a terminal; colours and the moving line only where there is one. */
export interface Terminal {
  /** Writes the text as it is, however wide. */
  line(text?: string): void
  /** A line that the next one replaces; nothing where output is not a terminal. */
  passing(text: string): void
  /** Takes the passing line away: somebody else is about to write. */
  leave(): void
  /** Columns that there are at this moment. */
  readonly width: number
  readonly paint: Paint
}

/** Where a terminal writes: `process.stdout`. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export type Style = (text: string) => string
export interface Paint {
  readonly good: Style
  readonly bad: Style
  readonly dim: Style
  readonly strong: Style
}

const plain: Paint = { good: same, bad: same, dim: same, strong: same }
const coloured: Paint = { good: style(32), bad: style(31), dim: style(2), strong: style(1) }

/** Nobody knows how wide a file or a pipe will be looked at: nothing is broken there. */
const WIDTH_OF_A_FILE = Number.POSITIVE_INFINITY

/** To the start of the line, and empty it. */
const CLEAR = '\r\u001b[K'

export function openTerminal(screen: Screen, env: NodeJS.ProcessEnv): Terminal {
  const live = screen.isTTY === true
  const isColoured = live && (env['NO_COLOR'] ?? '') === ''
  let clear = ''
  const width = (): number => (live ? screen.columns || 80 : WIDTH_OF_A_FILE)
  return {
    line: (text = '') => {
      screen.write(`${clear}${text}\n`)
      clear = ''
    },
    passing: (text) => {
      if (!live) return
      const [line = ''] = text.replace(/\u001b\[\d+m/g, '').split('\n')
      screen.write(`${CLEAR}${line.slice(0, width() - 1)}`)
      clear = CLEAR
    },
    leave: () => {
      if (clear !== '') screen.write(clear)
      clear = ''
    },
    get width() {
      return width()
    },
    paint: isColoured ? coloured : plain,
  }
}

/** Writes a paragraph, broken between words where the terminal ends. */
export function say(
  terminal: Terminal,
  text: string | readonly string[],
  { indent = 0, style = same, glue = ' ' }: { indent?: number; style?: Style; glue?: string } = {},
): void {
  for (const line of wrap(text, terminal.width - indent, glue))
    terminal.line(`${' '.repeat(indent)}${style(line)}`)
}

/** Says nothing: for `--json` and for tests. */
export const silentTerminal: Terminal = {
  line: () => {},
  passing: () => {},
  leave: () => {},
  width: WIDTH_OF_A_FILE,
  paint: plain,
}

function style(code: number): Style {
  return (text) => `\u001b[${code}m${text}\u001b[0m`
}

function same(text: string): string {
  return text
}
