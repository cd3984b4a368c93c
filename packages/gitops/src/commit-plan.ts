import {
  applyPlan,
  type Change,
  decodeManifest,
  type Field,
  type ImageParts,
  type ManifestFile,
  type Plan,
  type PlannedValue,
  type Target,
} from '@mlops-actions/manifest'
import { formatImageReference, parseImageReference } from '@mlops-actions/oci'
import type { BranchState } from './branch.ts'
import { type BumpOrder, formatBumpMessage } from './bump-message.ts'
import { type ModelField, targetLabel } from './deployment-log.ts'
import { formatDiff } from './diff.ts'
import type { Decision } from './land.ts'

/** One value to be set. */
export interface Wish {
  readonly field: ModelField
  readonly value: string
}

/** A value of the target as a step found and left it. */
export interface BumpedValue {
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

export interface BumpResult {
  readonly outcome: 'changed' | 'already-there' | 'superseded'
  readonly values: readonly BumpedValue[]
  /** Whether the values that stand there now were written by this workflow run, be it by an earlier attempt. */
  readonly fromThisRun: boolean
  /** As `diff -u` writes it. */
  readonly diff: string
  /** The values as they were planned; by them a later try sees whether somebody else wrote in between. */
  readonly plan: Plan
}

/** The planned edits as a commit to be. */
export function commitPlan(
  { file, order }: { readonly file: string; readonly order: BumpOrder },
  state: BranchState,
  manifest: ManifestFile,
  plan: Plan,
): Decision<BumpResult> {
  const text = applyPlan(plan)
  const values = plan.values.map((value) => withBefore(value, value.before))
  const mode = state.files.find(({ path }) => path === file)?.mode ?? '100644'
  return {
    draft: {
      files: [{ path: file, mode, bytes: Buffer.from(text) }],
      message: formatBumpMessage(order, targetLabel(file, plan), plan.values),
    },
    result: {
      outcome: 'changed',
      values,
      fromThisRun: true,
      diff: formatDiff(file, manifest.text, text),
      plan,
    },
  }
}

export function manifestOf({ files }: BranchState, path: string): ManifestFile {
  const file = files.find((candidate) => candidate.path === path)
  if (file === undefined) throw new Error(`${path} was not read with the branch`)
  return decodeManifest(path, file.bytes)
}

export function changesOf(wishes: readonly Wish[], target: Target): Change[] {
  return wishes.map(({ field, value }) =>
    field === 'image' ? { set: field, value, parts: partsOf(value), target } : { set: field, value, target },
  )
}

function partsOf(image: string): ImageParts {
  const { tag, digest, ...name } = parseImageReference(image)
  return { name: formatImageReference(name), tag, digest }
}

export function changesAnything({ values }: Plan): boolean {
  return values.some(({ isChanged }) => isChanged)
}

/** The value as planned, with what stood there before it. */
export function withBefore(
  { place, path, line, after }: PlannedValue,
  before: string | undefined,
): BumpedValue {
  return { field: place.field, path, line, before, after }
}
