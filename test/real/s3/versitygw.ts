import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { goProgram } from '../../../scripts/real/go.ts'
import { startService } from '../../../scripts/real/service.ts'
import { factsOf, S3_KEYS, S3_REGION, type S3Peer } from './server.ts'

/** versitygw, which keeps its objects as files, verifies signatures and knows nothing of AWS: github.com/versity/versitygw. */
const VERSION = 'v1.8.0'

/** Installs the gateway; part of starting it, and worth doing beside other installations. */
export function installVersitygw(): Promise<string> {
  return goProgram('github.com/versity/versitygw/cmd/versitygw', VERSION)
}

/** One whose objects can rot as on a disk. */
export interface FileS3Peer extends S3Peer {
  /** Changes one bit of an object, and nothing of what the server knows of it: its ETag stays. */
  flipBit(bucket: string, key: string): Promise<void>
}

/** Other bytes of the same length; of a list of files, one that is a list as well. */
export function withBitFlipped(bytes: Buffer): Buffer {
  const at = Math.max(0, bytes.lastIndexOf('.txt') - 1)
  return Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))
}

/** @param options `accessLog`: a file to which it adds one line for each request */
export async function startVersitygw(options: { readonly accessLog?: string } = {}): Promise<FileS3Peer> {
  const program = await installVersitygw()
  const log = options.accessLog === undefined ? [] : ['--access-log', options.accessLog]
  const service = await startService({
    program,
    args: (port) => ['--quiet', '--port', `127.0.0.1:${port}`, '--region', S3_REGION, ...log, 'posix', '.'],
    env: { ROOT_ACCESS_KEY: S3_KEYS.accessKeyId, ROOT_SECRET_KEY: S3_KEYS.secretAccessKey },
    // Without a signature it must not answer with anything else.
    isReady: async (url) => (await fetch(url)).status === 403,
  })
  const { url, folder } = service
  return {
    name: 'versitygw',
    url,
    createBucket: async (bucket) => {
      await mkdir(join(folder, bucket))
    },
    objects: async (bucket, prefix = '') => {
      const below = join(folder, bucket, prefix)
      const entries = await readdir(below, { recursive: true, withFileTypes: true }).catch(() => [])
      const files = entries.filter((entry) => entry.isFile())
      const facts = files.map(async ({ parentPath, name }) => {
        const file = join(parentPath, name)
        return [relative(below, file), factsOf(await readFile(file))] as const
      })
      return Object.fromEntries(await Promise.all(facts))
    },
    removeObject: (bucket, key) => rm(join(folder, bucket, key)),
    flipBit: async (bucket, key) => {
      const file = join(folder, bucket, key)
      await writeFile(file, withBitFlipped(await readFile(file)))
    },
    [Symbol.asyncDispose]: service[Symbol.asyncDispose],
  }
}
