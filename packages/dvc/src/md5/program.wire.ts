import { md5Program } from './program.ts'

/** The functions of the program, and the memory that they read and write. */
export interface LoadedProgram {
  readonly memory: ArrayBuffer
  one(bytes: number, blocks: number): void
  /** The addresses of the bytes of each lane, and then the number of blocks. */
  all(...numbers: number[]): void
}

type Exports = Pick<LoadedProgram, 'one' | 'all'> & { readonly memory: { readonly buffer: ArrayBuffer } }

/** What is used of it; its types come with those of browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Exports }
}

/**
 * @param bytes of memory at least
 * @returns undefined where there are no vectors, or no address space for the memory (`ulimit -v`)
 */
export function loadProgram(bytes: number): LoadedProgram | undefined {
  try {
    const module = new WebAssembly.Module(md5Program(Math.ceil(bytes / 2 ** 16)))
    const { one, all, memory } = new WebAssembly.Instance(module).exports
    return { one, all, memory: memory.buffer }
  } catch {
    return undefined
  }
}
