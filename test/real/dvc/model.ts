import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { COMMITTED_CONFIG } from './remotes.ts'

/** Bytes that make a file one that is sent in parts. */
const LARGE = 17 * 2 ** 20

/** A repository with a model, one of whose files is large, and a file beside it; its remotes are nowhere yet. */
export async function makeModel(dvc: Dvc, root: string): Promise<void> {
  await mkdir(join(root, 'model/1/assets'), { recursive: true })
  await git(root, 'init', '--quiet', '--initial-branch=main')
  await dvc.run(root, 'init')
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  await writeFile(join(root, 'model/1/weights.bin'), Buffer.alloc(LARGE, 'weights of the model; '))
  await writeFile(join(root, 'model/1/assets/ü labels.txt'), 'cat\ndog\n')
  await writeFile(join(root, 'model/config.json'), '{"max_batch_size":8}')
  await writeFile(join(root, 'tokenizer.json'), '{"lower":true}')
  await dvc.run(root, 'add', 'model', 'tokenizer.json')
  await commitAll(root, 'a model')
}
