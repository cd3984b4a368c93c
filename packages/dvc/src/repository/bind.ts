import { invalidFile } from '../invalid.ts'
import type { BoundOutput } from '../objects/inventory.ts'
import type { DvcConfig } from './config.ts'
import type { Output } from './output.ts'
import { type Remote, resolveRemote } from './remote.ts'
import type { SelectedOutput } from './targets.ts'

/** Why an output is in no push, or in no pull from the remotes of this repository. */
export type LeftOut =
  | 'imported'
  | 'not cached'
  | 'not pushed'
  | 'of another remote'
  | 'of a remote that is gone'

export interface Binding {
  readonly outputs: readonly BoundOutput[]
  readonly leftOut: readonly { readonly output: Output; readonly reason: LeftOut }[]
  /** Only those that an output goes to. */
  readonly remotes: readonly Remote[]
}

/**
 * Pure: which output goes to which remote. With `wanted`, outputs that are bound to another remote stay out, as with
 * `dvc push -r` (dvc/repo/push.py). What was imported is kept by the repository it came from. A pull may find what is
 * not pushed all the same.
 * @throws Failure `config` where no remote is named, or one that is unknown or unsupported
 */
export function bindOutputs(
  outputs: readonly SelectedOutput[],
  config: DvcConfig,
  wanted: string | undefined,
  purpose: 'push' | 'pull' = 'push',
): Binding {
  const bound: BoundOutput[] = []
  const leftOut: { readonly output: Output; readonly reason: LeftOut }[] = []
  for (const output of outputs) {
    const reason = reasonToLeaveOut(output, wanted?.toLowerCase(), purpose)
    if (reason === undefined) bound.push({ ...output, target: targetOf(output, config, wanted) })
    else leftOut.push({ output, reason })
  }
  const names = [...new Set(bound.map(({ target }) => target))]
  return { outputs: bound, leftOut, remotes: names.map((name) => resolveRemote(config, name)) }
}

function reasonToLeaveOut(
  output: Output,
  wanted: string | undefined,
  purpose: 'push' | 'pull',
): LeftOut | undefined {
  if (output.origin !== undefined) return 'imported'
  if (!output.cache) return 'not cached'
  if (!output.push && purpose === 'push') return 'not pushed'
  if (wanted !== undefined && output.remote !== undefined && output.remote !== wanted)
    return 'of another remote'
  return undefined
}

function targetOf(
  { remote, path }: Output,
  { defaultRemote }: DvcConfig,
  wanted: string | undefined,
): string {
  const target = remote ?? wanted?.toLowerCase() ?? defaultRemote
  if (target !== undefined) return target
  throw invalidFile(
    '.dvc/config',
    `no remote is named for ${path}: core.remote is not set`,
    'Set one with `dvc remote add --default storage s3://bucket/prefix`, or give the input `remote`',
    'DVC_REMOTE',
  )
}
