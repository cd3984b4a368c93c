import { join, posix } from 'node:path/posix'
import type { DvcLock } from '../formats/dvc-lock.wire.ts'
import type { DeclaredOutput, DeclaredStage } from '../formats/dvc-yaml.wire.ts'
import type { RecordedOutput } from '../formats/entry.wire.ts'
import { unsupported } from '../invalid.ts'
import type { Output } from './output.ts'

/** One dvc.yaml with the lock beside it. */
export interface Pipeline {
  /** Relative path of the dvc.yaml. */
  readonly file: string
  readonly stages: ReadonlyMap<string, DeclaredStage>
  readonly lock: DvcLock
}

/**
 * The outputs of a pipeline: dvc.lock names the objects, dvc.yaml says which of them are cached and pushed, and where
 * to. What the lock still remembers of stages and outputs that dvc.yaml no longer has does not count, as in DVC.
 * An output that dvc.yaml has and the lock does not is one without oid.
 * @throws Failure `config` where a template leaves open what is meant
 */
export function pipelineOutputs({ file, stages, lock }: Pipeline): Output[] {
  const recorded: Output[] = []
  const met = new Set<DeclaredOutput>()
  for (const [name, outs] of lock) {
    const stage = stages.get(name) ?? multipliedStage(stages, name)
    if (stage === undefined) continue
    for (const out of outs) {
      const declared = declarationOf(stage, out, `${file}:${name}`)
      if (declared === undefined) continue
      met.add(declared)
      recorded.push(outputOf(`${file}:${name}`, folderOf(file, stage, name), out, declared))
    }
  }
  return [...recorded, ...unrecorded({ file, stages, lock }, met)]
}

function multipliedStage(
  stages: ReadonlyMap<string, DeclaredStage>,
  name: string,
): DeclaredStage | undefined {
  const at = name.indexOf('@')
  const stage = at === -1 ? undefined : stages.get(name.slice(0, at))
  return stage?.multiplied === true ? stage : undefined
}

function declarationOf(
  { outs }: DeclaredStage,
  { path }: RecordedOutput,
  on: string,
): DeclaredOutput | undefined {
  const exact = outs.find((out) => normalize(out.path) === normalize(path))
  if (exact !== undefined) return exact
  const matching = outs.filter((out) => out.path.includes('${') && templateMatches(out.path, path))
  const [first] = matching
  if (first === undefined) return undefined
  if (matching.every((out) => sameFlags(out, first))) return first
  throw unsupported(
    `${on} (${path})`,
    `several templates of dvc.yaml can mean it, and they differ in cache, push or remote: ${matching.map((out) => out.path).join(', ')}`,
    'Write the output that differs without a template',
  )
}

/** `models/${item}.pkl` as a pattern in which `${…}` stands for anything. */
function templateMatches(template: string, path: string): boolean {
  const literal = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`, 's').test(path)
}

function sameFlags(a: DeclaredOutput, b: DeclaredOutput): boolean {
  return a.cache === b.cache && a.push === b.push && a.remote === b.remote
}

function folderOf(file: string, { wdir }: DeclaredStage, name: string): string {
  if (wdir.includes('${'))
    throw unsupported(`${file}:${name}`, `its wdir is the template ${wdir}`, 'Write the wdir out')
  return join(posix.dirname(file), wdir)
}

function outputOf(source: string, folder: string, out: RecordedOutput, declared: DeclaredOutput): Output {
  const { remote, cache, push } = declared
  return { ...out, path: join(folder, out.path), source, remote, cache, push, imported: false }
}

/** What a stage declares and no lock entry names: the stage has not been run, or its lock was not committed. */
function unrecorded({ file, stages }: Pipeline, met: ReadonlySet<DeclaredOutput>): Output[] {
  return [...stages].flatMap(([name, stage]) =>
    stage.outs
      .filter((declared) => declared.cache && declared.push && !met.has(declared))
      .map(({ path, remote, cache, push }) => ({
        path: join(posix.dirname(file), stage.wdir, path),
        source: `${file}:${name}`,
        oid: undefined,
        hash: 'md5' as const,
        size: undefined,
        remote,
        cache,
        push,
        imported: false,
      })),
  )
}

function normalize(path: string): string {
  return posix.normalize(path).replace(/\/$/, '')
}
