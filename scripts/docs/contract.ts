import type { ActionFile, DeclaredInput } from './action-file.wire.ts'
import type { Schema } from './schema.wire.ts'

/** Outputs that every action has, by the contract that all of them share. */
const COMMON_OUTPUTS = ['failure-kind', 'retryable']

/**
 * Everything in which an action.yml falls short of the contract or disagrees with what the code reads.
 * @param isRead whether the action's code uses the input at all; the runner package itself reads some
 */
export function checkContract(
  file: ActionFile,
  schema: Schema,
  isRead: (input: string) => boolean,
): readonly string[] {
  const declared = new Set(file.inputs.map(({ name }) => name))
  return [
    ...(file.description === '' ? ['the action has no description'] : []),
    ...(file.permissions === undefined
      ? ['the comment "# Permissions" is missing, see scripts/docs/action-file.wire.ts']
      : []),
    ...file.inputs
      .filter(({ description }) => description === '')
      .map(({ name }) => `input ${name} has no description`),
    ...file.outputs
      .filter(({ description }) => description === '')
      .map(({ name }) => `output ${name} has no description`),
    ...COMMON_OUTPUTS.filter((name) => !file.outputs.some((output) => output.name === name)).map(
      (name) => `output ${name} is not declared; every action has it`,
    ),
    ...[...schema.keys()]
      .filter((name) => !declared.has(name))
      .map((name) => `input ${name} is read but not declared`),
    ...file.inputs.flatMap((input) => checkInput(input, schema, isRead)),
  ]
}

function checkInput(input: DeclaredInput, schema: Schema, isRead: (input: string) => boolean): string[] {
  const { name } = input
  const field = schema.get(name)
  if (field === undefined) return [`input ${name} is declared but not in src/inputs.ts`]
  const problems: string[] = []
  if (!isRead(name)) problems.push(`input ${name} is declared but nothing uses it`)
  if (input.required !== field.required) {
    problems.push(
      `input ${name}: required is ${input.required} in action.yml and ${field.required} in src/inputs.ts`,
    )
  }
  if (!sameDefault(input.default, field.default)) {
    problems.push(
      `input ${name}: default is ${quote(input.default)} in action.yml and ${quote(field.default)} in src/inputs.ts`,
    )
  }
  return problems
}

/** A default that GitHub evaluates (`${{ github.token }}`) cannot stand in the schema; an empty one means none. */
function sameDefault(declared: string | undefined, inSchema: string | undefined): boolean {
  if (declared?.includes('${{')) return inSchema === undefined
  return (declared ?? '') === (inSchema ?? '')
}

function quote(value: string | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
