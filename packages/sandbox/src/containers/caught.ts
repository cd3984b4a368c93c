// Errors of Node's core come from another realm when a test runner loads this code into one of its own:
// their shape is asked, not their class.

/** `code` of a system error (`ENOENT`, `ESRCH`), else undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function errorMessage(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error)
  return typeof error.message === 'string' ? error.message : String(error)
}

/** The innermost reason: that nobody answered says nothing, its cause does. */
export function rootMessage(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined
  return cause === undefined ? errorMessage(error) : rootMessage(cause)
}
