import { KfpError } from './errors.ts'
import type { ParameterSpec } from './ir.wire.ts'
import { isObject, type Json, type JsonObject } from './json.wire.ts'

/**
 * Checks the values of a run against the pipeline's root inputs, in the API server's words and, like it, only the first
 * problem (template/v2_template.go validatePipelineJobInputs). Any JSON number passes as an integer.
 */
export function assertParameters(
  specs: ReadonlyMap<string, ParameterSpec>,
  given: JsonObject | undefined,
): void {
  const problem = given === undefined ? describeNeed(specs) : describeMismatch(specs, given)
  if (problem === undefined) return
  const context = [
    'Failed to create a new run',
    'Failed to generate the ExecutionSpec',
    'invalid pipeline job inputs',
  ]
  throw new KfpError('InvalidArgument', problem, ...context)
}

/** Without a runtime_config even optional parameters are asked for: the server looks at the number of inputs only. */
function describeNeed(specs: ReadonlyMap<string, ParameterSpec>): string | undefined {
  if (specs.size === 0) return undefined
  return `pipeline requiring input has no parameter(s) provided. Need parameter(s): ${[...specs.keys()].join(', ')}`
}

function describeMismatch(specs: ReadonlyMap<string, ParameterSpec>, given: JsonObject): string | undefined {
  for (const [name, spec] of specs) {
    const value = given[name]
    const problem = value === undefined ? describeAbsence(name, spec) : describeType(name, spec.type, value)
    if (problem !== undefined) return problem
  }
  const extra = Object.keys(given).filter((name) => !specs.has(name))
  return extra.length > 0
    ? `parameter(s) provided are not required by pipeline: ${extra.join(', ')}`
    : undefined
}

function describeAbsence(name: string, spec: ParameterSpec): string | undefined {
  if (spec.optional || spec.defaultValue !== undefined) return undefined
  return `parameter ${name} is not optional, yet has neither default value nor user provided value`
}

interface Kind {
  readonly fits: (value: Json) => boolean
  readonly complaint: string
}

const NUMBER: Kind = {
  fits: (value) => typeof value === 'number',
  complaint: 'requires type double or integer, but the parameter value is not of number value type',
}

const KINDS: Readonly<Record<string, Kind>> = {
  NUMBER_DOUBLE: NUMBER,
  NUMBER_INTEGER: NUMBER,
  STRING: kind('string', (value) => typeof value === 'string'),
  BOOLEAN: kind('bool', (value) => typeof value === 'boolean'),
  LIST: kind('list', (value) => Array.isArray(value)),
  STRUCT: kind('struct', isObject),
  TASK_FINAL_STATUS: {
    fits: () => false,
    complaint: 'requires type TASK_FINAL_STATUS, which is invalid for root component',
  },
  PARAMETER_TYPE_ENUM_UNSPECIFIED: { fits: () => false, complaint: 'has unspecified type' },
}

function kind(name: string, fits: (value: Json) => boolean): Kind {
  return { fits, complaint: `requires type ${name}, but the input parameter is not of ${name} value type` }
}

function describeType(name: string, type: string, value: Json): string | undefined {
  const known = KINDS[type]
  if (!known) return `input parameter ${name} requires type unknown`
  return known.fits(value) ? undefined : `input parameter ${name} ${known.complaint}`
}
