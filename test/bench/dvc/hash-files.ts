// A worker thread that reads files and hashes them with MD5: what has to be done to the bytes, and nothing else.
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

const buffer = Buffer.alloc(2 ** 20)

for (const path of workerData) {
  const file = openSync(path, 'r')
  const hash = createHash('md5')
  for (let read = -1; read !== 0; ) {
    read = readSync(file, buffer)
    hash.update(buffer.subarray(0, read))
  }
  hash.digest()
  closeSync(file)
}
