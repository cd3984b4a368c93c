import { deepStrictEqual } from 'node:assert'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { factsOf, type ObjectFacts, type S3Peer } from '../s3/server.ts'

/** Objects of a cache or a remote by their paths, such as `files/md5/ab/cdef….dir`, whose bytes may be lists of files. */
export interface Objects {
  readonly facts: Readonly<Record<string, ObjectFacts>>
  /** The bytes of a list of files. */
  readonly list: (path: string) => Promise<string>
}

const OBJECT = /^files\/md5\/([0-9a-f]{2})\/([0-9a-f]{30})(\.dir)?$/

/** Under the name of an object lies what the name says, and no list of files promises what is not there. */
export async function assertWhole(where: string, { facts, list }: Objects): Promise<void> {
  const wrong: string[] = []
  for (const [path, { md5 }] of Object.entries(facts)) {
    const [, first = '', rest = '', isList] = OBJECT.exec(path) ?? []
    if (first === '') continue
    if (md5 !== first + rest) wrong.push(`${path} has the MD5 ${md5}`)
    else if (isList !== undefined)
      for (const member of membersOf(await list(path)))
        if (!(pathOf(member) in facts)) wrong.push(`${path} promises ${pathOf(member)}, which is not there`)
  }
  deepStrictEqual(wrong, [], where)
}

function membersOf(text: string): readonly string[] {
  const entries: unknown = JSON.parse(text)
  return Array.isArray(entries) ? entries.map((entry) => String(Object(entry).md5)) : []
}

function pathOf(md5: string): string {
  return `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}

/** What a cache has under the names of objects; files on their way there have others. */
export async function cacheObjects(cache: string): Promise<Objects> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true }).catch(() => [])
  const facts = new Map<string, ObjectFacts>()
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(cache, file).split(sep).join('/')
    if (OBJECT.test(path)) facts.set(path, factsOf(await readFile(file)))
  }
  return { facts: Object.fromEntries(facts), list: (path) => readFile(join(cache, path), 'utf8') }
}

/** What a remote has; its lists are read where somebody else keeps the same ones. */
export async function remoteObjects(
  { s3, bucket, prefix }: { readonly s3: S3Peer; readonly bucket: string; readonly prefix: string },
  lists: string,
): Promise<Objects> {
  return {
    facts: await s3.objects(bucket, `${prefix}/store/`),
    list: (path) => readFile(join(lists, path), 'utf8'),
  }
}
