import { posix } from 'node:path'
import { invalidFile } from '../invalid.ts'
import type { Stage } from './collect.ts'
import { isDirectoryOid, type Output } from './output.ts'

/** What may be asked of targets beside their names. */
export interface Selection {
  readonly targets: readonly string[]
  /** Also the outputs of all stages that those of the targets depend on. */
  readonly withDeps?: boolean
  /** Whether a target may name nothing. */
  readonly mayBeUnknown?: boolean
}

/** What targets are looked up in; a `Repository` is one. */
export interface Targeted {
  readonly outputs: readonly Output[]
  readonly stages?: readonly Stage[]
  readonly hidden?: readonly string[]
}

/** An output, all of it or some of what is in its directory. */
export interface SelectedOutput extends Output {
  /** Paths inside of the directory that are meant, posix; undefined stands for all of it. */
  readonly parts?: readonly string[] | undefined
  /** The commit that names it, where that is not what the workspace names: the workspace then has nothing of it. */
  readonly revision?: string
}

/**
 * The outputs that the targets name: a `.dvc` file, an output, a path inside of an output, a stage (`train`,
 * `dvc.yaml:train`), a dvc.yaml, a folder, which stands for everything tracked below it, or a pattern with `*`, `?`,
 * `[…]` or `**` over any of these. No target means all.
 * @throws Failure `config` for the first target that names nothing
 */
export function selectOutputs(
  repository: Targeted,
  { targets, withDeps = false, mayBeUnknown = false }: Selection,
): readonly SelectedOutput[] {
  if (targets.length === 0) return repository.outputs
  const chosen = new Map<Output, readonly string[] | undefined>()
  for (const target of targets) {
    const found = findTarget(repository, normalize(target))
    if (found.length === 0 && !mayBeUnknown) throw unknownTarget(repository, target)
    for (const { output, part } of found) chosen.set(output, mergeParts(chosen, output, part))
  }
  if (withDeps)
    for (const output of dependencies(repository, [...chosen.keys()])) chosen.set(output, undefined)
  return repository.outputs
    .filter((output) => chosen.has(output))
    .map((output) => ({ ...output, parts: chosen.get(output) }))
}

interface Found {
  readonly output: Output
  /** Undefined: the whole output. */
  readonly part: string | undefined
}

/** By its name, or else inside of an output, or else as a pattern: a file may well be called `a[1].csv`. */
function findTarget({ outputs }: Targeted, target: string): readonly Found[] {
  const whole = (output: Output) => ({ output, part: undefined })
  const named = outputs.filter((output) => isMeant(output, target))
  if (named.length > 0) return named.map(whole)
  const around = outputs.find(({ path, oid }) => isDirectory(oid) && target.startsWith(`${path}/`))
  if (around !== undefined) return [{ output: around, part: target.slice(around.path.length + 1) }]
  if (!/[*?[]/.test(target)) return []
  return outputs
    .filter((output) => [output.path, ...namesOf(output)].some((name) => posix.matchesGlob(name, target)))
    .map(whole)
}

function isDirectory(oid: string | undefined): boolean {
  return oid !== undefined && isDirectoryOid(oid)
}

function isMeant(output: Output, target: string): boolean {
  const { path } = output
  if (target === '.' || target === path || path.startsWith(`${target}/`)) return true
  return namesOf(output).includes(target)
}

/** `sub/x.dvc`; of a stage `dvc.yaml`, `dvc.yaml:train@eu`, `dvc.yaml:train` and both without the file. */
function namesOf({ source }: Output): readonly string[] {
  const at = source.indexOf('dvc.yaml:')
  if (at === -1) return [source]
  const file = source.slice(0, at + 'dvc.yaml'.length)
  const stage = source.slice(file.length + 1)
  const stages = [...new Set([stage, stage.split('@')[0] ?? stage])]
  return [file, ...stages, ...stages.map((name) => `${file}:${name}`)]
}

/** The whole output once, and it stays whole. */
function mergeParts(
  chosen: ReadonlyMap<Output, readonly string[] | undefined>,
  output: Output,
  part: string | undefined,
): readonly string[] | undefined {
  if (part === undefined || (chosen.has(output) && chosen.get(output) === undefined)) return undefined
  return [...(chosen.get(output) ?? []), part]
}

/** Outputs of every stage upstream: one depends on another where a path of its deps overlaps with an output's. */
function dependencies({ outputs, stages = [] }: Targeted, of: readonly Output[]): readonly Output[] {
  const bySource = new Map(stages.map((stage) => [stage.source, stage]))
  const reached = new Set(of.map(({ source }) => source))
  const queue = [...reached]
  for (let source = queue.pop(); source !== undefined; source = queue.pop()) {
    const deps = bySource.get(source)?.deps ?? []
    for (const upstream of outputs) {
      if (reached.has(upstream.source) || !deps.some((dep) => overlaps(dep, upstream.path))) continue
      reached.add(upstream.source)
      queue.push(upstream.source)
    }
  }
  const named = new Set(of)
  return outputs.filter((output) => reached.has(output.source) && !named.has(output))
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
}

function normalize(target: string): string {
  return posix.normalize(target).replace(/\/$/, '')
}

function unknownTarget({ outputs, hidden = [] }: Targeted, target: string) {
  if (hidden.includes(normalize(target)))
    return invalidFile(
      `targets: ${target}`,
      'git or .dvcignore ignores this file, so that DVC does not see it either',
      'Take it out of .gitignore and .dvcignore',
      'DVC_TARGET',
    )
  const known = outputs.slice(0, 8).map(({ path }) => path)
  const around = outputs.find(({ path }) => normalize(target).startsWith(`${path}/`))
  const tracked =
    known.length === 0
      ? 'tracked is nothing'
      : `tracked are ${known.join(', ')}${outputs.length > 8 ? ` and ${outputs.length - 8} more` : ''}`
  return invalidFile(
    `targets: ${target}`,
    around === undefined
      ? `nothing is tracked under this name; ${tracked}`
      : `it lies below the output ${around.path}, which is no directory`,
    around === undefined ? 'Name an output, a .dvc file, a stage or a folder' : `Name ${around.path} instead`,
    'DVC_TARGET',
  )
}
