import { common, defineInputs, type InputsOf, keyValues, parsed, text } from '@mlops-actions/runner'
import { parseOutcomes, STEP_NAMES } from './steps.ts'

const fields = {
  service: text({ required: true }),
  environment: text({ default: 'production' }),
  steps: parsed('step=outcome lines', parseOutcomes)({ required: true }),
  reports: keyValues(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

export const inputs = defineInputs(fields, ({ reports }, problem) => {
  const unknown = [...reports.keys()].filter((name) => !STEP_NAMES.some((known) => known === name))
  if (unknown.length > 0)
    problem('reports', `${unknown.join(', ')} is no step; want ${STEP_NAMES.join(', ')}`)
})
