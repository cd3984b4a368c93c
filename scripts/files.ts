import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'build', 'dist', '.git'])

/**
 * All files below `root/dir`, as sorted paths relative to `root` with `/`; symbolic links are not followed.
 * A `dir` that is a file is itself the answer; one that does not exist has no files.
 */
export function listFiles(
  root: string,
  dir: string,
  wanted: (path: string) => boolean = () => true,
): string[] {
  const found: string[] = []
  const visit = (relative: string): void => {
    for (const entry of readdirSync(join(root, relative), { withFileTypes: true })) {
      const path = `${relative}/${entry.name}`
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path)
      else if (entry.isFile() && wanted(path)) found.push(path)
    }
  }
  const stat = statSync(join(root, dir), { throwIfNoEntry: false })
  if (stat?.isFile() && wanted(dir)) found.push(dir)
  if (stat?.isDirectory()) visit(dir)
  return found.sort()
}
