import { posix } from 'node:path'
import type { DvcLock } from '../formats/dvc-lock.wire.ts'
import type { DeclaredOutput } from '../formats/dvc-yaml.wire.ts'
import type { RecordedOutput } from '../formats/entry.wire.ts'
import type { ResolvedStage } from '../templating/stages.ts'
import type { Output } from './output.ts'

/**
 * The outputs of a pipeline: dvc.lock names the objects, dvc.yaml says which of them are cached and pushed, and where
 * to. What the lock still remembers of stages and outputs that dvc.yaml no longer has does not count, as in DVC.
 * An output that dvc.yaml has and the lock does not is one without oid.
 * @param file relative path of the dvc.yaml
 */
export function pipelineOutputs(file: string, stages: readonly ResolvedStage[], lock: DvcLock): Output[] {
  return stages.flatMap((stage) => {
    const recorded = lock.get(stage.name) ?? []
    return stage.outs.flatMap((declared) => {
      const found = recorded.find(({ path }) => isSamePath(path, declared.path))
      if (found !== undefined) return [outputOf(file, stage, found, declared)]
      // What is never pushed needs no record to be pushed.
      return declared.cache && declared.push ? [outputOf(file, stage, unrecorded(declared), declared)] : []
    })
  })
}

function outputOf(
  file: string,
  { name, wdir }: ResolvedStage,
  recorded: RecordedOutput,
  { remote, cache, push }: DeclaredOutput,
): Output {
  // An absolute path is one from any folder, and for who judges paths to refuse.
  const path = posix.isAbsolute(recorded.path) ? recorded.path : posix.join(wdir, recorded.path)
  return { ...recorded, path, source: `${file}:${name}`, remote, cache, push, origin: undefined }
}

/** The stage has not been run, or its lock was not committed. */
function unrecorded({ path }: DeclaredOutput): RecordedOutput {
  return { path, oid: undefined, hash: 'md5', size: undefined, nfiles: undefined, isexec: false }
}

function isSamePath(a: string, b: string): boolean {
  return normalize(a) === normalize(b)
}

function normalize(path: string): string {
  return posix.normalize(path).replace(/\/$/, '')
}
