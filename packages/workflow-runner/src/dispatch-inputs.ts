import { Failure } from '@mlops-actions/diagnostics'
import { type Json, listOf, type Mapping, mappingOf, textOf } from './values.ts'

/** Inputs of a `workflow_dispatch`: typed for the `inputs` context, as text for `github.event.inputs`. */
export interface DispatchInputs {
  readonly typed: Mapping
  readonly texts: Record<string, string>
}

/** Checks what was typed into the form against `on.workflow_dispatch.inputs`. All problems in one `DISPATCH_INPUTS_INVALID`. */
export function readDispatchInputs(on: Mapping, given: Readonly<Record<string, string>>): DispatchInputs {
  const definitions = mappingOf(mappingOf(on['workflow_dispatch'])['inputs'])
  const unexpected = Object.keys(given).filter((name) => !(name in definitions))
  const problems = unexpected.map((name) => `Unexpected inputs provided: ${name}`)
  const typed: Mapping = {}
  const texts: Record<string, string> = {}
  for (const [name, definition] of Object.entries(definitions)) {
    const settings = mappingOf(definition)
    const text = given[name] ?? textOf(settings['default'])
    const problem = problemOf(name, text, settings)
    if (problem !== undefined) problems.push(problem)
    texts[name] = text
    typed[name] = typedValue(text, textOf(settings['type']))
  }
  if (problems.length > 0) throw invalid(problems)
  return { typed, texts }
}

function problemOf(name: string, text: string, settings: Mapping): string | undefined {
  const type = textOf(settings['type'])
  if (settings['required'] === true && text === '') return `Required input '${name}' not provided`
  if (text === '') return undefined
  const options = listOf(settings['options']).map(textOf)
  if (type === 'choice' && !options.includes(text))
    return `Provided value '${text}' for input '${name}' not in the list of allowed values`
  if (type === 'boolean' && text !== 'true' && text !== 'false')
    return `Input '${name}' is a boolean, got '${text}'`
  return type === 'number' && Number.isNaN(Number(text))
    ? `Input '${name}' is a number, got '${text}'`
    : undefined
}

function typedValue(text: string, type: string): Json {
  if (type === 'boolean') return text === 'true'
  return type === 'number' ? Number(text) : text
}

function invalid(problems: readonly string[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'DISPATCH_INPUTS_INVALID',
    what: 'The workflow cannot be dispatched',
    on: 'workflow_dispatch',
    seen: problems.join('; '),
    next: 'Give inputs as the workflow declares them',
  })
}
