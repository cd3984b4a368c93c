import type { FileTrouble } from './hash-job.ts'

/** An Error would lose its code on the way to the other thread, and by its syscall the system's are known. */
export function troubleOf(error: unknown): FileTrouble {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined
  return { trouble: { code, syscall, message } }
}
