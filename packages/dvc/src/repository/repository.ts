import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { messageOf } from '@mlops-actions/diagnostics'
import { parseDvcFile } from '../formats/dvc-file.wire.ts'
import { parseDvcLock } from '../formats/dvc-lock.wire.ts'
import { parseDvcYaml } from '../formats/dvc-yaml.wire.ts'
import { type IgnoreRule, isIgnored, parseIgnoreFile } from '../formats/ignore.ts'
import { fileFailure, invalidFile } from '../invalid.ts'
import { type DvcConfig, readConfig } from './config.ts'
import type { Output } from './output.ts'
import { type Bounds, boundsOf, repositoryPath } from './paths.ts'
import { pipelineOutputs } from './pipeline.ts'

/** A DVC repository as the files of its checkout describe it. */
export interface Repository {
  /** Absolute path. */
  readonly root: string
  readonly bounds: Bounds
  readonly config: DvcConfig
  /** In the order of their paths. */
  readonly outputs: readonly Output[]
}

/** Never looked into (dvc/ignore.py). */
const CLOSED = new Set(['.git', '.hg', '.dvc'])

/**
 * Reads the repository at `path`: its configuration and every `.dvc` and dvc.yaml in it. Links are not followed,
 * ignored folders, nested DVC repositories and the outputs themselves not looked into (dvc/repo/index.py).
 * @throws Failure `config` for the first file that cannot be read as what it should be
 */
export async function readRepository(path: string): Promise<Repository> {
  const root = resolve(path)
  await assertRepository(root)
  const config = await readConfig(root)
  const outputs = await findOutputs(root)
  return { root, bounds: await boundsOf(root, config.cacheDir), config, outputs: arrange(outputs) }
}

/** Level by level, so that the folders which are outputs are known before they would be looked into. */
async function findOutputs(root: string): Promise<Output[]> {
  const outputs: Output[] = []
  const data = new Set<string>()
  const queue: { readonly folder: string; readonly rules: readonly IgnoreRule[] }[] = [
    { folder: '', rules: [] },
  ]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { folder, rules } = next
    if (data.has(folder)) continue
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      throw fileFailure(folder, error)
    })
    if (folder !== '' && entries.some((entry) => entry.name === '.dvc' && entry.isDirectory())) continue
    const names = entries.map(({ name }) => name)
    const here = [...rules, ...(await readRules(root, folder, names))]
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const relative = posix.join(folder, entry.name)
      if (isIgnored(here, relative, entry.isDirectory())) continue
      if (entry.isDirectory() && !CLOSED.has(entry.name)) queue.push({ folder: relative, rules: here })
      if (entry.isDirectory() || !isDvcName(entry.name)) continue
      for (const output of await readOutputs(root, relative)) {
        outputs.push(output)
        data.add(output.path)
      }
    }
  }
  return outputs
}

async function assertRepository(root: string): Promise<void> {
  const found = await lstat(join(root, '.dvc')).catch(() => undefined)
  if (found?.isDirectory() === true) return
  throw invalidFile(
    'path',
    'there is no DVC repository: no folder .dvc in it',
    'Check out the repository before this step (actions/checkout), and give `path` where it is not the root',
    'DVC_NO_REPOSITORY',
  )
}

function isDvcName(name: string): boolean {
  return name === 'dvc.yaml' || (name.endsWith('.dvc') && name !== '.dvc')
}

async function readRules(root: string, folder: string, names: readonly string[]): Promise<IgnoreRule[]> {
  const files = ['.gitignore', '.dvcignore'].filter((name) => names.includes(name))
  const texts = await Promise.all(files.map((name) => readSmall(root, posix.join(folder, name))))
  return texts.flatMap((text) => parseIgnoreFile(text, folder))
}

async function readOutputs(root: string, file: string): Promise<Output[]> {
  const folder = posix.dirname(file)
  const found = file.endsWith('.dvc')
    ? dvcFileOutputs(await readSmall(root, file), file)
    : pipelineOutputs({
        file,
        stages: parseDvcYaml(await readSmall(root, file), file),
        lock: parseDvcLock(
          await readSmall(root, posix.join(folder, 'dvc.lock'), ''),
          posix.join(folder, 'dvc.lock'),
        ),
      })
  return found.map((output) => ({ ...output, path: repositoryPath('', output.path, output.source) }))
}

function dvcFileOutputs(text: string, file: string): Output[] {
  const { wdir, outs, imported } = parseDvcFile(text, file)
  const folder = posix.join(posix.dirname(file), wdir)
  return outs.map((out) => ({
    ...out,
    path: repositoryPath(posix.isAbsolute(wdir) ? wdir : folder, out.path, file),
    source: file,
    imported,
  }))
}

/** A link in the place of one of these files could show a file of the runner in an error message: not followed. */
async function readSmall(root: string, file: string, otherwise?: string): Promise<string> {
  try {
    const handle = await open(join(root, file), constants.O_RDONLY | constants.O_NOFOLLOW)
    return await handle.readFile('utf8').finally(() => handle.close())
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' && otherwise !== undefined) return otherwise
    throw invalidFile(
      file,
      code === 'ELOOP' ? 'it is a symbolic link' : `it cannot be read: ${messageOf(error)}`,
      'Put a regular, readable file there',
    )
  }
}

/** Sorted; what lies inside of another output belongs to its data; two that claim one path are a mistake. */
function arrange(outputs: readonly Output[]): readonly Output[] {
  const byPath = new Map<string, Output>()
  for (const output of outputs) {
    const other = byPath.get(output.path)
    if (other !== undefined)
      throw invalidFile(
        output.source,
        `the output ${output.path} is named by ${other.source} as well`,
        'Remove it from one of them',
      )
    byPath.set(output.path, output)
  }
  const isData = (source: string) => {
    const parts = source.split('/')
    return parts.some((_, at) => at > 0 && byPath.has(parts.slice(0, at).join('/')))
  }
  return [...byPath.values()]
    .filter(({ source }) => !isData(source))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
