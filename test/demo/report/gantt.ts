import { escapeHtml } from './html.ts'

export interface Bar {
  readonly label: string
  /** Milliseconds on the picture's own axis. */
  readonly from: number
  readonly to: number
  readonly tone: 'good' | 'bad' | 'plain'
  /** Shown when the pointer rests on the bar. */
  readonly title?: string
}

/** A row below the bars that is filled from end to end, such as who answered. */
export interface Lane {
  readonly label: string
  readonly spans: readonly {
    readonly from: number
    readonly to: number
    readonly name: string
    readonly tone: string
  }[]
}

const WIDTH = 960
const RIGHT = 64
const ROW = 24
const TOP = 26

/** A picture of what took how long, as inline SVG; colours come from the page's style. */
export function formatGantt(bars: readonly Bar[], lanes: readonly Lane[] = []): string {
  const end = Math.max(1, ...bars.map(({ to }) => to))
  const left = Math.max(90, 20 + 6.6 * Math.max(...[...bars, ...lanes].map(({ label }) => label.length)))
  const x = (ms: number): number => left + (Math.min(ms, end) / end) * (WIDTH - left - RIGHT)
  const height = TOP + (bars.length + lanes.length) * ROW + 10
  const rows = [
    ...axis(end, x, height),
    ...bars.map((bar, index) => barOf(bar, TOP + index * ROW, x)),
    ...lanes.map((lane, index) => laneOf(lane, TOP + (bars.length + index) * ROW + 6, x)),
  ]
  const label = bars.map((bar) => bar.label).join(', ')
  return `<svg class="gantt" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(`Timeline: ${label}`)}">${rows.join('')}</svg>`
}

function axis(end: number, x: (ms: number) => number, height: number): string[] {
  const step = stepOf(end)
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step)
  return ticks.map((ms) => {
    const at = round(x(ms))
    const text = step < 1_000 ? (ms / 1_000).toFixed(1) : String(ms / 1_000)
    return `<line class="grid" x1="${at}" x2="${at}" y1="18" y2="${height - 4}"/><text class="tick" x="${at}" y="12">${text} s</text>`
  })
}

function stepOf(end: number): number {
  const steps = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000]
  return steps.find((step) => end / step <= 10) ?? 60_000
}

function barOf({ label, from, to, tone, title }: Bar, y: number, x: (ms: number) => number): string {
  const start = round(x(from))
  const width = Math.max(2, round(x(to) - x(from)))
  const took = `${((to - from) / 1_000).toFixed(1)} s`
  const tip = title === undefined ? '' : `<title>${escapeHtml(title)}</title>`
  return [
    `<g>${tip}<text class="label" x="${round(x(0)) - 10}" y="${y + 15}">${escapeHtml(label)}</text>`,
    `<rect class="bar ${tone}" x="${start}" y="${y + 4}" width="${width}" height="${ROW - 9}" rx="3"/>`,
    `<text class="took" x="${start + width + 6}" y="${y + 15}">${took}</text></g>`,
  ].join('')
}

function laneOf({ label, spans }: Lane, y: number, x: (ms: number) => number): string {
  const parts = spans.map(({ from, to, name, tone }) => {
    const start = round(x(from))
    const width = Math.max(1, round(x(to) - x(from)))
    const text =
      width > 60 ? `<text class="within" x="${start + 8}" y="${y + 12}">${escapeHtml(name)}</text>` : ''
    return `<g><title>${escapeHtml(name)}</title><rect class="lane ${tone}" x="${start}" y="${y}" width="${width}" height="16"/>${text}</g>`
  })
  return `<text class="label" x="${round(x(0)) - 10}" y="${y + 12}">${escapeHtml(label)}</text>${parts.join('')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
