import { common, defineInputs, type InputsOf, text } from '@mlops-actions/runner'

export const inputs = defineInputs({
  metrics: text({ required: true }),
  gate: text({ default: '' }),
  champion: text(),
  summary: common.summary(),
})

export type Inputs = InputsOf<typeof inputs.fields>
