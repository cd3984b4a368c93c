import { type Bar, formatGantt } from './gantt.ts'

const TASK =
  /^\s*(.+?)\s*:\s*(?:(crit|done|active|milestone)\s*,\s*)*(?:[A-Za-z]\w*\s*,\s*)?(\d+)\s*,\s*(\d+)(ms|s)?\s*$/

/** A mermaid `gantt` whose dates are milliseconds, as a picture; undefined for every other diagram. */
export function drawMermaid(source: string): string | undefined {
  const [kind = '', ...rest] = source.trim().split('\n')
  if (kind.trim() !== 'gantt' || !rest.some((line) => /^\s*dateFormat\s+x\s*$/.test(line))) return undefined
  const bars = rest.flatMap((line): Bar[] => {
    const [, label, mark, start, end, unit] = TASK.exec(line) ?? []
    if (label === undefined) return []
    const from = Number(start)
    const to = unit === undefined ? Number(end) : from + Number(end) * (unit === 's' ? 1_000 : 1)
    return [{ label, from, to, tone: mark === 'crit' ? 'bad' : 'plain' }]
  })
  if (bars.length === 0) return undefined
  const start = Math.min(...bars.map(({ from }) => from))
  return formatGantt(bars.map((bar) => ({ ...bar, from: bar.from - start, to: bar.to - start })))
}
