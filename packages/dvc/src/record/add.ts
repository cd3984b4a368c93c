import { posix } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { formatDvcFile } from '../formats/dvc-file-new.ts'
import { isIgnoredByDvc } from '../formats/dvcignore.ts'
import { invalidFile, unsupported } from '../invalid.ts'
import { hashFile } from '../objects/hash.ts'
import { readDirectory } from '../objects/local-directory.ts'
import { rulesAbove } from '../objects/workspace.ts'
import type { Output } from '../repository/output.ts'
import { findInside, repositoryPath } from '../repository/paths.ts'
import type { Repository } from '../repository/repository.ts'
import { appendIgnoreLine } from './gitignore.ts'
import { noData, recordDirectory, recordFile } from './measure.ts'
import type { Texts } from './texts.ts'

/** What git says of a path, relative to the root of the DVC repository. */
export interface GitFacts {
  /** Whether git keeps the file, or anything in the folder. */
  isTracked(path: string): Promise<boolean>
  /** Whether any rule of git ignores it. */
  isIgnored(path: string): Promise<boolean>
}

/**
 * `dvc add` for data that nothing tracks yet: a `.dvc` file beside it, and a line in the `.gitignore` there unless git
 * ignores it already (dvc/repo/add.py, scmrepo/git).
 * @throws Failure `config` for what DVC refuses too
 */
export async function addOutput(
  world: Pick<World, 'signal'>,
  repository: Repository,
  texts: Texts,
  path: string,
  git: GitFacts | undefined,
): Promise<Output> {
  const on = `add: ${path}`
  const target = repositoryPath('', posix.normalize(path), on)
  const output = await measureOutput(world, repository, target, on)
  await assertAddable(repository, output, git, on)
  if (git !== undefined && (await git.isIgnored(output.source)))
    throw invalidFile(
      on,
      `git ignores ${output.source}, so that nobody would read it`,
      'Take it out of .gitignore',
      'DVC_ADD',
    )
  const name = posix.basename(target)
  texts.change(output.source, formatDvcFile(name, recordedOf(output)))
  if (git !== undefined && !(await git.isIgnored(target))) await ignoreIn(texts, target)
  return output
}

async function ignoreIn(texts: Texts, path: string): Promise<void> {
  const file = posix.join(posix.dirname(path), '.gitignore')
  texts.change(file, appendIgnoreLine(await texts.read(file), posix.basename(path)))
}

async function measureOutput(
  { signal }: Pick<World, 'signal'>,
  { bounds }: Repository,
  path: string,
  on: string,
): Promise<Output> {
  if (path.endsWith('.dvc') || posix.basename(path) === 'dvc.yaml')
    throw invalidFile(
      on,
      "it has the name of one of DVC's own files",
      'Name the data, not its .dvc file',
      'DVC_ADD',
    )
  const found = await findInside(bounds, path)
  if (found.kind === 'absent' || found.kind === 'other') throw noData(found.kind, on)
  const recorded =
    found.kind === 'directory'
      ? recordDirectory(await readDirectory({ signal }, bounds, { path, hash: 'md5' }))
      : await recordFile(found.realPath, await hashFile(found.realPath, 'md5', signal))
  const { oid, size, nfiles, isexec } = recorded
  const flags = { remote: undefined, cache: true, push: true, origin: undefined }
  return { path, source: `${path}.dvc`, oid, hash: 'md5', size, nfiles, isexec, ...flags }
}

function recordedOf({ oid = '', size = 0, nfiles, isexec }: Output) {
  return { oid, size, nfiles, isexec }
}

async function assertAddable(
  { bounds, outputs }: Repository,
  { path }: Output,
  git: GitFacts | undefined,
  on: string,
): Promise<void> {
  const inside = outputs.find((known) => known.path.startsWith(`${path}/`))
  if (inside !== undefined)
    throw unsupported(
      on,
      `${inside.path} in it is tracked by ${inside.source} already`,
      `Remove ${inside.source}, or add what lies beside`,
    )
  const isDirectory = (await findInside(bounds, path)).kind === 'directory'
  if (isIgnoredByDvc(await rulesAbove(bounds, path), path, isDirectory))
    throw invalidFile(
      on,
      '.dvcignore ignores it',
      'Take it out of .dvcignore, or add something else',
      'DVC_ADD',
    )
  if (git !== undefined && (await git.isTracked(path)))
    throw invalidFile(
      on,
      'git keeps it already',
      `Run \`git rm -r --cached '${path}'\` and commit that, then add it`,
      'DVC_ADD',
    )
}
