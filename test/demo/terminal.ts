import type { WriteStream } from 'node:tty'

/** Lines on a terminal; colours and the moving line only where there is one. */
export interface Terminal {
  line(text?: string): void
  /** A line that the next one replaces; nothing where output is not a terminal. */
  passing(text: string): void
  readonly paint: Paint
}

type Style = (text: string) => string
export interface Paint {
  readonly good: Style
  readonly bad: Style
  readonly dim: Style
  readonly strong: Style
}

const plain: Paint = { good: same, bad: same, dim: same, strong: same }
const coloured: Paint = { good: style(32), bad: style(31), dim: style(2), strong: style(1) }

export function openTerminal(stream: WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const live = stream.isTTY === true
  const isColoured = live && (env['NO_COLOR'] ?? '') === ''
  let clear = ''
  return {
    line: (text = '') => {
      stream.write(`${clear}${text}\n`)
      clear = ''
    },
    passing: (text) => {
      if (!live) return
      const [line = ''] = text.replace(/\u001b\[\d+m/g, '').split('\n')
      stream.write(`\r\u001b[K${line.slice(0, stream.columns - 1)}`)
      clear = '\r\u001b[K'
    },
    paint: isColoured ? coloured : plain,
  }
}

/** Says nothing: for `--json` and for tests. */
export const silentTerminal: Terminal = { line: () => {}, passing: () => {}, paint: plain }

function style(code: number): Style {
  return (text) => `\u001b[${code}m${text}\u001b[0m`
}

function same(text: string): string {
  return text
}
