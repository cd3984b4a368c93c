import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes of both halves; what V8 takes at most by itself depends on its version and is 134 MB in Node 24. */
const MOST = 8 * 2 ** 20
const EVERY_MS = 20

/**
 * Keeps the young generation of this process from growing further once it is large enough: buffers that are done with are
 * given back when it is full, so a small one holds fewer of them. Its size can only be given on the command line of Node,
 * which belongs to the runner; the factor by which it grows can be changed at any time.
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

/**
 * Keeps V8 from marking the whole heap for every 64 MB that go through buffers: a sixth of the processor time of a push of
 * large files. For a process whose buffers are few and used again; another one would collect too late (a pull of 5 GB had
 * 321 MB then).
 */
export function markLessOften(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
}

/**
 * Lets the heap grow by two fifths of what lives in it before it is collected, and not to four times as much, as V8 does where
 * there is memory for it: what a hundred thousand requests leave behind would be three quarters of it.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=40')
}
