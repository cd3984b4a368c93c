import { type Checkout, listTreeFiles, readBlobs } from '@mlops-actions/git'
import { type CommitTreeOptions, commitTree } from './commit-tree.ts'
import type { FileTree } from './tree.ts'

/** A Git repository on this machine, and where in it the DVC repository lies. */
export interface GitRoot {
  readonly checkout: Checkout
  /** Folder of the DVC repository below the root of the Git repository; '' is that root. */
  readonly prefix: string
}

/** The files of a commit, out of the objects of git: the workspace may hold anything. @param commit its full SHA */
export async function revisionTree(
  { checkout, prefix }: GitRoot,
  commit: string,
  blobs: CommitTreeOptions['readBlobs'] = (oids) => readBlobs(checkout, oids),
): Promise<FileTree> {
  return commitTree({
    name: `commit ${commit.slice(0, 7)}`,
    files: await listTreeFiles(checkout, commit),
    folder: prefix,
    readBlobs: blobs,
  })
}
