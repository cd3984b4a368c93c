import { Failure, withDetails } from '@mlops-actions/diagnostics'
import { longestPart } from '@mlops-actions/process'

/** Inputs by the option or the variable that their values go to buildx in. */
const INPUTS: readonly (readonly [part: RegExp, input: string])[] = [
  [/^--label$/, 'labels'],
  [/^--annotation$/, 'annotations'],
  [/^--build-arg$/, 'build-args'],
  [/^--build-context$/, 'build-contexts'],
  [/^--cache-from$/, 'cache-from'],
  [/^--cache-to$/, 'cache-to'],
  [/^--ssh$/, 'ssh'],
  [/^--add-host$/, 'add-hosts'],
  [/^--output$/, 'outputs'],
  [/^MLOPS_BUILD_SECRET_/, 'secrets'],
  [/^DOCKER_AUTH_CONFIG$/, 'registries'],
]

/** Says of a child that too much was given to which input that was; everything else is as it was. */
export function nameLongInput(
  thrown: unknown,
  command: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> },
): unknown {
  if (!(thrown instanceof Failure) || thrown.code !== 'COMMAND_TOO_LONG') return thrown
  const { name } = longestPart(command)
  const input = INPUTS.find(([part]) => part.test(name))?.[1]
  return input === undefined ? thrown : withDetails(thrown, { on: `the input \`${input}\`` })
}
