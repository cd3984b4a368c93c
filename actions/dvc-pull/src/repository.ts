import { resolve } from 'node:path'
import { type FileTree, type Repository, readRepository, readSettled, revisionTree } from '@mlops-actions/dvc'
import { openCheckout, resolveRevision } from '@mlops-actions/git'
import type { ActionWorld } from '@mlops-actions/runner'
import { assertCacheFolder } from './cache-folder.ts'
import type { Inputs } from './inputs.ts'

/** The repository as the workspace names its data, or as `rev` does, with the cache that this step uses. */
export async function openRepository(
  { path, rev, cacheDir }: Inputs,
  world: ActionWorld,
): Promise<Repository & { readonly revision: string | undefined }> {
  const { env, context } = world
  const root = resolve(context.workspace, path)
  const revision = rev === undefined ? undefined : await openRevision(world, root, rev)
  const tree = revision?.tree
  const read = () => readRepository(root, { env, ...(tree === undefined ? {} : { tree }) })
  // What a commit says nobody is just writing.
  const repository = await (tree === undefined ? readSettled(world, root, read) : read())
  const found = { ...repository, revision: revision?.commit }
  if (cacheDir === undefined) return found
  const folder = resolve(context.workspace, cacheDir)
  await assertCacheFolder(folder, repository)
  return { ...found, config: { ...repository.config, cacheDir: folder } }
}

async function openRevision(
  world: ActionWorld,
  root: string,
  rev: string,
): Promise<{ readonly commit: string; readonly tree: FileTree }> {
  const git = await openCheckout(world, root)
  const commit = await resolveRevision(git.checkout, rev)
  return { commit, tree: await revisionTree(git, commit) }
}
