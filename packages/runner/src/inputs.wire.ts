import { Failure, sanitizeLine } from '@mlops-actions/diagnostics'
import { Expected, trimBlanks } from '@mlops-actions/text'
import type { Field } from './fields.ts'
import { type Elsewhere, refuseUndeclared } from './undeclared.ts'

type Fields = Readonly<Record<string, Field<unknown>>>

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name

/** The typed value of a schema: `storage-uri` becomes `storageUri`. */
export type InputsOf<Schema extends Fields> = {
  readonly [Name in keyof Schema & string as CamelCase<Name>]: Schema[Name] extends Field<infer T> ? T : never
}

/** Records a problem with one input, or with several that do not go together. */
export type Problem = (input: string, sentence: string) => void

export interface InputSchema<Schema extends Fields> {
  readonly fields: Schema
  /**
   * Reads and checks every input at once.
   * @param raw the text of an input as the runner gave it, '' when it gave none
   * @param mask called with every secret before anything else is read
   * @param handedOn names of all inputs that the runner handed on, as it writes them; one that is not declared is refused
   * @throws Failure of kind `config` that lists every problem
   */
  read(
    raw: (name: string) => string,
    mask: (secret: string) => void,
    handedOn?: readonly string[],
  ): InputsOf<Schema>
}

/**
 * The inputs of an action as data: names as in action.yml, each with the parser of its type.
 * @param check rules between inputs, called when each input alone is fine
 * @param elsewhere what to say of inputs that a similar action has, by their names there
 */
export function defineInputs<const Schema extends Fields>(
  fields: Schema,
  check: (inputs: InputsOf<Schema>, problem: Problem) => void = () => {},
  elsewhere: Elsewhere = {},
): InputSchema<Schema> {
  return {
    fields,
    read(raw, mask, handedOn = []) {
      maskSecrets(fields, raw, mask)
      const problems: string[] = []
      const problem: Problem = (input, sentence) => problems.push(`${input}: ${sentence}`)
      refuseUndeclared(handedOn, Object.keys(fields), elsewhere, problem)
      const values: Record<string, unknown> = {}
      for (const [name, field] of Object.entries(fields))
        values[camelCase(name)] = readField(name, field, raw(name), problem)
      // Every key of the schema has been given the value that its own parser returned.
      const inputs = Object.freeze(values) as InputsOf<Schema>
      if (problems.length === 0) check(inputs, problem)
      if (problems.length > 0) throw inputFailure(problems)
      return inputs
    },
  }
}

function maskSecrets(fields: Fields, raw: (name: string) => string, mask: (secret: string) => void): void {
  for (const [name, field] of Object.entries(fields)) {
    if (!field.secret) continue
    const value = trimBlanks(raw(name))
    const parts = field.secretParts?.(value) ?? [value]
    for (const part of parts) if (part !== '') mask(part)
  }
}

function readField(name: string, field: Field<unknown>, raw: string, problem: Problem): unknown {
  const value = trimBlanks(raw) || (field.default ?? '')
  if (value === '' && field.default === undefined) {
    if (field.required) problem(name, `is required: want ${aOrAn(field.type)}`)
    return field.absent
  }
  try {
    return field.parse(value)
  } catch (error) {
    if (!(error instanceof Expected)) throw error
    problem(
      name,
      `got ${field.secret || error.holdsSecret ? 'a value (not shown)' : `"${sanitizeLine(value, 120)}"`}; want ${error.want}`,
    )
    return undefined
  }
}

function inputFailure(problems: readonly string[]): Failure {
  const many = problems.length > 1
  return new Failure({
    kind: 'config',
    code: 'INPUTS',
    what: many ? `${problems.length} inputs are wrong` : 'An input is wrong',
    on: 'the `with:` of this step',
    seen: problems.join('\n'),
    next: many ? 'Correct each of them; they are all listed here' : 'Correct it and run again',
  })
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** By the sound: an integer, an ECR repository, a URL. */
function aOrAn(type: string): string {
  return `${/^(?:[aeio]|[AEFHILMNORSX][A-Z])/.test(type) ? 'an' : 'a'} ${type}`
}
