import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GitRepository } from './repository.ts'

/** Of all attributes these come first, so none of the tree converts anything (gitattributes(5)). */
const AS_IT_IS = '* -text !crlf !eol -ident -filter !working-tree-encoding\n'

/**
 * Writes the files of a commit into a folder, each as its bytes are. A symlink becomes a file with its target as text, so
 * that nothing which is written or read in the folder later leads out of it; submodules stay empty folders.
 * @param folder an existing, empty one
 */
export async function extractTree(repository: GitRepository, commit: string, folder: string): Promise<void> {
  await mkdir(join(repository.directory, 'info'), { recursive: true })
  await writeFile(join(repository.directory, 'info', 'attributes'), AS_IT_IS)
  const settings = ['core.symlinks=false', 'core.autocrlf=false', 'core.bare=false'].flatMap((setting) => [
    '-c',
    setting,
  ])
  const args = [...settings, `--work-tree=${folder}`, 'checkout', '--quiet', '--force', commit, '--', '.']
  await repository.run({ what: 'Cannot write the files of the branch', args, isRemote: true })
}
