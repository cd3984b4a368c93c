import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFailure, invalidFile } from '../invalid.ts'
import type { Repository } from '../repository/repository.ts'
import type { FileTree } from '../repository/tree.ts'

/** A file as it is to be written. */
export interface FileEdit {
  /** Relative to the root. */
  readonly file: string
  /** What stood there; undefined for a new file. */
  readonly before: string | undefined
  readonly text: string
}

/** What a decoder puts where bytes are no UTF-8. */
const REPLACED = '\ufffd'

/** Files of the repository, read once and changed as often as is needed; nothing is written. */
export interface Texts {
  read(file: string): Promise<string | undefined>
  change(file: string, text: string): void
  edits(): FileEdit[]
}

export function createTexts(tree: FileTree): Texts {
  const files = new Map<string, { readonly before: string | undefined; readonly now: string | undefined }>()
  return {
    read: async (file) => {
      const known = files.get(file)
      if (known !== undefined) return known.now
      const before = await tree.read(file)
      if (before?.includes(REPLACED) === true)
        throw invalidFile(file, 'it is no UTF-8, so that it cannot be rewritten', 'Save it as UTF-8')
      files.set(file, { before, now: before })
      return before
    },
    change: (file, text) => void files.set(file, { before: files.get(file)?.before, now: text }),
    edits: () =>
      [...files].flatMap(([file, { before, now }]) =>
        now === undefined || now === before ? [] : [{ file, before, text: now }],
      ),
  }
}

/** Writes the files, each whole or not at all. @throws Failure `config` where that is not possible */
export async function writeRecords(
  { root }: Pick<Repository, 'root'>,
  edits: readonly FileEdit[],
): Promise<void> {
  for (const { file, text } of edits) {
    await replaceFile(join(root, file), text).catch((error: unknown) => {
      throw fileFailure(file, error)
    })
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  const mode = await stat(path).then(
    (found) => found.mode,
    () => 0o666,
  )
  try {
    const handle = await open(beside, 'wx', mode)
    await handle.writeFile(text).finally(() => handle.close())
    await rename(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}
