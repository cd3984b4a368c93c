import { parse } from 'yaml'

export type WorkflowInput = {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default: string
  readonly description: string
}
export type WorkflowSecret = {
  readonly name: string
  readonly required: boolean
  readonly description: string
}
export type WorkflowOutput = { readonly name: string; readonly description: string }

/** What a reusable workflow takes and gives. A description that is missing is an empty string. */
export type WorkflowContract = {
  readonly inputs: readonly WorkflowInput[]
  readonly secrets: readonly WorkflowSecret[]
  readonly outputs: readonly WorkflowOutput[]
}

/** The `on.workflow_call` of a workflow file; undefined for one that cannot be called. */
export function parseWorkflowContract(text: string): WorkflowContract | undefined {
  const yaml: unknown = parse(text)
  const on = isRecord(yaml) ? yaml['on'] : undefined
  const call = isRecord(on) ? on['workflow_call'] : undefined
  if (!isRecord(call)) return undefined
  return {
    inputs: entriesOf(call['inputs']).map(([name, input]) => ({
      name,
      type: String(input['type']),
      required: input['required'] === true,
      default: input['default'] === undefined ? '' : String(input['default']),
      description: sentence(input['description']),
    })),
    secrets: entriesOf(call['secrets']).map(([name, secret]) => ({
      name,
      required: secret['required'] === true,
      description: sentence(secret['description']),
    })),
    outputs: entriesOf(call['outputs']).map(([name, output]) => ({
      name,
      description: sentence(output['description']),
    })),
  }
}

function entriesOf(value: unknown): [string, Record<string, unknown>][] {
  if (!isRecord(value)) return []
  return Object.entries(value).map(([name, entry]) => [name, isRecord(entry) ? entry : {}])
}

/** Folds a description of several lines to one; anything but text becomes empty, and so is reported. */
function sentence(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
