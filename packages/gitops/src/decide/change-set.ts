import { Failure } from '@mlops-actions/diagnostics'
import {
  applyPlan,
  type Change,
  decodeManifest,
  type Field,
  type ManifestFile,
  type Plan,
  type PlannedValue,
  planEdits,
  type Setting,
  type Target,
} from '@mlops-actions/manifest'
import { formatImageReference, parseImageReference } from '@mlops-actions/oci'
import type { BranchState, CommitDraft } from '../branch/branch.ts'
import { missingFile } from '../branch/refused-file.ts'
import { type BumpOrder, formatBumpMessage } from './bump-message.ts'
import { formatDiff } from './diff.ts'

/** What shall stand at a target; an image as one piece. */
export type Wish =
  | Exclude<Setting, { set: 'image' } | { set: 'value' }>
  | Omit<Extract<Setting, { set: 'image' }>, 'parts'>
  | (Extract<Setting, { set: 'value' }> & { readonly orElse?: FreeValue | undefined })

/** `orElse` of one is what it means where something of another type stands: `1234567` may be a number or a tag. */
export type FreeValue = Extract<Setting, { set: 'value' }>['value']

/** A wish, and the place for it in the repository. */
export type WantedChange = Wish & { readonly file: string; readonly target: Target }

/** A value as it was planned, in its file. */
export interface FileValue extends PlannedValue {
  readonly file: string
  readonly wish: WantedChange
  /** Its place in the list of what was wanted. */
  readonly index: number
}

interface PlannedFile {
  readonly manifest: ManifestFile
  readonly plan: Plan
}

/** Several changes of several files, planned against one head of the branch. */
export interface ChangeSet {
  readonly files: readonly PlannedFile[]
  /** In the order of what was wanted. */
  readonly values: readonly FileValue[]
}

/** A value of a target as a step found and left it. */
export interface BumpedValue {
  readonly file: string
  /** `prod/churn predictor` */
  readonly target: string
  /** Of the object. */
  readonly name: string
  readonly field: Field
  readonly path: string
  readonly line: number
  /**
   * What stood there before. Where the value was there already: what it replaced, as the history tells; undefined where
   * that does not go back so far.
   */
  readonly before: string | undefined
  readonly after: string
}

/**
 * Finds the place of each change in the files of the branch. Pure.
 * @throws Failure of `manifest`
 */
export function planChangeSet(state: BranchState, wanted: readonly WantedChange[]): ChangeSet {
  const paths = [...new Set(wanted.map(({ file }) => file))]
  const files = paths.map((path) => {
    const manifest = manifestOf(state, path)
    const own = wanted.filter(({ file }) => file === path)
    return {
      own,
      manifest,
      plan: planEdits(
        manifest,
        own.map((wish) => changeOf(meantBy(manifest, wish))),
      ),
    }
  })
  const values = files.flatMap(({ own, plan }) =>
    own.flatMap((wish, at) => {
      const value = plan.values[at]
      return value === undefined ? [] : [inFile(value, wish, wanted.indexOf(wish))]
    }),
  )
  return { files, values: values.sort((one, other) => one.index - other.index) }
}

/** A block scalar brings its line end along, which is no part of an image or a URI. */
function inFile(value: PlannedValue, wish: WantedChange, index: number): FileValue {
  return { ...value, file: wish.file, wish, index, before: value.before.trim() }
}

export function changesAnything({ values }: ChangeSet): boolean {
  return values.some(({ isChanged }) => isChanged)
}

/** The planned edits as a commit to be, and as `diff -u` shows them. */
export function draftOf(
  set: ChangeSet,
  order: BumpOrder,
  state: BranchState,
): { readonly draft: Omit<CommitDraft, 'parent'>; readonly diff: string } {
  const edited = set.files
    .map(({ manifest, plan }) => ({ manifest, text: applyPlan(plan) }))
    .filter(({ manifest, text }) => text !== manifest.text)
  return {
    draft: {
      files: edited.map(({ manifest: { path }, text }) => {
        const mode = state.files.find((file) => file.path === path)?.mode ?? '100644'
        return { path, mode, bytes: Buffer.from(text) }
      }),
      message: formatBumpMessage(order, set.values),
    },
    diff: edited.map(({ manifest, text }) => formatDiff(manifest.path, manifest.text, text)).join('\n'),
  }
}

function manifestOf({ files }: BranchState, path: string): ManifestFile {
  const file = files.find((candidate) => candidate.path === path)
  if (file === undefined) throw missingFile('the branch', path)
  return decodeManifest(path, file.bytes)
}

/** A value takes the type of what stands in its place. */
function meantBy(manifest: ManifestFile, wish: WantedChange): WantedChange {
  if (wish.set !== 'value' || wish.orElse === undefined) return wish
  try {
    planEdits(manifest, [changeOf(wish)])
    return wish
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'MANIFEST_VALUE_TYPE') throw thrown
    return { ...wish, value: wish.orElse }
  }
}

function changeOf({ file: _, ...change }: WantedChange): Change {
  if (change.set === 'value')
    return { set: change.set, path: change.path, value: change.value, target: change.target }
  if (change.set !== 'image') return change
  const { tag, digest, ...name } = parseImageReference(change.value)
  return { ...change, parts: { name: formatImageReference(name), tag, digest } }
}

/** The value as planned, with what stood there before it. */
export function withBefore(
  { file, target, place, path, line, after }: FileValue,
  before: string | undefined,
): BumpedValue {
  return { file, target, name: place.name, field: place.field, path, line, before, after }
}
