import { type FileHandle, open, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildkitTls } from './connection.ts'

/** Certificates and key as buildx takes them: by the paths of files (docker/buildx `driver/remote/factory.go`). */
export interface TlsFiles {
  readonly paths: { readonly cacert: string; readonly cert: string; readonly key: string }
  /** For the child, as its descriptor 3, 4, …. */
  readonly open: readonly number[]
  close(): Promise<void>
}

/**
 * Writes them into a folder of ours. On Linux the key's file has lost its name before its first byte is in it, and the child
 * opens it by its descriptor, as often as it likes: even where we are killed there is no key left. Elsewhere a descriptor
 * cannot be opened a second time, and the key goes with the folder.
 */
export async function writeTls(folder: string, { ca, cert, key }: BuildkitTls): Promise<TlsFiles> {
  const write = async (name: string, pem: string): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, pem, { mode: 0o600, flag: 'wx' })
    return path
  }
  const [cacert, client] = await Promise.all([write('ca.pem', ca), write('cert.pem', cert)])
  if (process.platform !== 'linux') {
    const path = await write('key.pem', key)
    return { paths: { cacert, cert: client, key: path }, open: [], close: async () => undefined }
  }
  const file = await openNameless(join(folder, 'key.pem'))
  await file.writeFile(key)
  return {
    paths: { cacert, cert: client, key: '/dev/fd/3' },
    open: [file.fd],
    close: () => file.close(),
  }
}

async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}
