import { Failure } from './failure.ts'

/** What is wrong with one input beyond its grammar: that is only known when its value is used. */
export function wrongInput(
  input: string,
  { code, seen, next }: { readonly code: string; readonly seen: string; readonly next: string },
): Failure {
  return new Failure({
    kind: 'config',
    code,
    what: 'An input is wrong',
    on: `the input \`${input}\``,
    seen,
    next,
  })
}
