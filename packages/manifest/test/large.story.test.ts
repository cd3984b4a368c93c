import { describe, expect, test } from '@jest/globals'
import { edit, setImage } from './edit.ts'

const SERVICE =
  'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: churn}\nspec: {predictor: {model: {image: a:1}}}\n'

describe('a large manifest is edited within the time of a test:', () => {
  const lines = (line: (index: number) => string): string =>
    Array.from({ length: 30_000 }, (_, index) => line(index)).join('')
  const large: [what: string, text: string][] = [
    ['one map', `x:\n${lines((index) => `  k${index}: v\n`)}`],
    ['one flow map', `x: {${lines((index) => ` k${index}: v,\n`)}}\n`],
  ]
  test.each(large)('%s', async (_what, rest) => {
    const text = `${SERVICE}${rest}`
    expect(edit(text, [setImage('a:2')])).toBe(text.replace('a:1', 'a:2'))
    // Lets the test's own time limit have its say.
    await new Promise((resolve) => setImmediate(resolve))
  })
})
