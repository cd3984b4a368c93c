import { posix } from 'node:path'
import { parseDvcFile } from '../formats/dvc-file.wire.ts'
import { parseDvcLock } from '../formats/dvc-lock.wire.ts'
import { parseDvcYaml } from '../formats/dvc-yaml.wire.ts'
import { isIgnoredByDvc, parseDvcignore } from '../formats/dvcignore.ts'
import { type IgnoreRule, isIgnored, parseGitignore } from '../formats/ignore.ts'
import { invalidFile } from '../invalid.ts'
import { resolveStages } from '../templating/stages.ts'
import type { Output } from './output.ts'
import { repositoryPath } from './paths.ts'
import { pipelineOutputs } from './pipeline.ts'
import type { FileTree, TreeEntry } from './tree.ts'

/** What makes outputs: a `.dvc` file, or a stage of a dvc.yaml. */
export interface Stage {
  /** `data.dvc`, `dvc.yaml:train`. */
  readonly source: string
  readonly outputs: readonly Output[]
  /** Paths inside of the repository that it depends on. */
  readonly deps: readonly string[]
}

/** Never looked into (dvc/ignore.py). */
const CLOSED = new Set(['.git', '.hg', '.dvc'])

interface Folder {
  readonly path: string
  readonly rules: IgnoreRules
}

/** Each hides by itself: an exception in one of them lets in nothing that the other hides. */
interface IgnoreRules {
  readonly git: readonly IgnoreRule[]
  readonly dvc: readonly IgnoreRule[]
}

/**
 * Every stage of a repository. Links are not followed, ignored folders, nested DVC repositories and the outputs
 * themselves not looked into (dvc/repo/index.py, collect_files). Level by level, so that the folders which are outputs
 * are known before they would be looked into.
 */
export async function collectStages(
  tree: FileTree,
): Promise<{ readonly stages: readonly Stage[]; readonly hidden: readonly string[] }> {
  const stages: Stage[] = []
  const hidden: string[] = []
  const data = new Set<string>()
  const queue: Folder[] = [{ path: '', rules: { git: [], dvc: [] } }]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (data.has(next.path)) continue
    const known = stages.length
    const entries = await tree.list(next.path)
    if (next.path !== '' && entries.some(({ name, isFolder }) => name === '.dvc' && isFolder)) continue
    const rules = await addRules(next.rules, tree, next.path, entries)
    for (const { name, isFolder } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = posix.join(next.path, name)
      const ignored = isIgnored(rules.git, path, isFolder) || isIgnoredByDvc(rules.dvc, path, isFolder)
      if (isFolder && !ignored && !CLOSED.has(name)) queue.push({ path, rules })
      if (isFolder || !isDvcName(name)) continue
      if (ignored) hidden.push(path)
      else stages.push(...(await stagesOf(tree, path)))
    }
    for (const { outputs } of stages.slice(known)) for (const { path } of outputs) data.add(path)
  }
  return { stages, hidden }
}

function isDvcName(name: string): boolean {
  return name === 'dvc.yaml' || (name.endsWith('.dvc') && name !== '.dvc')
}

async function addRules(
  { git, dvc }: IgnoreRules,
  tree: FileTree,
  folder: string,
  entries: readonly TreeEntry[],
): Promise<IgnoreRules> {
  const read = async (file: string) =>
    entries.some(({ name }) => name === file) ? readThere(tree, posix.join(folder, file)) : ''
  const isHidden = isIgnoredByDvc(dvc, posix.join(folder, '.dvcignore'), false)
  return {
    git: [...git, ...parseGitignore(await read('.gitignore'), folder)],
    dvc: isHidden ? dvc : [...dvc, ...parseDvcignore(await read('.dvcignore'), folder)],
  }
}

async function stagesOf(tree: FileTree, file: string): Promise<readonly Stage[]> {
  const text = await readThere(tree, file)
  return file.endsWith('.dvc') ? [dvcFileStage(text, file)] : pipelineStages(tree, text, file)
}

function dvcFileStage(text: string, file: string): Stage {
  const { wdir, outs, deps, origin } = parseDvcFile(text, file)
  const folder = posix.isAbsolute(wdir) ? wdir : posix.join(posix.dirname(file), wdir)
  return {
    source: file,
    deps: deps.flatMap((dep) => insidePath(folder, dep)),
    outputs: outs.map((out) => ({
      ...out,
      path: repositoryPath(folder, out.path, file),
      source: file,
      origin,
    })),
  }
}

async function pipelineStages(tree: FileTree, text: string, file: string): Promise<readonly Stage[]> {
  const lockFile = posix.join(posix.dirname(file), 'dvc.lock')
  const lock = parseDvcLock((await tree.read(lockFile)) ?? '', lockFile)
  const resolved = await resolveStages((path) => tree.read(path), file, parseDvcYaml(text, file))
  return resolved.map((stage) => ({
    source: `${file}:${stage.name}`,
    deps: stage.deps.flatMap((dep) => insidePath(stage.wdir, dep)),
    outputs: pipelineOutputs(file, [stage], lock).map((output) => ({
      ...output,
      path: repositoryPath('', output.path, output.source),
    })),
  }))
}

/** What lies outside is nobody's output. */
function insidePath(folder: string, path: string): string[] {
  if (posix.isAbsolute(path)) return []
  const joined = posix.join(folder, path).replace(/\/$/, '')
  return joined === '..' || joined.startsWith('../') ? [] : [joined]
}

async function readThere(tree: FileTree, file: string): Promise<string> {
  const text = await tree.read(file)
  if (text !== undefined) return text
  throw invalidFile(file, `it went away while ${tree.name} was read`, 'Run the step again')
}
