import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'

/** Which object and which parts a file with holes stands for. */
export interface JournalKey {
  readonly size: number
  readonly etag: string
  readonly partSize: number
}

/** Which parts of an unfinished download are in its file. What they hold is proven by the hash of the whole at the end. */
export interface Journal {
  readonly done: ReadonlySet<number>
  add(part: number): Promise<void>
  close(): Promise<void>
  remove(): Promise<void>
}

const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW

/** The journal beside a file; an empty one where there is none, or where it is of another object. */
export async function openJournal(path: string, key: JournalKey): Promise<Journal> {
  const file = `${path}.parts`
  const heading = JSON.stringify(key)
  const [first, ...lines] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const done = new Set(first === heading ? lines.filter((line) => /^\d+$/.test(line)).map(Number) : [])
  if (done.size === 0) await rm(file, { force: true })
  const handle: FileHandle = await open(file, done.size === 0 ? 'wx' : APPEND)
  if (done.size === 0) await handle.write(`${heading}\n`)
  let open_ = true
  const close = async () => {
    if (open_) await handle.close()
    open_ = false
  }
  return {
    done,
    add: async (part) => void (await handle.write(`${part}\n`)),
    close,
    remove: async () => {
      await close()
      await rm(file, { force: true })
    },
  }
}
