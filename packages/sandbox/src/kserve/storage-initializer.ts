import { execFile } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { errorMessage } from '../containers/caught.ts'
import type { ModelStorage } from './options.ts'
import { downloadObject, headBucket, listObjects, NoCredentialsError, type S3Object } from './s3-reader.ts'
import { S3Error } from './s3-request.ts'
import { storageErrorText } from './storage-errors.ts'

/** One object to fetch and the file, relative to the model directory, that it becomes. */
export interface Download {
  readonly key: string
  readonly file: string
}

/**
 * Which objects below a path KServe fetches, and under which names.
 * The path is a plain prefix: `models/v1` also matches `models/v10/…`, whose files then arrive as `0/…`.
 * Keys that end with `/` and empty objects are skipped; an exact match is fetched alone.
 * Source: kserve/kserve:python/storage/kserve_storage/kserve_storage.py `_download_s3`.
 */
export function planDownloads(objects: readonly S3Object[], path: string): Download[] {
  const downloads: Download[] = []
  for (const { key, size } of objects) {
    if (key.endsWith('/') || size === 0) continue
    const exact = key === path
    const file = exact ? basename(key) : key.slice(path.length).replace(/^\/+/, '')
    downloads.push({ key, file })
    if (exact) break
  }
  return downloads
}

export interface InitializerRun {
  readonly uri: string
  readonly directory: string
  readonly storage: ModelStorage | undefined
  readonly now: number
  readonly signal: AbortSignal
  /** One line of the container's log. */
  readonly say: (line: string) => void
}

/**
 * Does what the storage-initializer container does: fetches a model into a directory.
 * @throws Error with the text that ends the container's log
 */
export async function initializeStorage(run: InitializerRun): Promise<void> {
  run.say(`Initializing, args: src_uri [['${run.uri}']] dest_path[ [['/mnt/models']]`)
  run.say(`Copying contents of ${run.uri} to local`)
  await mkdir(run.directory, { recursive: true })
  if (run.uri.startsWith('file://'))
    await cp(run.uri.slice('file://'.length), run.directory, { recursive: true })
  else if (run.uri.startsWith('s3://')) await downloadS3(run)
  else throw new Error(`Cannot recognize storage type for ${run.uri}`)
  run.say(`Successfully copied ${run.uri} to /mnt/models`)
}

async function downloadS3(run: InitializerRun): Promise<void> {
  const { uri, directory, say } = run
  // Python's urlparse: a query and a fragment are no part of the path.
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/?#]*)([^?#]*)/.exec(uri) ?? []
  const path = rest.replace(/^\/+/, '')
  const { storage, objects } = await look(run, bucket, path)
  const reader = { storage, bucket, now: run.now, signal: run.signal }
  const downloads = planDownloads(objects, path)
  if (downloads.length === 0)
    throw new Error(`RuntimeError: Failed to fetch model. No model found in ${path}.`)
  const failed: string[] = []
  for (const { key, file } of downloads) {
    try {
      await store(directory, file, await downloadObject(reader, key))
      say(`Downloaded object ${key}`)
    } catch (error) {
      failed.push(`${key}: ${errorMessage(error)}`)
    }
  }
  if (failed.length > 0) {
    throw new Error(`RuntimeError: Failed to download ${failed.length} files: ${failed.join('; ')}`)
  }
  const [only] = downloads
  if (downloads.length === 1 && only) await unpack(join(directory, only.file), directory)
}

/** The bucket, then what is below the path; its errors are put in words of KServe (storage_errors.py). */
async function look(
  { storage, now, signal }: InitializerRun,
  bucket: string,
  path: string,
): Promise<{ storage: ModelStorage; objects: readonly S3Object[] }> {
  try {
    if (!storage) throw new NoCredentialsError()
    const reader = { storage, bucket, now, signal }
    await headBucket(reader)
    return { storage, objects: await listObjects(reader, path) }
  } catch (error) {
    throw error instanceof S3Error || error instanceof NoCredentialsError
      ? new Error(`RuntimeError: ${storageErrorText(error, bucket)}`, { cause: error })
      : error
  }
}

async function store(directory: string, file: string, content: Buffer): Promise<void> {
  const target = resolve(directory, file)
  if (!target.startsWith(resolve(directory) + sep)) throw new Error(`${file} would leave the model directory`)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, content)
}

/** A single archive is unpacked beside itself and removed, told by its name as Python's mimetypes does. */
async function unpack(file: string, directory: string): Promise<void> {
  const run = promisify(execFile)
  if (/\.(tar|tgz|tar\.gz)$/.test(file)) await run('tar', ['-xf', file, '-C', directory])
  else if (file.endsWith('.zip')) await run('python3', ['-m', 'zipfile', '-e', file, directory])
  else return
  await rm(file)
}
