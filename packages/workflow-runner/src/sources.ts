import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import { exportTree, git } from './git.ts'

/** A repository at one commit, present as a directory: where workflow files and actions are read from. */
export interface SourceRepository {
  /** `owner/repo` */
  readonly name: string
  readonly directory: string
  readonly sha: string
  /** `refs/heads/main`, `v1`: as the run or the `uses:` named it. */
  readonly ref: string
}

export interface Sources {
  /** The repository whose workflow runs. */
  readonly own: SourceRepository
  /** The repository behind `owner/repo@ref`. Throws `ACTION_SOURCE_UNKNOWN` for one that is not given. */
  resolve(name: string, ref: string): Promise<SourceRepository>
}

export interface OwnRepository {
  /** A clone or bare repository that has the commit. */
  readonly root: string
  readonly name: string
  readonly sha: string
  readonly ref: string
}

/**
 * The repositories of a run. Directories in `directories` are used as they are (their working tree);
 * the run's own repository is otherwise exported once per commit below `cache`.
 */
export async function openSources(
  own: OwnRepository,
  directories: Readonly<Record<string, string>>,
  cache: string,
): Promise<Sources> {
  const exported = new Map<string, Promise<string>>()
  const exportOnce = (sha: string) => {
    const known = exported.get(sha) ?? exportCommit(own.root, sha, join(cache, own.name, sha))
    exported.set(sha, known)
    return known
  }
  const ownDirectory = directories[own.name] ?? (await exportOnce(own.sha))
  return {
    own: { name: own.name, directory: ownDirectory, sha: own.sha, ref: own.ref },
    async resolve(name, ref) {
      const directory = directories[name]
      if (directory !== undefined) return { name, directory, sha: await headOf(directory), ref }
      if (name !== own.name) throw unknownSource(name, ref)
      const sha = await git(['rev-parse', `${ref}^{commit}`], { cwd: own.root })
      return { name, directory: await exportOnce(sha), sha, ref }
    },
  }
}

async function exportCommit(root: string, sha: string, target: string): Promise<string> {
  if (existsSync(target)) return target
  await mkdir(target, { recursive: true })
  await exportTree(root, sha, target)
  return target
}

async function headOf(directory: string): Promise<string> {
  return git(['rev-parse', 'HEAD'], { cwd: directory }).catch(() => '0'.repeat(40))
}

function unknownSource(name: string, ref: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ACTION_SOURCE_UNKNOWN',
    what: 'The workflow uses a repository that is not at hand',
    on: `${name}@${ref}`,
    seen: 'no local directory and no stand-in is given for it',
    next: 'Name a directory for it, map it to a stand-in, or run the workflow on GitHub',
  })
}
