import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import { applyPlan, planEdits } from '../src/index.ts'
import { setImage, setStorageUri } from './edit.ts'

interface Written {
  readonly text: string
  /** The text around the target's value. */
  readonly head: string
  readonly tail: string
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const comment = fc.oneof(fc.constant(''), fc.stringMatching(/^ {1,4}# [ -~]{0,20}$/))
const commentLines = fc
  .array(fc.stringMatching(/^ {0,6}#[ -~]{0,20}$/), { maxLength: 3 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''))
const indent = fc.integer({ min: 1, max: 5 }).map((width) => ' '.repeat(width))
const scalarStyle = fc.constantFrom(
  (value: string) => value,
  (value: string) => `'${value}'`,
  (value: string) => JSON.stringify(value),
  (value: string) => `&anchor ${value}`,
)
const otherDocument = fc.oneof(
  fc.constant(''),
  word.map((name) => `# other\n${name}: &x [1,  {a: 2}, "*x"]\nmore: *x\nblock: |+\n  kept \n\n---\n`),
  word.map((name) => `kind: ConfigMap\ndata:\n  ${name}: >-\n    folded\n     text\n---\n`),
)
const value = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}\/[a-z]{1,6}:[a-z0-9.]{1,8}$/),
  fc.stringMatching(/^s3:\/\/[a-z]{1,8}\/[a-z0-9/]{0,9}\/$/),
  fc.constantFrom('1234567', '12e4567', 'on', '1:30', 'null', 'a: b', 'x #y', '2024-01-01', '{}', '"', "'"),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
)

/** A file in which the style of everything around the target's value is random. */
const manifest: fc.Arbitrary<Written> = fc
  .record({
    indent,
    comment,
    commentLines,
    scalarStyle,
    otherDocument,
    key: word,
    crlf: fc.boolean(),
    bom: fc.boolean(),
    cut: fc.boolean(),
  })
  .map(
    ({
      indent: step,
      comment: note,
      commentLines: notes,
      scalarStyle: style,
      otherDocument: other,
      key,
      crlf,
      bom,
      cut,
    }) => {
      const mark = '\u0000'
      const body = [
        `${other}apiVersion: serving.kserve.io/v1beta1\nkind: "InferenceService"\n${notes}metadata: {name:   churn , labels: {l-${key}: 'x'}}`,
        `spec:${note}\n${step}predictor:\n${step}${step}model:${note}\n${notes}${step}${step}${step}image: ${mark}${style('repo/a:1')}${mark}${note}`,
        `${step}${step}${step}storageUri: s3://old/   \n${step}${step}minReplicas: 01\n${notes}${cut ? 'end: 1' : ''}`,
      ].join('\n')
      const text = `${bom ? '\ufeff' : ''}${crlf ? body.replaceAll('\n', '\r\n') : body}`
      const [head = '', inner = '', tail = ''] = text.split(mark)
      const anchor = /^&anchor /.exec(inner)?.[0] ?? ''
      return { text: head + inner + tail, head: head + anchor, tail }
    },
  )

test('whatever surrounds the value, the difference is exactly the value, and a second run changes nothing', () => {
  fc.assert(
    fc.property(manifest, value, ({ text, head, tail }, image) => {
      const file = { path: 'f.yaml', text }
      const edited = applyPlan(planEdits(file, [setImage(image)]))
      expect(edited.startsWith(head)).toBe(true)
      expect(edited.endsWith(tail)).toBe(true)
      const again = planEdits({ ...file, text: edited }, [setImage(image)])
      expect(again.values[0]?.before).toBe(image)
      expect(applyPlan(again)).toBe(edited)
    }),
    { numRuns: 100 },
  )
})

test('there and back again restores every byte of a plain or quoted value', () => {
  fc.assert(
    fc.property(manifest, ({ text }) => {
      const [there, back] = [
        [setImage('repo/b:2'), setStorageUri('s3://new/')],
        [setImage('repo/a:1'), setStorageUri('s3://old/')],
      ]
      const edited = applyPlan(planEdits({ path: 'f.yaml', text }, there))
      expect(applyPlan(planEdits({ path: 'f.yaml', text: edited }, back))).toBe(text)
    }),
    { numRuns: 100 },
  )
})

test('nothing else that the manifest says is different after an edit', () => {
  fc.assert(
    fc.property(manifest, value, ({ text }, image) => {
      const plan = planEdits({ path: 'f.yaml', text }, [setImage(image)])
      const [value] = plan.values
      const wanted = read(text)
      setIn(wanted, [value?.place.document ?? 0, ...(value?.place.path ?? [])], image)
      expect(read(applyPlan(plan))).toEqual(wanted)
    }),
    { numRuns: 100 },
  )
})

function read(text: string): unknown[] {
  return [...parseAllDocuments(text, { merge: true })].map((document) => document.toJS())
}

function setIn(root: unknown, path: readonly (string | number)[], value: string): void {
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(Object(node), step), root)
  Reflect.set(Object(parent), last, value)
}
