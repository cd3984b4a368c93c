import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { factsOf, type ObjectFacts } from '../s3/server.ts'

/** What is to be put somewhere: a file, a symbolic link, or a folder of such. */
export type Node =
  | { readonly kind: 'file'; readonly content: Buffer; readonly executable: boolean }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder'; readonly entries: ReadonlyMap<string, Node> }

/** What a file that data came back as is known by. */
export interface FileFacts extends ObjectFacts {
  readonly executable: boolean
}

export function textFile(text: string): Node {
  return { kind: 'file', content: Buffer.from(text), executable: false }
}

/** Puts it there, and the folders above it. */
export async function writeNode(path: string, node: Node): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  if (node.kind === 'link') return symlink(node.target, path)
  if (node.kind === 'file') {
    await writeFile(path, node.content)
    return chmod(path, node.executable ? 0o755 : 0o644)
  }
  await mkdir(path, { recursive: true })
  for (const [name, entry] of node.entries) await writeNode(join(path, name), entry)
}

/** Never data: git's and DVC's own. */
const OWN = new Set(['.git', '.dvc'])

/** Which files of a repository a pull brings back, and how. */
export interface Restored {
  /** Whether what is at a path is data that no pull brings back. */
  readonly isLost: (path: string) => boolean
  /** Whether it comes back with its executable bit: DVC keeps none of files in directories. */
  readonly keepsMode: (path: string) => boolean
}

/**
 * Every file below a folder with its content, a link to a file as that file. Links to folders and empty folders are
 * nothing to DVC.
 */
export async function readTree(
  folder: string,
  { isLost, keepsMode }: Restored,
): Promise<Readonly<Record<string, FileFacts>>> {
  const found: Record<string, FileFacts> = {}
  const visit = async (below: string): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      const path = posix.join(below, name)
      if (OWN.has(name) || isLost(path)) continue
      const entry = await lstat(join(folder, path))
      if (entry.isDirectory()) await visit(path)
      else if (await isFile(join(folder, path))) {
        const { mode } = await stat(join(folder, path))
        const facts = factsOf(await readFile(join(folder, path)))
        found[path] = { ...facts, executable: keepsMode(path) && (mode & 0o100) !== 0 }
      }
    }
  }
  await visit('')
  return found
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path)).isFile()
}
