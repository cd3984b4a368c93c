/** A command that is to run inside of a namespace. */
export interface Request {
  readonly id: number
  readonly program: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }
}

/** Nobody but namespace.ts writes these lines. */
export function parseRequest(line: string): Request {
  return JSON.parse(line) as Request
}
