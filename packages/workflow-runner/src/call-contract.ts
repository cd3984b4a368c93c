import { evaluateDeep, type Scope } from './expressions.ts'
import { type Json, type Mapping, mappingOf, optionalText, textOf } from './values.ts'
import type { CallJob } from './workflow-file.ts'

/** The `workflow_call` interface of a reusable workflow. */
export interface CallContract {
  readonly inputs: Readonly<Record<string, CallInput>>
  readonly secrets: Readonly<Record<string, { readonly required: boolean }>>
  /** Output name to its `value:` expression. */
  readonly outputs: Mapping
}

export interface CallInput {
  readonly type: 'boolean' | 'number' | 'string'
  readonly required: boolean
  readonly default: Json | undefined
}

/** Reads `on.workflow_call`; undefined where the workflow cannot be called. */
export function readContract(on: Mapping): CallContract | undefined {
  if (!('workflow_call' in on)) return undefined
  const call = mappingOf(on['workflow_call'])
  return {
    inputs: mapValues(mappingOf(call['inputs']), toInput),
    secrets: mapValues(mappingOf(call['secrets']), (secret) => ({
      required: mappingOf(secret)['required'] === true,
    })),
    outputs: mapValues(mappingOf(call['outputs']), (output) => mappingOf(output)['value'] ?? ''),
  }
}

/** What is wrong with a call before any value is known, in GitHub's words (WorkflowTemplateConverter.cs). */
export function contractViolations(job: CallJob, contract: CallContract): string[] {
  const secrets = job.secrets
  return [
    ...undefinedNames('input', Object.keys(job.with), contract.inputs),
    ...missingNames('Input', requiredInputs(contract), Object.keys(job.with)),
    ...(secrets === 'inherit' ? [] : undefinedNames('secret', Object.keys(secrets), contract.secrets)),
    ...(secrets === 'inherit' ? [] : missingNames('Secret', requiredSecrets(contract), Object.keys(secrets))),
  ]
}

/**
 * The `inputs` context of the called workflow from evaluated `with:` values; defaults are evaluated here and see what
 * `scope` holds. Throws for a value of the wrong type.
 */
export function typedInputs(given: Mapping, contract: CallContract, scope: Scope): Mapping {
  const known = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  return Object.fromEntries(
    Object.entries(contract.inputs).map(([name, input]) => {
      const value = known.get(name.toLowerCase()) ?? defaultOf(input, scope)
      return [name, typed(name, value, input.type)]
    }),
  )
}

function defaultOf(input: CallInput, scope: Scope): Json {
  return input.default === undefined ? emptyOf(input.type) : evaluateDeep(input.default, scope)
}

function typed(name: string, value: Json, type: CallInput['type']): Json {
  if (type === 'string') return textOf(value)
  if (typeof value === type) return value
  throw new Error(
    `Input ${name} must be a ${type}, got '${textOf(value)}' (${value === null ? 'null' : typeof value})`,
  )
}

function emptyOf(type: CallInput['type']): Json {
  if (type === 'boolean') return false
  return type === 'number' ? 0 : ''
}

function toInput(definition: Json): CallInput {
  const { type, required, default: value } = mappingOf(definition)
  const text = optionalText(type)
  return {
    type: text === 'boolean' || text === 'number' ? text : 'string',
    required: required === true,
    default: value,
  }
}

function requiredInputs(contract: CallContract): string[] {
  return Object.entries(contract.inputs).flatMap(([name, { required }]) => (required ? [name] : []))
}

function requiredSecrets(contract: CallContract): string[] {
  return Object.entries(contract.secrets).flatMap(([name, { required }]) => (required ? [name] : []))
}

function undefinedNames(kind: string, given: readonly string[], defined: object): string[] {
  const known = new Set(Object.keys(defined).map((name) => name.toLowerCase()))
  return given
    .filter((name) => !known.has(name.toLowerCase()))
    .map((name) => `Invalid ${kind}, ${name} is not defined in the referenced workflow.`)
}

function missingNames(kind: string, required: readonly string[], given: readonly string[]): string[] {
  const known = new Set(given.map((name) => name.toLowerCase()))
  return required
    .filter((name) => !known.has(name.toLowerCase()))
    .map((name) => `${kind} ${name} is required, but not provided while calling.`)
}

function mapValues<T>(mapping: Mapping, change: (value: Json) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value)]))
}
