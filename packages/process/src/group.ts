import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds between two looks at a group that was asked to end. */
const LOOK_INTERVAL = 20

/**
 * Sends a signal to every process of a group; false where there is none any more.
 * Windows has no groups: there taskkill ends the tree, whatever the signal.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/T', '/F', '/PID', String(leader)], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => {},
    )
    return true
  }
  return send(-leader, signal)
}

function isGroupAlive(leader: number): boolean {
  if (process.platform === 'win32') return send(leader, 0)
  // A dead orphan that init has not collected yet still takes signals; in a container without an init it does for ever.
  return send(-leader, 0) && (process.platform !== 'linux' || hasRunningMember(leader))
}

function hasRunningMember(group: number): boolean {
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isRunningIn(group, pid))
}

/** proc_pid_stat(5): `pid (name) state ppid pgrp …`, where the name may hold anything. */
function isRunningIn(group: number, pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state = '', , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(pgrp) === group && state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

/**
 * Ends a group: TERM, then, for those who are still there after the grace, KILL.
 * Resolves when the group is gone, or nothing more can be done about it.
 */
export async function endGroup(leader: number, grace: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return
  if (await isGone(leader, grace)) return
  signalGroup(leader, 'SIGKILL')
  // What hangs in the kernel cannot be killed, so this wait has an end too.
  await isGone(leader, LOOK_INTERVAL * 10)
}

async function isGone(leader: number, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += LOOK_INTERVAL) {
    if (!isGroupAlive(leader)) return true
    await delay(LOOK_INTERVAL)
  }
  return !isGroupAlive(leader)
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
