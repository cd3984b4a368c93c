import { describe, expect, test } from '@jest/globals'
import { Expected } from '@mlops-actions/text'
import fc from 'fast-check'
import { HOSTILE_TEXT, HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { parseChanges } from '../src/changes.wire.ts'
import { parseValue } from '../src/wanted.ts'

describe('a list of changes', () => {
  test('is what the inputs would say, entry by entry', () => {
    const [first, second] = parseChanges(`
- file: prod/churn.yaml
  kind: InferenceService
  name: churn
  namespace: prod
  component: transformer
  container: features
  mount-path: /mnt/models
  image: registry.example/churn:v2
  storage-uri: s3://ml/churn/v2/
  annotations: {mlops.example/model-version: 43}
  env:
    LEVEL: 'on'
- path: replicas
  value: 3
`)
    expect(first).toMatchObject({
      files: ['prod/churn.yaml'],
      target: {
        kind: 'InferenceService',
        name: 'churn',
        namespace: 'prod',
        component: 'transformer',
        container: 'features',
        mountPath: '/mnt/models',
      },
      wishes: [
        { set: 'image', value: 'registry.example/churn:v2' },
        { set: 'storage-uri', value: 's3://ml/churn/v2/' },
        { set: 'annotation', key: 'mlops.example/model-version', value: '43' },
        { set: 'env', key: 'LEVEL', value: 'on' },
      ],
    })
    expect(second).toMatchObject({
      files: [],
      wishes: [{ set: 'value', path: 'replicas', value: 3, orElse: '3' }],
    })
    expect(second?.target.path).toBeUndefined()
  })

  test('says where an image stands in the values of a chart', () => {
    expect(parseChanges('- {path: server.image, image: "a:1"}')[0]).toMatchObject({
      target: { path: 'server.image' },
      wishes: [{ set: 'image', value: 'a:1' }],
    })
  })

  test.each<[text: string, value: unknown]>([
    ['v2', { value: 'v2' }],
    ['"3"', { value: '3' }],
    ["'true'", { value: 'true' }],
    ['3', { value: 3, orElse: '3' }],
    ['-0.5', { value: -0.5, orElse: '-0.5' }],
    ['true', { value: true, orElse: 'true' }],
    ['1234567', { value: 1_234_567, orElse: '1234567' }],
    ['12e4567', { value: '12e4567' }],
    ['1.10', { value: '1.10' }],
    ['010', { value: '010' }],
    ['on', { value: 'on' }],
    ['0x1F', { value: '0x1F' }],
    ['-0', { value: '-0' }],
  ])('takes the value %s for what it is', (text, value) => {
    expect(parseChanges(`- {path: a, value: ${text}}`)[0]?.wishes).toEqual([
      { set: 'value', path: 'a', ...(value as object) },
    ])
  })

  const refused: [what: string, text: string, want: string][] = [
    ['nothing', '', 'a YAML list of changes'],
    ['a map', 'image: a:1', 'a YAML list of changes'],
    ['an empty list', '[]', 'a YAML list of changes'],
    ['a list of texts', '- a:1', 'a YAML list of changes'],
    ['no YAML', '- {', 'a YAML list of changes'],
    ['two documents', '- {image: a:1}\n---\n- {image: a:1}', 'a YAML list of changes'],
    ['a key twice', '- {image: "a:1", image: "a:2"}', 'a YAML list of changes'],
    ['a tag that nobody knows', '- !evil {image: "a:1"}', 'a YAML list of changes'],
    ['a nest', '['.repeat(60_000), 'a YAML list of changes'],
    ['too much', `- image: a:1 # ${'x'.repeat(70_000)}`, 'at most 65536 characters'],
    ['too many', '- image: a:1\n'.repeat(101), 'at most 100'],
    ['an alias', '- {name: &n churn, image: "a:1"}\n- {name: *n, image: "a:1"}', 'text, at name (entry 1)'],
    ['a merge key', '- &a {image: "a:1"}\n- {<<: *a}', 'no key "<<" (entry 2)'],
    ['a key that is none', '- {image: "a:1", iamge: "a:2"}', 'no key "iamge" (entry 1)'],
    ['a prototype', '- {image: "a:1", __proto__: {x: 1}}', 'no key "__proto__" (entry 1)'],
    ['nothing to set', '- {name: churn}', 'something to set'],
    ['an empty image', '- {image: }', 'text, at image (entry 1)'],
    ['a list of images', '- {image: ["a:1"]}', 'text, at image (entry 1)'],
    ['an image without a tag', '- {image: registry.example/a}', 'an image with a tag or a digest, at image'],
    ['a file elsewhere', '- {image: "a:1", file: ../a.yaml}', 'at file (entry 1)'],
    ['a file of two lines', '- {image: "a:1", file: "a\\nb"}', 'at file (entry 1)'],
    ['a value without a place', '- {value: 3}', 'path beside value (entry 1)'],
    ['a value of two lines', '- {path: a, value: "x\\ny"}', 'text of one line'],
    ['a map for a value', '- {path: a, value: {b: 1}}', 'text, at value (entry 1)'],
    ['a variable of two lines', '- {env: {A: "x\\ny"}}', 'text of one line'],
    ['a mount that climbs', '- {storage-uri: "s3://a/b/", mount-path: /mnt/../etc}', 'at mount-path'],
    ['a marker without a namespace', '- {image: "a:1", policy: churn}', 'at policy (entry 1)'],
    ['a marker and a name', '- {image: "a:1", policy: "a:b", name: c}', 'beside policy'],
    ['a marker of an annotation', '- {annotations: {a: b}, policy: "a:b"}', 'beside policy'],
    ['an unknown component', '- {image: "a:1", component: sidecar}', 'at component (entry 1)'],
  ]
  test.each(refused)('is refused with %s', (_what, text, want) => {
    expect(() => parseChanges(text)).toThrow(expect.objectContaining({ want: expect.stringContaining(want) }))
  })

  test('is a list or refused, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom(...HOSTILE_TEXT, ...HOSTILE_VALUES))
    fc.assert(
      fc.property(text, text, (key, value) => {
        try {
          expect(parseChanges(`- {${key}: ${value}}`).length).toBeGreaterThan(0)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Expected)
        }
      }),
    )
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })
})

test.each<[text: string, value: unknown]>([
  ['3', { value: 3, orElse: '3' }],
  ['"3"', { value: '3' }],
  ['"a', { value: '"a' }],
  ['"a" b', { value: '"a" b' }],
  ['$(id)', { value: '$(id)' }],
  ['{"a": 1}', { value: '{"a": 1}' }],
])('the input %s is that value', (text, value) => {
  expect(parseValue(text)).toEqual(value)
})
