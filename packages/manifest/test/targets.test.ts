import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import { placesIn } from '../src/find/places.ts'
import { applyPlan, type Change, planEdits, type Setting } from '../src/index.ts'
import { openManifest } from '../src/read/manifest.ts'
import { Dice, RandomManifest } from './random.ts'

/** What may be said of a file with anchors: an alias brings in the value, shows it elsewhere, or doubles an object. */
const REFUSALS: ReadonlySet<string> = new Set([
  'MANIFEST_VALUE_SHARED',
  'MANIFEST_EDIT_SPREADS',
  'MANIFEST_TARGET_AMBIGUOUS',
])

const SETTINGS = [
  { set: 'image', value: 'r/new:12e4567', parts: { name: 'r/new', tag: '12e4567' } },
  { set: 'storage-uri', value: 's3://new/' },
  { set: 'env', key: 'OTHER', value: 'on' },
  { set: 'env', key: 'NEW', value: 'a: b' },
  { set: 'annotation', key: 'example.com/new', value: '1' },
] as const

/** Random aliases can make a circle, or expand too far, which is refused in any case. */
function isSound(text: string): boolean {
  try {
    const manifest = openManifest({ path: 'f.yaml', text })
    for (const document of manifest.documents) manifest.parse(document)
    return true
  } catch (error) {
    const code = Reflect.get(Object(error), 'code')
    if (code === 'MANIFEST_INVALID' || code === 'MANIFEST_TOO_MANY_ALIASES') return false
    throw error
  }
}

/** A change of a place that is there, chosen among all of the file. */
function randomChange(dice: Dice, text: string): Change | undefined {
  const setting = dice.oneOf<Setting>(SETTINGS)
  const manifest = openManifest({ path: 'f.yaml', text })
  const places = manifest.documents.flatMap((document) =>
    placesIn(manifest.parse(document), { ...setting, target: {} }),
  )
  const chosen = places[dice.upTo(places.length) - 1]
  if (chosen === undefined) return undefined
  const { name, component, container } = chosen.place
  return { ...setting, target: { name, component, container } }
}

function read(text: string): unknown[] {
  const documents = [...parseAllDocuments(text, { merge: true })]
  // As JSON, so that what aliases share is copied.
  return JSON.parse(JSON.stringify(documents.map((document) => document.toJS())))
}

function withValueAt(root: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value
  const isList = Array.isArray(root) || (root === undefined && typeof step === 'number')
  const copy: unknown = isList ? [...(Array.isArray(root) ? root : [])] : { ...Object(root) }
  Reflect.set(Object(copy), step, withValueAt(Reflect.get(Object(root), step), rest, value))
  return copy
}

/** How much of two texts is the same at the start and at the end. */
function sameAround(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start += 1
  let end = 0
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return start + end
}

for (const isShared of [false, true]) {
  test(`in random files ${isShared ? 'with' : 'without'} anchors the chosen value changes and nothing else`, () => {
    let edits = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const dice = new Dice(seed)
        const text = new RandomManifest(dice, isShared).text()
        if (!isSound(text)) return
        const change = randomChange(dice, text)
        if (change === undefined) return
        const outcome = attempt(text, change)
        if (outcome === undefined) {
          expect(isShared && text.includes('*')).toBe(true)
          return
        }
        edits += 1
        expectOnly(text, change, outcome)
      }),
      { numRuns: 100, endOnFailure: true },
    )
    expect(edits).toBeGreaterThan(25)
  })
}

type Outcome = ReturnType<typeof planEdits>

/** Undefined where it is refused for a reason that anchors give. */
function attempt(text: string, change: Change): Outcome | undefined {
  try {
    return planEdits({ path: 'f.yaml', text }, [change])
  } catch (error) {
    if (REFUSALS.has(String(Reflect.get(Object(error), 'code')))) return undefined
    throw error
  }
}

function expectOnly(text: string, change: Change, plan: Outcome): void {
  const edited = applyPlan(plan)
  const [{ place, isChanged, before } = { place: undefined, isChanged: false, before: '' }] = plan.values
  if (place === undefined) throw new Error('nothing was planned')
  const isNew = before === '' && change.set === 'env'
  const value = isNew ? { name: change.key, value: change.value } : change.value
  expect(read(edited)).toEqual(withValueAt(read(text), [place.document, ...place.path], value))
  expect(isChanged).toBe(edited !== text)
  const isInserted = before === ''
  const changed = (isInserted ? text.length : text.length - before.length - 2) - sameAround(text, edited)
  expect(changed).toBeLessThanOrEqual(0)
  const again = planEdits({ path: 'f.yaml', text: edited }, [change])
  expect(applyPlan(again)).toBe(edited)
  expect(again.values[0]?.isChanged).toBe(false)
}
