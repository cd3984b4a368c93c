import type { Finished } from '../../../scripts/command.ts'

/** Reads one line of server.py. Throws for anything else. */
export function parseAnswer(line: string): Finished & { readonly id: number } {
  const answer: unknown = JSON.parse(line)
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'id' in answer &&
    'code' in answer &&
    'output' in answer
  ) {
    const { id, code, output } = answer
    if (typeof id === 'number' && typeof code === 'number' && typeof output === 'string')
      return { id, code, output }
  }
  throw new Error(`server.py said: ${line}`)
}
