import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes of both halves; what V8 takes at most by itself depends on its version and is 134 MB in Node 24. */
const MOST = 8 * 2 ** 20
const EVERY_MS = 20

/**
 * Makes this process, which moves bytes in buffers outside of the heap, spend less on collecting garbage:
 * - V8 no longer marks the whole heap for every 64 MB that have gone through buffers, which took a quarter of the processor
 *   time of a large download;
 * - the young generation grows no further once it is large enough. Its size can only be given on the command line of Node,
 *   which belongs to the runner; the factor by which it grows can be changed at any time. Buffers that are done with are
 *   given back when it is full, so a small one holds fewer of them.
 */
export function limitGarbage(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    if (young !== undefined && young.space_size < MOST) return
    setFlagsFromString('--semi-space-growth-factor=1')
    clearInterval(timer)
  }, EVERY_MS)
  timer.unref()
}
