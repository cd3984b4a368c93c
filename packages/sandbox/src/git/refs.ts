import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCommit } from './objects.ts'

/**
 * The commit that a branch, a tag without a message, or HEAD stands for. As in objects.ts, undefined is where git itself has
 * to be asked: packed references, annotated tags, and whatever is not there.
 */
export async function resolveLoose(directory: string, revision: string): Promise<string | undefined> {
  if (!/^[\w./-]+$/.test(revision) || revision.includes('..')) return undefined
  for (const name of [`refs/heads/${revision}`, `refs/tags/${revision}`, revision]) {
    const oid = await readRef(directory, name)
    if (oid === undefined) continue
    return (await readCommit(directory, oid)) === undefined ? undefined : oid
  }
  return undefined
}

/** What gitrepository-layout(5) keeps in a file: a SHA, or the name of another reference. */
async function readRef(directory: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(directory, name), 'utf8').catch(() => '')
  const [, target, oid] = /^(?:ref: (refs\/\S+)|([0-9a-f]{40}))\n$/.exec(text) ?? []
  return target === undefined ? oid : readRef(directory, target)
}
