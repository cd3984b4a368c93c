import { describe, expect, test } from '@jest/globals'
import { type Change, decodeManifest } from '../src/index.ts'
import { edit, setImage, setValue } from './edit.ts'

const SERVICE = 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: churn}\n'
const refusals: [what: string, text: string, code: string, seen: string][] = [
  [
    'an alias',
    `${SERVICE}x: &img a:1\nspec: {predictor: {model: {image: *img}}}\n`,
    'MANIFEST_VALUE_SHARED',
    'the anchor &img on line 4',
  ],
  [
    'a merge key',
    `${SERVICE}x: &m\n  image: a:1\nspec: {predictor: {model: {<<: *m}}}\n`,
    'MANIFEST_VALUE_SHARED',
    'the anchor &m on line 4',
  ],
  [
    'an alias further up',
    `${SERVICE}x: &p {model: {image: a:1}}\nspec: {predictor: *p}\n`,
    'MANIFEST_VALUE_SHARED',
    '&p on line 4',
  ],
  [
    'an anchor that is used elsewhere',
    `${SERVICE}spec: {predictor: {model: {image: &i a:1}}}\nx: *i\n`,
    'MANIFEST_EDIT_SPREADS',
    'x (by the anchor &i on line 4)',
  ],
  [
    'an anchor above the value that is used elsewhere',
    `kind: List\nitems:\n- &one\n  ${SERVICE.replaceAll('\n', '\n  ')}spec: &spec {predictor: {model: {image: a:1}}}\n- {name: production, spec: *spec}\n`,
    'MANIFEST_EDIT_SPREADS',
    'items[1].spec.predictor.model.image (by the anchor &spec on line 7)',
  ],
  [
    'an anchor above the value that is merged elsewhere',
    `${SERVICE}spec: &spec {predictor: {model: {image: a:1}}}\nother: {<<: *spec}\n`,
    'MANIFEST_EDIT_SPREADS',
    'other.predictor.model.image (by the anchor &spec on line 4)',
  ],
  [
    'a list of merge keys',
    `${SERVICE}x: &n {other: 1}\ny: &m\n  image: a:1\nspec: {predictor: {model: {<<: [*n, *m]}}}\n`,
    'MANIFEST_VALUE_SHARED',
    'the anchor &m on line 5',
  ],
  [
    'a tag of a number',
    `${SERVICE}spec: {predictor: {model: {image: !!int 5}}}\n`,
    'MANIFEST_VALUE_TAGGED',
    'f.yaml:4: spec.predictor.model.image has the tag !!int',
  ],
  [
    'a tag of its own',
    `${SERVICE}spec: {predictor: {model: {image: !env IMAGE}}}\n`,
    'MANIFEST_VALUE_TAGGED',
    'has the tag !env',
  ],
  [
    'a key without a value',
    `${SERVICE}spec: {predictor: {model: {image}}}\n`,
    'MANIFEST_VALUE_NOT_TEXT',
    'spec.predictor.model.image is a key without a value',
  ],
  [
    'a name that a template makes',
    `${SERVICE.replace('churn', '"{{ .Release.Name }}"')}spec: {predictor: {model: {image: a:1}}}\n`,
    'MANIFEST_IS_TEMPLATE',
    'f.yaml:4',
  ],
  [
    'a map where text is due',
    `${SERVICE}spec: {predictor: {model: {image: {a: b}}}}\n`,
    'MANIFEST_VALUE_NOT_TEXT',
    'spec.predictor.model.image',
  ],
  ['a key that stands twice', `${SERVICE}kind: X\n`, 'MANIFEST_INVALID', 'f.yaml:4: DUPLICATE_KEY'],
  [
    'a key that stands twice, once in quotes, deep in a flow map',
    `${SERVICE}spec: [{a: {b: 1,\n  "b": 2}}]\n`,
    'MANIFEST_INVALID',
    'f.yaml:5: DUPLICATE_KEY',
  ],
  ['a set with a member twice', `${SERVICE}s: !!set {a, a}\n`, 'MANIFEST_INVALID', 'DUPLICATE_KEY'],
  [
    'an ordered map with a key twice',
    `${SERVICE}o: !!omap\n- a: 1\n- b: 2\n- a: 3\n`,
    'MANIFEST_INVALID',
    'f.yaml:7: DUPLICATE_KEY',
  ],
  [
    'an ordered map with two keys in one item',
    `${SERVICE}o: !!omap\n- a: 1\n- b: 2\n  c: 3\n`,
    'MANIFEST_INVALID',
    'f.yaml:6: an item of an !!omap',
  ],
  [
    'an alias without an anchor before it',
    `${SERVICE}x: [*i]\ny: &i 1\n`,
    'MANIFEST_INVALID',
    'f.yaml:4: the alias *i has no anchor before it',
  ],
  ['a list that holds itself', `${SERVICE}self: &s [*s]\n`, 'MANIFEST_INVALID', 'f.yaml:4: the alias *s'],
  [
    'a map that holds itself further down, under an anchor that is used twice',
    `s: &s 1\n${SERVICE}self: &s {a: [\n  {b: *s}]}\n`,
    'MANIFEST_INVALID',
    'f.yaml:6: the alias *s',
  ],
  [
    'a merge key that merges no map',
    `${SERVICE}x: &x 1\ny: {<<: *x}\n`,
    'MANIFEST_INVALID',
    'Merge sources must be maps',
  ],
  ['text that is not YAML', `${SERVICE}spec: [\n`, 'MANIFEST_INVALID', 'f.yaml:'],
  [
    'a Helm template',
    `${SERVICE}spec:\n{{- if .Values.x }}\n  predictor: {}\n{{- end }}\n`,
    'MANIFEST_IS_TEMPLATE',
    'f.yaml:',
  ],
  [
    'a Helm template that parses',
    `${SERVICE}spec: {predictor: {model: {image: a:1}}}\nx: {{ .Values.x }}\n`,
    'MANIFEST_IS_TEMPLATE',
    'f.yaml:5',
  ],
  [
    'a templated value',
    `${SERVICE}spec: {predictor: {model: {image: "a:{{ .Values.tag }}"}}}\n`,
    'MANIFEST_IS_TEMPLATE',
    'f.yaml:4',
  ],
  ['a file over 1 MiB', `# ${'x'.repeat(2 ** 20)}\n`, 'MANIFEST_TOO_LARGE', '1048576'],
  ['deep flow lists', '['.repeat(200_000), 'MANIFEST_TOO_DEEP', '100'],
  ['deep block lists on one line', `${'- '.repeat(200)}a\n`, 'MANIFEST_TOO_DEEP', '100'],
  ['deep explicit keys', `${'? '.repeat(200)}a\n`, 'MANIFEST_TOO_DEEP', '100'],
  [
    'deep block maps',
    Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'MANIFEST_TOO_DEEP',
    '100',
  ],
  ['201 documents', '---\na: 1\n'.repeat(201), 'MANIFEST_TOO_MANY_DOCUMENTS', '201'],
  ['101 aliases', `a: &a 1\nb: [${'*a, '.repeat(101)}]\n`, 'MANIFEST_TOO_MANY_ALIASES', '101'],
  ['an alias bomb', bomb(), 'MANIFEST_TOO_MANY_ALIASES', 'expand'],
]

describe('a manifest is refused for', () => {
  test.each(refusals)('%s', (_what, text, code, seen) => {
    expect(() => edit(text, [setImage('a:2')], 'f.yaml')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(seen) }),
    )
  })

  test('bytes that are not UTF-8', () => {
    expect(() => decodeManifest('f.yaml', Buffer.from('\ufeffkind: x', 'utf16le'))).toThrow(
      expect.objectContaining({ code: 'MANIFEST_NOT_UTF8' }),
    )
  })

  const text = `${SERVICE}spec: {predictor: {model: {image: a:1}}}\n`
  const env = (value: string): Change => ({ set: 'env', key: 'A', value, target: {} })
  const twice: [what: string, one: Change, other: Change][] = [
    ['two changes at one place', setImage('a:2'), setImage('a:3')],
    ['two changes at one place, one of which says what stands there', setImage('a:1'), setImage('a:3')],
    ['two changes of a variable that is not there yet', env('1'), env('2')],
    ['two changes of which one is by a path', setImage('a:2'), setValue('spec.predictor.model.image', 'a:3')],
  ]
  test.each(twice)('%s', (_what, one, other) => {
    expect(() => edit(text, [one, other])).toThrow(
      expect.objectContaining({ code: 'MANIFEST_CHANGED_TWICE' }),
    )
  })
})

test('an anchor whose other users have a value of their own does not stand in the way', () => {
  const text = `${SERVICE}spec: {predictor: {model: &m {image: a:1}}}\nother: {<<: *m, image: b:1}\n`
  expect(edit(text, [setImage('a:2')])).toBe(text.replace('a:1', 'a:2'))
})

test.each([
  ['an alias', `${SERVICE}x: &i a:2\nspec: {predictor: {model: {image: *i}}}\n`],
  ['a merge key', `${SERVICE}x: &m {image: a:2}\nspec: {predictor: {model: {<<: *m}}}\n`],
])('a value that %s brings in is left as it is when it is the wished one', (_what, text) => {
  expect(edit(text, [setImage('a:2')])).toBe(text)
})

test('an alias to a sibling is no circle', () => {
  const text = `${SERVICE}spec: {predictor: {model: {image: a:1}}}\na: &a [&b {c: 1}, *b]\nd: [*a, *b]\n`
  expect(edit(text, [setImage('a:2')])).toBe(text.replace('a:1', 'a:2'))
})

test('a manifest of 90 levels is within the limits, and __proto__ in it is a key like any other', () => {
  const text = `${SERVICE}spec: {predictor: {model: {image: a:1}}}\n__proto__: {polluted: true}\ndeep: ${'['.repeat(90)}${']'.repeat(90)}\n`
  expect(edit(text, [setImage('a:2')])).toBe(text.replace('a:1', 'a:2'))
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
  )
  return `l0: &l0 [x]\n${levels.join('\n')}\n`
}
