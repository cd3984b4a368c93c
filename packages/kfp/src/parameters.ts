import { Failure, type JsonValue, messageOf, sanitizeLine } from '@mlops-actions/diagnostics'
import { nearestName } from '@mlops-actions/text'
import type { ParameterSpec, Pipeline } from './pipeline.wire.ts'

/**
 * The parameters of a run from text, each by its declared type, as the server wants them: it takes no number written as
 * a string. An empty text is '' for a STRING, and for every other type as if nothing had been given.
 * @throws Failure `config` that lists every problem, names that are not declared with the one that was probably meant
 */
export function resolveParameters(
  pipeline: Pick<Pipeline, 'name' | 'parameters'>,
  given: ReadonlyMap<string, string>,
): Readonly<Record<string, JsonValue>> {
  const problems = unknownNames(pipeline.parameters, given)
  const values: [string, JsonValue][] = []
  for (const [name, spec] of pipeline.parameters) {
    const result = resolveParameter(name, spec, given.get(name))
    if ('problem' in result) problems.push(`${name}: ${result.problem}`)
    else if (result.value !== undefined) values.push([name, result.value])
  }
  if (problems.length > 0) throw parameterFailure(pipeline.name, problems)
  return Object.fromEntries(values)
}

type Resolved = { readonly value: JsonValue | undefined } | { readonly problem: string }

function resolveParameter(name: string, spec: ParameterSpec, text: string | undefined): Resolved {
  if (text === undefined || (text === '' && spec.type !== 'STRING')) {
    return spec.required ? { problem: `is required: want ${wantOf(spec.type)}` } : { value: undefined }
  }
  try {
    const value = coerce(text, spec.type)
    if (value === undefined) return { problem: `got "${sanitizeLine(text, 120)}"; want ${wantOf(spec.type)}` }
    if (spec.literals.length > 0 && !spec.literals.some((literal) => same(literal, value)))
      return {
        problem: `got "${sanitizeLine(text, 120)}"; want one of ${spec.literals.map(show).join(', ')}`,
      }
    return { value }
  } catch (error) {
    return { problem: `${name === '' ? '' : `want ${wantOf(spec.type)}; `}${messageOf(error)}` }
  }
}

/** Undefined where the text is no such value. */
function coerce(text: string, type: string): JsonValue | undefined {
  switch (type) {
    case 'STRING':
      return text
    case 'NUMBER_INTEGER':
      return integer(text)
    case 'NUMBER_DOUBLE':
      return double(text)
    case 'BOOLEAN':
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined
    case 'LIST':
    case 'STRUCT':
      return json(text, type === 'LIST')
    default:
      throw new Error(`the pipeline declares the type ${type}, which no root parameter may have`)
  }
}

/** The server lets a fraction through as an integer, and the driver fails on it later; beyond 2^53 JSON loses digits. */
function integer(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}

function double(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

function json(text: string, isList: boolean): JsonValue | undefined {
  const value: JsonValue = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value) === isList ? value : undefined
}

const WANT: Readonly<Record<string, string>> = {
  STRING: 'a string',
  NUMBER_INTEGER: 'an integer',
  NUMBER_DOUBLE: 'a number',
  BOOLEAN: 'true or false',
  LIST: 'a JSON list',
  STRUCT: 'a JSON object',
}

function wantOf(type: string): string {
  return WANT[type] ?? type
}

function unknownNames(
  specs: ReadonlyMap<string, ParameterSpec>,
  given: ReadonlyMap<string, string>,
): string[] {
  const names = [...specs.keys()]
  return [...given.keys()]
    .filter((name) => !specs.has(name))
    .map((name) => {
      const near = nearestName(name, names)
      const instead =
        near === undefined ? `it has ${names.join(', ') || 'no parameters'}` : `did you mean ${near}?`
      return `${sanitizeLine(name, 120)}: the pipeline has no such parameter; ${instead}`
    })
}

function same(left: JsonValue, right: JsonValue): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function show(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parameterFailure(pipeline: string, problems: readonly string[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'KFP_PARAMETERS',
    what:
      problems.length === 1
        ? 'A pipeline parameter is wrong'
        : `${problems.length} pipeline parameters are wrong`,
    on: `pipeline ${pipeline}`,
    seen: problems.join('\n'),
    next: 'Correct the input `parameters`; no run was created',
  })
}
