import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { applyPlan, type Change, planEdits } from '../src/index.ts'
import { setImage, setStorageUri } from './edit.ts'
import { Dice, RandomManifest } from './random.ts'

const DIGEST = `sha256:${'b'.repeat(64)}`
const IMAGES = [
  'r/churn:v2',
  `r/churn@${DIGEST}`,
  `r/churn:1.10@${DIGEST}`,
  'r.example:5000/other:12e4567',
] as const

/** What kustomize makes of an entry (api/filters/imagetag/updater.go). */
function imageOf(entry: Record<string, string>): string {
  const { name = '', newName = name, newTag, digest } = entry
  return `${newName}${newTag === undefined ? '' : `:${newTag}`}${digest === undefined ? '' : `@${digest}`}`
}

function randomEntry(dice: Dice): Record<string, string> {
  const parts = [
    ['name', 'churn'],
    ['newName', 'r/churn'],
    ['newTag', dice.oneOf(['v1', '1234567', 'on'])],
    ['digest', `sha256:${'a'.repeat(64)}`],
  ] as const
  const kept = parts.filter(([key]) => key === 'name' || dice.oneIn(2))
  return Object.fromEntries(dice.oneIn(2) ? kept : kept.toReversed())
}

function apply(text: string, change: Change): string {
  const file = { path: 'kustomization.yaml', text }
  const edited = applyPlan(planEdits(file, [change]))
  const again = planEdits({ ...file, text: edited }, [change])
  expect(again.values[0]?.isChanged).toBe(false)
  return edited
}

test('an entry of images gives exactly the new image, whatever parts and style it has had', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...IMAGES), (seed, image) => {
      const dice = new Dice(seed)
      const before = {
        resources: ['../base'],
        images: [{ name: 'z', newTag: 'v9' }, randomEntry(dice), { name: 'q' }],
      }
      const text = new RandomManifest(dice, false).textOf(before)
      const after = parse(apply(text, setImage(image, { name: 'churn' })))
      expect(imageOf(after.images[1])).toBe(image)
      expect({ ...after, images: [after.images[0], after.images[2]] }).toEqual({
        ...before,
        images: [before.images[0], before.images[2]],
      })
      expect(Object.keys(after.images[1])).toContain('name')
    }),
    { numRuns: 100, endOnFailure: true },
  )
})

test('a patch in a literal block changes at one value, whatever its style, and so does nothing around it', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = new Dice(seed)
      const patch = {
        apiVersion: 'serving.kserve.io/v1beta1',
        kind: 'InferenceService',
        metadata: { name: 'churn' },
        spec: { predictor: { model: { storageUri: 's3://m/1/', args: ['a', 'b'] }, minReplicas: 1 } },
      }
      const inner = new RandomManifest(dice, false).textOf(patch).replace(/^\ufeff/, '')
      const pad = ' '.repeat(dice.upTo(4) + 4)
      const header = dice.oneOf(['|', '|-', '|+'])
      const lineEnd = inner.includes('\r\n') ? '\r\n' : '\n'
      const body = inner.split(lineEnd).map((line) => (line === '' ? '' : pad + line))
      const text = ['resources: [a]', 'patches:', `  - patch: ${header}`, ...body, 'images: []', ''].join(
        lineEnd,
      )
      const edited = apply(text, setStorageUri('s3://m/2/', { name: 'churn' }))
      expect(edited).toBe(text.replace('s3://m/1/', 's3://m/2/'))
      const made = apply(text, { set: 'env', key: 'A', value: 'on', target: { name: 'churn' } })
      expect(parse(parse(made).patches[0].patch)).toEqual({
        ...patch,
        spec: {
          predictor: {
            ...patch.spec.predictor,
            model: { ...patch.spec.predictor.model, env: [{ name: 'A', value: 'on' }] },
          },
        },
      })
      expect(parse(made)).toEqual({ ...parse(text), patches: [{ patch: expect.any(String) }] })
    }),
    { numRuns: 100, endOnFailure: true },
  )
})
