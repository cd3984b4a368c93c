import type { Meter } from './run.ts'
import type { Scene } from './scene.ts'

export interface Overhead {
  /** Milliseconds in which processes of our actions did not wait. */
  readonly ownMs: number
  /** Milliseconds that the runs with our actions took, from their first job to their last. */
  readonly totalMs: number
  readonly processes: number
}

/** What the figure means; stands beside it wherever it is shown. */
export const OVERHEAD_MEANING =
  'Own time: for each Node process of our actions, its life from process start to exit minus the time its event loop was ' +
  'idle, that is, waiting for a server, a child process or a timer; summed over all processes. Measured by a preload ' +
  '(performance.eventLoopUtilization), which itself is in the figure. Not in it: the servers, the containers, docker, git, ' +
  'and the local workflow runner, which on GitHub is GitHub.'

export function overheadOf(scenes: readonly Scene[]): Overhead {
  const ours = scenes.filter(({ meters }) => meters.length > 0)
  const meters = ours.flatMap((scene) => scene.meters)
  return {
    ownMs: meters.reduce((sum, meter) => sum + ownTime(meter), 0),
    totalMs: ours.reduce((sum, { result }) => sum + result.durationMs, 0),
    processes: meters.length,
  }
}

export function ownTime({ livedMs, idleMs }: Meter): number {
  return Math.max(0, livedMs - idleMs)
}
