import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readTar, type TarRecord } from './tar.ts'

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'

/**
 * Unpacks one layer over a directory; whiteouts remove what lower layers brought (image-spec layer.md).
 * @throws Error for links, devices and paths that leave the directory: nothing of the sandbox needs them
 */
export async function extractLayer(layer: Buffer, mediaType: string, root: string): Promise<void> {
  const archive = mediaType.endsWith('gzip') ? gunzipSync(layer) : layer
  for (const record of readTar(archive)) await extractRecord(record, root)
}

async function extractRecord(record: TarRecord, root: string): Promise<void> {
  const path = safePath(record.path)
  if (path === '') return
  if (record.type === 'link' || record.type === 'other') {
    throw new Error(
      `layer entry "${record.path}" is a link or a device; the sandbox unpacks only files and directories`,
    )
  }
  const target = join(root, path)
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === OPAQUE) return emptyDirectory(dirname(target))
  if (name.startsWith(WHITEOUT))
    return rm(join(dirname(target), name.slice(WHITEOUT.length)), { recursive: true, force: true })
  if (record.type === 'directory') {
    await mkdir(target, { recursive: true })
    return
  }
  await mkdir(dirname(target), { recursive: true })
  // A file of an upper layer replaces one that may not be writable.
  await rm(target, { recursive: true, force: true })
  await writeFile(target, record.body, { mode: record.executable ? 0o755 : 0o644 })
}

/** `./a//b` -> `a/b`. @throws Error for `..`, which could leave the root */
export function safePath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..') || path.includes('\u0000'))
    throw new Error(`layer entry "${path}" leaves its root`)
  return segments.join('/')
}

async function emptyDirectory(path: string): Promise<void> {
  const names = await readdir(path).catch(() => [])
  for (const name of names) await rm(join(path, name), { recursive: true, force: true })
}
