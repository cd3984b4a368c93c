import { describe, expect, test } from '@jest/globals'
import {
  evaluateCondition,
  evaluateDeep,
  evaluateTemplate,
  type Scope,
  splitTemplate,
} from '../src/expressions.ts'

const constant = (value: boolean) => ({ minArgs: 0, maxArgs: 0, call: () => value })
const scope: Scope = {
  contexts: {
    github: { ref: 'refs/heads/main', event: { list: [{ n: 1 }, { n: 2 }], big: 1e3 } },
    env: { EMPTY: '' },
    inputs: { flag: true, 'dashed-name': 'x' },
  },
  functions: {
    success: constant(true),
    failure: constant(false),
    always: constant(true),
    cancelled: constant(false),
  },
}

describe('templates', () => {
  test.each([
    ['plain', 'plain'],
    ['${' + '{ inputs.flag }}', true],
    ['a ${' + '{ inputs.flag }} b', 'a true b'],
    ['${' + '{ github.event.list }}', [{ n: 1 }, { n: 2 }]],
    ['${' + "{ join(github.event.list.*.n, '-') }}", '1-2'],
    ['${' + '{ github.missing.deep }}', null],
    ['x${' + '{ github.missing }}', 'x'],
    ['${' + '{ inputs.dashed-name }}', 'x'],
    ['${' + "{ format('{0} }}}}', 'a') }}", 'a }}'],
    ['${' + "{ case(inputs.flag, 'yes', 'no') }}", 'yes'],
    ['${' + '{ fromJSON(\'{"a": [1]}\').a[0] }}', 1],
    ['${' + "{ contains('Hello', 'ELL') }}", true],
    ['${' + '{ toJSON(inputs.flag) }}', 'true'],
    ['${' + '{ github.event.big }}', 1000],
  ])('%j is %j', (text, value) => {
    expect(evaluateTemplate(text, scope)).toEqual(value)
  })

  test('are evaluated anywhere in a value', () => {
    expect(evaluateDeep({ a: ['${' + '{ inputs.flag }}'], b: 2 }, scope)).toEqual({ a: [true], b: 2 })
  })

  test('a context that is not there is an unrecognized name', () => {
    expect(() => evaluateTemplate('${' + '{ secrets.X }}', scope)).toThrow(
      "Unrecognized named-value: 'secrets'",
    )
  })

  test('an expression that is not closed is refused', () => {
    expect(() => splitTemplate('a ${' + "{ 'x }}' ")).toThrow('not closed')
  })
})

describe('conditions', () => {
  test.each([
    [undefined, true, false],
    ['', true, false],
    ["github.ref == 'refs/heads/main'", true, false],
    ['${' + "{ github.ref == 'refs/heads/main' }}", true, false],
    ['always()', true, true],
    ['Always()', true, true],
    ['failure()', false, true],
    ["!cancelled() && env.EMPTY == ''", true, true],
    ["github.ref == 'always('", false, false],
    ['false', false, false],
    ['inputs.flag || failure()', true, true],
    ['${' + "{ github.ref }} == 'other'", true, false],
  ])('%j holds: %j after success, %j after failure', (condition, afterSuccess, afterFailure) => {
    const failed: Scope = {
      ...scope,
      functions: { ...scope.functions, success: constant(false), failure: constant(true) },
    }
    expect(evaluateCondition(condition, scope)).toBe(afterSuccess)
    expect(evaluateCondition(condition, failed)).toBe(afterFailure)
  })
})
