import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { dirOid, formatDirObject } from '../src/formats/dir-object.wire.ts'
import { md5Token } from '../src/formats/dvc-file-edit.wire.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { objectPath } from '../src/objects/keys.ts'
import { type DvcConfig, mergeConfig } from '../src/repository/config.ts'

/** A file's content, or the target of a symbolic link. */
export type Content = string | Buffer | { readonly link: string }

export interface TestRepository {
  readonly root: string
  write(path: string, content: Content): Promise<void>
  remove(path: string): Promise<void>
  /** Puts an object into the cache; returns its oid. */
  cache(content: string | Buffer): Promise<string>
  /** Puts a `.dir` object and all its members into the cache; returns its oid. */
  cacheDirectory(files: Readonly<Record<string, string | Buffer>>): Promise<string>
  close(): Promise<void>
}

export const CONFIG = `[core]
    remote = store
['remote "store"']
    url = s3://data/dvc
`

/** A DVC repository in a temporary folder: `.dvc/config` and whatever is given. */
export async function makeRepository(files: Readonly<Record<string, Content>> = {}): Promise<TestRepository> {
  const root = await mkdtemp(join(tmpdir(), 'dvc-test-'))
  const write = async (path: string, content: Content) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    if (typeof content === 'object' && 'link' in content) await symlink(content.link, join(root, path))
    else await writeFile(join(root, path), content)
  }
  const store = async (oid: string, content: string | Buffer) => {
    await write(join('.dvc/cache', objectPath(oid, 'md5')), content)
    return oid
  }
  const cache = (content: string | Buffer) => store(md5Hex(content), content)
  for (const [path, content] of Object.entries({ '.dvc/config': CONFIG, ...files }))
    await write(path, content)
  return {
    root,
    write,
    remove: (path) => rm(join(root, path), { recursive: true, force: true }),
    cache,
    cacheDirectory: async (members) => {
      for (const content of Object.values(members)) await cache(content)
      return store(directoryOid(members), directoryBytes(members))
    },
    close: () => rm(root, { recursive: true, force: true }),
  }
}

export function directoryBytes(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return formatDirObject(
    Object.entries(files).map(([relpath, content]) => ({ relpath, md5: md5Hex(content) })),
  )
}

export function directoryOid(files: Readonly<Record<string, string | Buffer>>): string {
  return dirOid(directoryBytes(files))
}

/** The configuration of such a repository, without the repository. */
export function configOf(text = CONFIG): DvcConfig {
  return mergeConfig('/repository', [{ file: '.dvc/config', folder: '/repository/.dvc', text }])
}

/** The text of a `.dvc` file, as DVC writes it. */
export function dvcFile(oid: string, path: string, more = ''): string {
  return `outs:\n- md5: ${md5Token(oid)}\n${more}  hash: md5\n  path: ${path}\n`
}
