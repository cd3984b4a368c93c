import type { Destination } from '../model/application.wire.ts'
import { blockingOf } from '../model/blocking.ts'
import { parseSchedule } from './cron.ts'
import { globMatches } from './glob.ts'
import type { ProjectWindow } from './project.wire.ts'

export interface Windowed {
  readonly name: string
  readonly destination: Destination
}

/**
 * The window of a project that keeps Argo CD from syncing an Application by itself at a moment, as its controller works
 * it out (argo-cd pkg/apis/application/v1alpha1 SyncWindows Matches, active, CanSync). Pure.
 * @throws Error for a schedule or a duration that Argo CD cannot read either
 */
export function blockingAt(
  windows: readonly ProjectWindow[],
  app: Windowed,
  now: number,
): ProjectWindow | undefined {
  const { active, assigned } = windowsAt(windows, app, now)
  return blockingOf(active, assigned)
}

/** As {@link blockingAt}, for a sync that somebody asks for: each of those in its way has to let that through. */
export function blockingByHandAt(
  windows: readonly ProjectWindow[],
  app: Windowed,
  now: number,
): ProjectWindow | undefined {
  const { active, assigned } = windowsAt(windows, app, now)
  const blocking = blockingOf(active, assigned)
  if (blocking === undefined) return undefined
  const inTheWay = (blocking.kind === 'deny' ? active : assigned).filter(({ kind }) => kind === blocking.kind)
  return inTheWay.find(({ manualSync }) => !manualSync)
}

function windowsAt(windows: readonly ProjectWindow[], app: Windowed, now: number) {
  const assigned = windows.filter((window) => isAssigned(window, app))
  return { assigned, active: assigned.filter((window) => isActive(window, now)) }
}

/** Any of the three lists, or with `andOperator` each one that is not empty. */
function isAssigned(window: ProjectWindow, { name, destination }: Windowed): boolean {
  const { applications, clusters, namespaces, andOperator } = window
  const fits = (patterns: readonly string[], ...values: readonly string[]) =>
    patterns.some((pattern) => values.some((value) => value !== '' && globMatches(pattern, value)))
  const lists: readonly (readonly [patterns: readonly string[], fits: boolean])[] = [
    [applications, fits(applications, name)],
    [clusters, fits(clusters, destination.name, destination.server)],
    [namespaces, fits(namespaces, destination.namespace)],
  ]
  const given = lists.filter(([patterns]) => patterns.length > 0)
  return given.length > 0 && (andOperator ? given.every(([, is]) => is) : given.some(([, is]) => is))
}

/** It began less than its duration ago. Argo CD shifts the schedule by the offset that its time zone has now. */
function isActive({ schedule, duration, timeZone }: ProjectWindow, now: number): boolean {
  const begins = parseSchedule(schedule)
  const length = parseGoDuration(duration)
  if (begins === undefined || length === undefined)
    throw new Error(`the sync window "${schedule}" of ${duration} cannot be read`)
  const local = now + offsetOf(timeZone, now)
  return begins.beginsBetween(local - length, local)
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
}

/** `1h30m` in milliseconds (Go time.ParseDuration). */
function parseGoDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)]
  return parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (UNITS[unit] ?? 0), 0)
}

/** Milliseconds ahead of UTC; an unknown zone counts as UTC there, too. */
function offsetOf(timeZone: string, now: number): number {
  if (timeZone === '') return 0
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  } catch {
    return 0
  }
}
