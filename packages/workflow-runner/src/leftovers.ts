import { readdirSync, readFileSync } from 'node:fs'

/**
 * Kills what a job's steps left running, found by RUNNER_TRACKING_ID in its environment as the runner
 * does ("Cleaning up orphan processes"). Only where /proc exists: elsewhere they stay.
 */
export function killLeftovers(trackingId: string): void {
  for (const pid of processIds()) {
    if (!environmentOf(pid).includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone in the meantime.
    }
  }
}

function processIds(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}
