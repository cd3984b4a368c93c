import { describe, expect, test } from '@jest/globals'
import {
  array,
  boolean,
  type Checked,
  dictionary,
  number,
  oneOf,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '../src/index.ts'

const application = record({
  metadata: record({ name: string, labels: optional(dictionary(string)) }),
  status: optional(
    record({ sync: record({ status: oneOf('Synced', 'OutOfSync'), revision: optional(string) }) }),
  ),
  replicas: withDefault(number, 1),
  images: withDefault(array(string), []),
  raw: unknownValue,
  paused: optional(boolean),
})

describe('a check', () => {
  test('gives a typed value that holds what was asked for and nothing else', () => {
    const value: unknown = JSON.parse(
      '{"metadata":{"name":"churn","uid":"1"},"status":{"sync":{"status":"Synced","revision":null}},"images":null,"raw":[1],"extra":1}',
    )
    const app: Checked<typeof application> = application(value)
    expect(app).toStrictEqual({
      metadata: { name: 'churn' },
      status: { sync: { status: 'Synced' } },
      replicas: 1,
      images: [],
      raw: [1],
    })
  })

  test.each([
    ['{"metadata":{"name":7}}', 'metadata.name: got number, want string'],
    ['{"metadata":{}}', 'metadata.name: got nothing, want string'],
    ['{}', 'metadata: got nothing, want object'],
    ['[]', 'the value: got array, want object'],
    ['null', 'the value: got null, want object'],
    [
      '{"metadata":{"name":"a"},"status":{"sync":{"status":"synced"}}}',
      'status.sync.status: got "synced", want one of Synced, OutOfSync',
    ],
    ['{"metadata":{"name":"a"},"replicas":"2"}', 'replicas: got string, want number'],
    ['{"metadata":{"name":"a"},"replicas":1e999}', 'replicas: got Infinity, want number'],
    ['{"metadata":{"name":"a"},"images":["x",{}]}', 'images[1]: got object, want string'],
    ['{"metadata":{"name":"a"},"images":{"0":"x"}}', 'images: got object, want array'],
    [
      '{"metadata":{"name":"a","labels":{"app.kubernetes.io/name":1}}}',
      'metadata.labels["app.kubernetes.io/name"]: got number, want string',
    ],
    ['{"metadata":{"name":"a"},"paused":"true"}', 'paused: got string, want boolean'],
  ])('of %s says "%s"', (text, message) => {
    expect(() => application(JSON.parse(text))).toThrow(new Error(message))
  })

  test('takes nothing from a prototype and pollutes none', () => {
    const evil: unknown = JSON.parse(
      '{"__proto__":{"name":"evil","polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    )
    expect(() => record({ name: string })(evil)).toThrow('name: got nothing, want string')
    expect(() => record({ toString: string })({})).toThrow('toString: got nothing, want string')
    const labels = dictionary(unknownValue)(evil)
    expect(Object.keys(labels)).toEqual(['constructor'])
    expect(Object.getPrototypeOf(labels)).toBeNull()
    expect('polluted' in {}).toBe(false)
  })
})
