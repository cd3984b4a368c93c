import { signalGroup } from './group.ts'

const leaders = new Set<number>()

/** One listener for all groups: Node takes more than ten of one event for a leak, and says so on stderr. */
function killAll(): void {
  for (const leader of leaders) signalGroup(leader, 'SIGKILL')
}

/** Kills a group when this process exits, until the function that comes back is called. */
export function killAtExit(leader: number): () => void {
  if (leaders.size === 0) process.on('exit', killAll)
  leaders.add(leader)
  return () => {
    leaders.delete(leader)
    if (leaders.size === 0) process.off('exit', killAll)
  }
}
