import { createBudget } from '../objects/limit.ts'

/** Memory for bodies on their way: no more than so many bytes at once, and the same ones again and again. */
export interface Buffers {
  /** Waits, first come first served, until there is room. */
  take(size: number): Promise<Lease>
}

export interface Lease {
  readonly bytes: ArrayBuffer
  /** Gives the room back; `bytes` too, where nothing reads them any more. They may have travelled to a thread and back. */
  release(bytes?: ArrayBuffer): void
}

/** Smaller ones are cheaper made anew than kept. */
const WORTH_KEEPING = 2 ** 20

export function createBuffers(total: number): Buffers {
  const budget = createBudget(total)
  const kept: ArrayBuffer[] = []
  return {
    take: async (size) => {
      const release = await budget.take(size)
      const at = kept.findIndex(({ byteLength }) => byteLength === size)
      const [found] = at === -1 ? [] : kept.splice(at, 1)
      return {
        bytes: found ?? newBuffer(size),
        release: (bytes) => {
          release()
          const isKept = bytes !== undefined && bytes.byteLength === size && size >= WORTH_KEEPING
          if (isKept && (kept.length + 1) * size <= total) kept.push(bytes)
        },
      }
    },
  }
}

/** Not filled with zeros, which would cost as much as reading a file into it. */
function newBuffer(size: number): ArrayBuffer {
  const { buffer } = Buffer.allocUnsafeSlow(size)
  return buffer instanceof ArrayBuffer ? buffer : new ArrayBuffer(size)
}
