import { Failure } from '@mlops-actions/diagnostics'

/** An argument or a variable, by the name that it can be told by, never with its value. */
export interface CommandPart {
  /** `--label` of `--label=a=b`, or the name of a variable. */
  readonly name: string
  readonly bytes: number
}

interface Parts {
  readonly what: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The longest argument or variable that a child would get. */
export function longestPart({ args, env }: Pick<Parts, 'args' | 'env'>): CommandPart {
  const parts = [
    ...args.map((arg) => ({
      name: /^--?[\w-]+/.exec(arg)?.[0] ?? 'an argument',
      bytes: Buffer.byteLength(arg),
    })),
    ...Object.entries(env).map(([name, value]) => ({ name, bytes: Buffer.byteLength(`${name}=${value}`) })),
  ]
  return parts.reduce((one, other) => (other.bytes > one.bytes ? other : one), { name: 'nothing', bytes: 0 })
}

/** What E2BIG means (execve(2), "Limits on size of arguments and environment"): MAX_ARG_STRLEN for one, ARG_MAX for all. */
export function explainTooLong(command: Parts, program: string, cause: unknown): Failure {
  const { name, bytes } = longestPart(command)
  return new Failure({
    kind: 'config',
    code: 'COMMAND_TOO_LONG',
    what: command.what,
    on: program,
    seen: `it cannot be started with so much: of its arguments and variables ${name} is ${bytes.toLocaleString('en')} bytes long, and Linux takes 131,071 of one and commonly 2 MB of all`,
    next: 'Make it shorter; what is long belongs into a file',
    cause,
  })
}
