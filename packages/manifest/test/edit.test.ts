import { describe, expect, test } from '@jest/globals'
import { edit, setImage, setStorageUri } from './edit.ts'

const HEAD =
  'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: churn\nspec:\n  predictor:\n'
const custom = (image: string): string =>
  `${HEAD}    containers:\n      - name: kserve-container\n        image: ${image}\n`
const model = (line: string): string =>
  `${HEAD}    model:\n      modelFormat: {name: sklearn}\n      storageUri: ${line}\n`

describe('an edit keeps the style of the value', () => {
  const shapes: [name: string, before: string, value: string, after: string][] = [
    ['plain', 'repo/a:1', 'repo/a:2', 'repo/a:2'],
    ['plain with a comment', 'repo/a:1   # keep me', 'repo/a:2', 'repo/a:2   # keep me'],
    ['single quotes', "'repo/a:1'", 'repo/a:2', "'repo/a:2'"],
    ['double quotes', '"repo/a:1"', 'repo/a:2', '"repo/a:2"'],
    ['a tag', '!!str repo/a:1', 'repo/a:2', '!!str repo/a:2'],
    ['no value', '', 'repo/a:2', 'repo/a:2'],
    ['no value but a comment', '# none yet', 'repo/a:2', 'repo/a:2 # none yet'],
    ['a tilde', '~', 'repo/a:2', 'repo/a:2'],
    ['a literal block', '|-\n          repo/a:1', 'repo/a:2', 'repo/a:2'],
    ['a folded block with a comment', '>- # why\n          repo/a:1', 'repo/a:2', 'repo/a:2 # why'],
    ['plain over two lines', 'repo/a\n          :1', 'repo/a:2', 'repo/a:2'],
    ['an unused anchor', '&image repo/a:1', 'repo/a:2', '&image repo/a:2'],
  ]
  test.each(shapes)('%s', (_name, before, value, after) => {
    expect(edit(custom(before), [setImage(value)])).toBe(custom(after))
  })

  const readBack = [
    '1234567',
    '12e4567',
    '1.10',
    'true',
    'on',
    'yes',
    'null',
    '~',
    '0x1f',
    '1:30',
    '1_000',
    'https://b/m?version=1',
    'a: *b',
    'a,*b',
    '0X1F',
    '0B1',
    '0O17',
    '0_x1f',
    '-0_b1',
    '+1_2.5_0',
    '2024-01-01',
    'a: b',
    'a #b',
    '{a}',
    'a,b',
    '- a',
    '*a',
    '&a',
    '',
  ]
  test.each(readBack)('%p is quoted, because a plain one would read as something else', (value) => {
    expect(edit(custom('repo/a:1'), [setImage(value)])).toBe(custom(JSON.stringify(value)))
  })
  test.each([
    ['a\u0085b', '"a\\u0085b"'],
    ['a\tb', '"a\\tb"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['a\ufeffb', '"a\\ufeffb"'],
    ['a\uffffb', '"a\\uffffb"'],
  ])('%j is quoted and escaped, because YAML 1.1 ends a line there or does not print it', (value, quoted) => {
    expect(edit(custom('repo/a:1'), [setImage(value)])).toBe(custom(quoted))
    expect(edit(custom("'repo/a:1'"), [setImage(value)])).toBe(custom(quoted))
  })
  test.each(['repo/a@sha256:9a41', 's3://bucket/churn/7be0/', 'v1', 'host:5000/a:b'])(
    '%p stays plain',
    (value) => {
      expect(edit(custom('repo/a:1'), [setImage(value)])).toBe(custom(value))
    },
  )
  test('a single quote doubles inside single quotes, a new line moves to double quotes', () => {
    expect(edit(custom("'a'"), [setImage("it's")])).toBe(custom("'it''s'"))
    expect(edit(custom("'a'"), [setImage('a\nb')])).toBe(custom('"a\\nb"'))
  })
})

describe('everything else in the file stays as it is', () => {
  const surroundings: [name: string, around: (text: string) => string][] = [
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['no final new line', (text) => text.trimEnd()],
    ['comments in front and behind', (text) => `# vim: ts=2\n\n${text}\n# end\n\n`],
    ['another document in front', (text) => `---\na: [1,  2 ,]\nb: {x:   y}\n---\n${text}`],
    ['an end mark', (text) => `---\n${text}...\n`],
    ['a directive', (text) => `%YAML 1.2\n---\n${text}`],
    ['a line of 500 characters', (text) => `${text}    note: "${'long '.repeat(100)}"\n`],
    ['a tab after a value', (text) => text.replace('sklearn}', 'sklearn}\t')],
    ['quoted braces of another template language', (text) => `${text}    args: ["{{ message }}"]\n`],
  ]
  test.each(surroundings)('%s', (_name, around) => {
    const text = around(model('s3://ml/churn/v1/'))
    expect(edit(text, [setStorageUri('s3://ml/churn/v2/')])).toBe(around(model('s3://ml/churn/v2/')))
  })

  test('a JSON manifest stays JSON', () => {
    const json = (image: string): string =>
      `{\n\t"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",\n\t"metadata": {"name": "churn"},\n\t"spec": {"predictor": {"model": {"image": "${image}"}}}\n}`
    expect(edit(json('a:1'), [setImage('a:2')], 'isvc.json')).toBe(json('a:2'))
  })

  test.each(['null', '5', 'true', '"a:1"'])('a JSON manifest stays JSON where %s stood', (old) => {
    const json = (image: string): string =>
      `{"apiVersion":"serving.kserve.io/v1beta1","kind":"InferenceService","metadata":{"name":"churn"},"spec":{"predictor":{"model":{"image":${image}}}}}`
    const edited = edit(json(old), [setImage('a:2')], 'isvc.json')
    expect(edited).toBe(json('"a:2"'))
    expect(JSON.parse(edited)).toHaveProperty('spec.predictor.model.image', 'a:2')
  })

  test('several changes are made at once, and making them again changes nothing', () => {
    const text = (image: string, uri: string): string =>
      `${HEAD}    model: {storageUri: ${uri}, image: ${image}}\n`
    const changes = [setImage('a:2'), setStorageUri('s3://b/2/')]
    const edited = edit(text('a:1', 's3://b/1/'), changes)
    expect(edited).toBe(text('a:2', 's3://b/2/'))
    expect(edit(edited, changes)).toBe(edited)
  })
})
