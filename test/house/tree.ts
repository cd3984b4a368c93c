import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with the given files that disappears with the scope: `using tree = makeTree({ 'a/b.ts': '' })`. */
export type Tree = Disposable & { readonly root: string }

/** Writes `files` (path to text, or to a value that becomes JSON) into a new folder below the system's temporary one. */
export function makeTree(files: Readonly<Record<string, unknown>>): Tree {
  const root = mkdtempSync(join(tmpdir(), 'mlops-actions-house-'))
  addFiles(root, files)
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

export function addFiles(root: string, files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
}
