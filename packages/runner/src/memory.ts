import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes of both halves; what V8 takes at most by itself depends on its version and is 134 MB in Node 24. */
const MOST = 8 * 2 ** 20
const EVERY_MS = 20

/**
 * Keeps the young generation of this process from growing further once it is large enough: answers and buffers that are done
 * with are given back when it is full, so a small one holds fewer of them. Its size can only be given on the command line of
 * Node, which belongs to the runner; the factor by which it grows can be changed at any time, and one from the start on would
 * leave it at 1 MB, in which everything that lives for a moment is taken for something that stays.
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
