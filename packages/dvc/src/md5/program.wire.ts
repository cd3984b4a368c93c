import { md5Program } from './program.ts'

/** The functions of the program, and the memory that they read and write. */
export interface LoadedProgram {
  readonly memory: ArrayBuffer
  one(bytes: number, blocks: number): void
  /** The addresses of the bytes of each lane, and then the number of blocks. */
  all(...numbers: number[]): void
}

/** What is used of WebAssembly, whose types come with those of browsers alone. */
interface Api {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: Pick<LoadedProgram, 'one' | 'all'> & {
      readonly memory: { readonly buffer: ArrayBuffer }
    }
  }
}

/**
 * @param bytes of memory at least
 * @returns undefined where there are no vectors, or no address space for the memory (`ulimit -v`)
 */
export function loadProgram(bytes: number): LoadedProgram | undefined {
  const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly?: Api }
  if (api === undefined) return undefined
  try {
    const module = new api.Module(md5Program(Math.ceil(bytes / 2 ** 16)))
    const { one, all, memory } = new api.Instance(module).exports
    return { one, all, memory: memory.buffer }
  } catch {
    return undefined
  }
}
