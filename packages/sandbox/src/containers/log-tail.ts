const DEFAULT_LIMIT = 64 * 1024

export interface LogTail {
  append(text: string): void
  text(): string
}

/** Keeps the last `limit` characters, cut at a line where one begins within them. */
export function createLogTail(limit = DEFAULT_LIMIT): LogTail {
  let kept = ''
  return {
    append(text) {
      kept += text
      if (kept.length <= limit) return
      const cut = kept.slice(-limit)
      kept = cut.slice(cut.indexOf('\n') + 1)
    },
    text: () => kept,
  }
}
