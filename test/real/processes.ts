import { readdirSync, readFileSync } from 'node:fs'

const LOOK_MS = 5

/** The arguments of every process that runs now, one line each; anybody on the machine can read them. */
export function argumentsOfProcesses(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
      } catch {
        return []
      }
    })
}

/** Processes with this word among their arguments, and who has started them (proc_pid_stat(5)). */
export function processesWith(word: string): readonly { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word)) return []
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return [{ pid: Number(pid), parent: Number(parent) }]
      } catch {
        return []
      }
    })
}

/** Looks at all of them as often as it can; `stop` gives every line in which one of the words stood. */
export function watchArguments(words: readonly string[]): { stop(): readonly string[] } {
  const found = new Set<string>()
  const look = (): void => {
    for (const line of argumentsOfProcesses()) if (words.some((word) => line.includes(word))) found.add(line)
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    stop() {
      clearInterval(timer)
      return [...found]
    },
  }
}
