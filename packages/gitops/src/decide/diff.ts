const CONTEXT = 3
/** How far apart the two texts are looked for to meet again; an edit of a value changes few lines. */
const REACH = 200

interface Region {
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

/** The change of one file as `diff -u` writes it; '' where nothing changed. Lines keep their carriage returns;
 * whether the last one ends with a new line is not shown. */
export function formatDiff(path: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)]
  const hunks = joinNeighbours(changedRegions(old, now)).map((regions) => formatHunk(regions, old, now))
  return hunks.length === 0 ? '' : [`--- a/${path}`, `+++ b/${path}`, ...hunks].join('\n')
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}

function changedRegions(old: readonly string[], now: readonly string[]): Region[] {
  const regions: Region[] = []
  let [at, to] = [0, 0]
  while (at < old.length || to < now.length) {
    if (at < old.length && to < now.length && old[at] === now[to]) {
      at += 1
      to += 1
      continue
    }
    const [skipOld, skipNew] = meetAgain(old, now, at, to)
    regions.push({ oldStart: at, oldEnd: at + skipOld, newStart: to, newEnd: to + skipNew })
    at += skipOld
    to += skipNew
  }
  return regions
}

/** The fewest lines to leave out on both sides so that the next ones are equal. */
function meetAgain(old: readonly string[], now: readonly string[], at: number, to: number): [number, number] {
  for (let distance = 1; distance <= REACH; distance += 1) {
    for (let skipOld = Math.min(distance, old.length - at); skipOld >= 0; skipOld -= 1) {
      const skipNew = distance - skipOld
      if (to + skipNew < now.length && at + skipOld < old.length && old[at + skipOld] === now[to + skipNew])
        return [skipOld, skipNew]
    }
  }
  return [old.length - at, now.length - to]
}

/** Regions whose context would overlap stand in one hunk. */
function joinNeighbours(regions: readonly Region[]): Region[][] {
  const hunks: Region[][] = []
  for (const region of regions) {
    const last = hunks.at(-1)
    const gap = region.oldStart - (last?.at(-1)?.oldEnd ?? Number.NEGATIVE_INFINITY)
    if (last !== undefined && gap <= 2 * CONTEXT) last.push(region)
    else hunks.push([region])
  }
  return hunks
}

function formatHunk(regions: readonly Region[], old: readonly string[], now: readonly string[]): string {
  const first = regions[0]?.oldStart ?? 0
  const shift = (regions[0]?.newStart ?? 0) - first
  const start = Math.max(0, first - CONTEXT)
  const end = Math.min(old.length, (regions.at(-1)?.oldEnd ?? 0) + CONTEXT)
  const lines: string[] = []
  let at = start
  for (const { oldStart, oldEnd, newStart, newEnd } of regions) {
    lines.push(...old.slice(at, oldStart).map((line) => ` ${line}`))
    lines.push(...old.slice(oldStart, oldEnd).map((line) => `-${line}`))
    lines.push(...now.slice(newStart, newEnd).map((line) => `+${line}`))
    at = oldEnd
  }
  lines.push(...old.slice(at, end).map((line) => ` ${line}`))
  const removed = lines.filter((line) => !line.startsWith('+')).length
  const added = lines.filter((line) => !line.startsWith('-')).length
  return [`@@ -${start + 1},${removed} +${start + 1 + shift},${added} @@`, ...lines].join('\n')
}
