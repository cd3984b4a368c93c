/** Where packages say what they do. Every line is sanitized and redacted before it is printed. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  /** A warning annotation; the runner shows ten of them for a step, so a list belongs into one. */
  warn(message: string): void
  /** Lines printed by `body` stand in a collapsed group, which is closed whatever happens. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
}

/** A log that keeps nothing, for callers that do not want to hear. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  group: (_title, body) => body(),
}
