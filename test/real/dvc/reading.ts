import { posix } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import { collectStages, workspaceTree } from '@mlops-actions/dvc'
import type { Reading, ReadStage } from './answer.wire.ts'

/** What ours reads in the files of a folder, in the form in which reading.py gives it. */
export async function readByOurs(folder: string): Promise<Reading> {
  try {
    const { stages } = await collectStages(workspaceTree(folder))
    return {
      stages: stages.map(({ source, deps, outputs }) => ({
        name: /dvc\.yaml:(.*)$/s.exec(source)?.[1] ?? '',
        deps,
        outs: outputs.map(({ path, oid, hash, size, nfiles, isexec, cache, push, remote }) => ({
          ...{ path, oid: oid ?? null, hash, size: size ?? null, nfiles: nfiles ?? null },
          ...{ isexec, cache, push, remote: remote ?? null },
        })),
      })),
    }
  } catch (error) {
    if (error instanceof Failure) return { refused: error.message }
    throw error
  }
}

/** What counts of it: the rest is how each of them says the same. */
export function essence(reading: Reading): unknown {
  if ('refused' in reading || !reading.stages.every(isUsable)) return 'refused'
  return reading.stages.map(({ name, deps, outs }) => ({
    name,
    deps: deps.map((dep) => posix.normalize(dep)).sort(),
    outs: outs
      .filter(({ oid, cache, push }) => oid !== null || (cache && push))
      // Without an MD5 there is nothing that its kind could say.
      .map((out) => ({
        ...out,
        hash: out.oid === null ? null : out.hash,
        remote: out.remote?.toLowerCase() || null,
      })),
  }))
}

/** DVC reads some of what it can do nothing with: MD5s in capitals, sizes below zero. */
function isUsable({ name, outs }: ReadStage): boolean {
  const isSize = (size: number | null) => size === null || (size >= 0 && Number.isSafeInteger(size))
  return (
    (outs.length > 0 || name !== '') &&
    outs.every(
      ({ oid, size, nfiles }) =>
        (oid === null || /^[0-9a-f]{32}(\.dir)?$/.test(oid)) && isSize(size) && isSize(nfiles),
    )
  )
}
