import type { Row } from './measure.ts'

/** Figures that grow with a number of files, one line of the chart. */
interface Line {
  readonly name: string
  readonly isOurs: boolean
  /** What both sides of a comparison share, for their colour. */
  readonly scenario: number
  readonly points: readonly Point[]
}

interface Point {
  readonly files: number
  readonly seconds: number
}

const GROWING = /^\w+ (\d+) files, ([^:]+)$/
const [WIDTH, HEIGHT] = [820, 440]
const PLOT = { left: 64, right: 556, top: 24, bottom: 380 } as const
/** Pixels between the middles of two labels. */
const LABEL_HEIGHT = 17

/**
 * Draws the rows named `push 1000 files, all new` as a chart with logarithmic axes: our figures as lines, those of their baseline
 * dashed.
 * @param baseline what ours is compared with, for labels
 * @returns SVG; the colours of its text follow the reader's
 * @throws Error where the rows have nothing of two sizes
 */
export function drawGrowth(rows: readonly Row[], baseline: string): string {
  const lines = linesOf(rows, baseline)
  const all = lines.flatMap(({ points }) => points)
  if (new Set(all.map(({ files }) => files)).size < 2)
    throw new Error('There is nothing to draw: no rows say how long something takes for two numbers of files')
  const x = axis(
    all.map(({ files }) => files),
    [PLOT.left, PLOT.right],
  )
  const y = axis(
    all.map(({ seconds }) => seconds),
    [PLOT.bottom, PLOT.top],
  )
  const grid = [
    ...x.ticks.map((files) => vertical(x.at(files), `${files.toLocaleString('en-US')} files`)),
    ...y.ticks.map((seconds) => horizontal(y.at(seconds), `${seconds.toLocaleString('en-US')} s`)),
  ]
  const drawn = lines.map((line) =>
    drawLine(
      line,
      line.points.map(({ files, seconds }) => [x.at(files), y.at(seconds)] as const),
    ),
  )
  const labels = spread(lines.map((line) => ({ line, at: y.at(lastOf(line).seconds) })))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>Seconds by number of files, ours and ${baseline}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    ...grid,
    ...drawn,
    ...labels.map(({ line, at }) => drawLabel(line, at)),
    `<text x="${PLOT.left}" y="${HEIGHT - 14}">Both axes are logarithmic; ours is solid, ${baseline} dashed.</text>`,
    '</svg>\n',
  ].join('\n')
}

const STYLE = [
  'text{fill:#1f2328}.paper{fill:#fff}.grid{stroke:#d1d9e0}.dashed{stroke-dasharray:6 5}',
  '.line{fill:none;stroke-width:2.5}.c0{stroke:#0969da}.c1{stroke:#1a7f37}.c2{stroke:#bc4c00}.c3{stroke:#8250df}',
  '.dot{stroke-width:2;fill:#fff}',
  '@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.paper{fill:#0d1117}.grid{stroke:#3d444d}.dot{fill:#0d1117}',
  '.c0{stroke:#4493f8}.c1{stroke:#3fb950}.c2{stroke:#db6d28}.c3{stroke:#ab7df8}}',
].join('')

function linesOf(rows: readonly Row[], baseline: string): readonly Line[] {
  const scenarios = new Map<string, { readonly ours: Point[]; readonly theirs: Point[] }>()
  for (const row of rows) {
    const [, files, scenario = ''] = GROWING.exec(row.name) ?? []
    if (files === undefined) continue
    const { ours, theirs } = scenarios.get(scenario) ?? { ours: [], theirs: [] }
    ours.push({ files: Number(files), seconds: row.value })
    theirs.push({ files: Number(files), seconds: row.baseline })
    scenarios.set(scenario, { ours, theirs })
  }
  return [...scenarios].flatMap(([name, { ours, theirs }], scenario) => [
    { name: `${name}, ours`, isOurs: true, scenario, points: sorted(ours) },
    { name: `${name}, ${baseline}`, isOurs: false, scenario, points: sorted(theirs) },
  ])
}

function sorted(points: readonly Point[]): readonly Point[] {
  return points.toSorted((a, b) => a.files - b.files)
}

function lastOf({ points }: Line): Point {
  return points.at(-1) ?? { files: 1, seconds: 1 }
}

/** A logarithmic axis over whole powers of ten at least as wide as the values. */
function axis(values: readonly number[], [from, to]: readonly [number, number]) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  const at = (value: number): number =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from))
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, step) => Number(`1e${low + step}`)) }
}

function vertical(x: number, text: string): string {
  return `<path class="grid" d="M${x} ${PLOT.top}V${PLOT.bottom}"/><text x="${x}" y="${PLOT.bottom + 20}" text-anchor="middle">${text}</text>`
}

function horizontal(y: number, text: string): string {
  return `<path class="grid" d="M${PLOT.left} ${y}H${PLOT.right}"/><text x="${PLOT.left - 8}" y="${y + 4}" text-anchor="end">${text}</text>`
}

function drawLine({ isOurs, scenario }: Line, points: readonly (readonly [number, number])[]): string {
  const way = points.map(([x, y]) => `${x} ${y}`).join('L')
  const dots = points.map(([x, y]) => `<circle class="dot c${scenario % 4}" cx="${x}" cy="${y}" r="3.5"/>`)
  return `<path class="line c${scenario % 4}${isOurs ? '' : ' dashed'}" d="M${way}"/>${dots.join('')}`
}

function drawLabel(line: Line, y: number): string {
  const weight = line.isOurs ? ' font-weight="600"' : ''
  return `<text x="${PLOT.right + 12}" y="${y + 4}"${weight}>${line.name}: ${lastOf(line).seconds.toLocaleString('en-US')} s</text>`
}

/** Labels in the order of their places, none of which covers another. */
function spread(labels: readonly { readonly line: Line; readonly at: number }[]) {
  let free = Number.NEGATIVE_INFINITY
  return labels
    .toSorted((a, b) => a.at - b.at)
    .map(({ line, at }) => {
      const place = Math.max(at, free)
      free = place + LABEL_HEIGHT
      return { line, at: place }
    })
}
