import type { World } from '@mlops-actions/diagnostics'
import { openCheckout, type RevisionScope } from '@mlops-actions/git'
import type { BoundOutput } from '../objects/inventory.ts'
import type { Binding } from './bind.ts'
import { bindPast, type Past, readPast } from './past.ts'
import type { Remote } from './remote.ts'
import type { Repository } from './repository.ts'
import { formatS3Url } from './s3-url.ts'
import type { Selection } from './targets.ts'

/** What other commits name, and where that belongs. */
export interface BoundPast extends Omit<Past, 'outputs'> {
  readonly binding: Binding
}

export interface OtherCommitsWish extends Selection {
  readonly scope: RevisionScope
  readonly purpose: 'push' | 'pull'
  /** As with `bindOutputs`. */
  readonly remote: string | undefined
  /** What this commit names itself. */
  readonly ours: readonly BoundOutput[]
}

/**
 * Reads what other commits name and binds it; undefined where no other commit is asked for. A commit that cannot be read is
 * warned of.
 * @throws Failure `config` where the folder is in no Git repository, or in a shallow checkout
 */
export async function readOtherCommits(
  world: World,
  { root, config }: Pick<Repository, 'root' | 'config'>,
  { scope, purpose, remote, ours, ...selection }: OtherCommitsWish,
): Promise<BoundPast | undefined> {
  if (!scope.branches && !scope.tags && !scope.commits) return undefined
  const { env, log } = world
  const past = await readPast(await openCheckout(world, root), scope, { ...selection, env, log })
  for (const { commit, seen } of past.unreadable)
    log.warn(`What commit ${commit.slice(0, 7)} names cannot be read, and stays out: ${seen}`)
  return { ...past, binding: bindPast(past, config, remote, purpose, ours) }
}

/** The remotes of this commit and of others, each once. Pure. */
export function remotesOf(binding: Binding, past: BoundPast | undefined): readonly Remote[] {
  const all = [...binding.remotes, ...(past?.binding.remotes ?? [])]
  return [...new Map(all.map((remote) => [remote.name, remote])).values()]
}

/** Their URLs by name. Pure. */
export function remoteUrls({
  binding,
  past,
}: {
  readonly binding: Binding
  readonly past: BoundPast | undefined
}): Record<string, string> {
  return Object.fromEntries(remotesOf(binding, past).map((remote) => [remote.name, formatS3Url(remote)]))
}
