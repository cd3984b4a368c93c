import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes of both halves; what V8 takes at most by itself depends on its version and is four times as much in Node 24. */
const MOST = 32 * 2 ** 20
const EVERY_MS = 20

/**
 * Keeps the young generation of this process from growing further once it is large enough: with a hundred requests under
 * way V8 would give it 134 MB, which is half of the memory that a step may take. Its size can only be given on the command
 * line of Node, which belongs to the runner; the factor by which it grows can be changed at any time.
 */
export function limitYoungGeneration(): void {
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    if (young !== undefined && young.space_size < MOST) return
    setFlagsFromString('--semi-space-growth-factor=1')
    clearInterval(timer)
  }, EVERY_MS)
  timer.unref()
}
