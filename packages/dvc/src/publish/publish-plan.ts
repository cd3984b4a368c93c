import { posix } from 'node:path'
import { invalidFile, unsupported } from '../invalid.ts'
import type { BoundOutput, Inventory } from '../objects/inventory.ts'
import { isDirectoryOid, md5Of } from '../repository/output.ts'
import { parsePublicUrl } from '../repository/s3-url.ts'

/** What of a repository is to be served: an output, and the name of the model it is. */
export interface PublishRequest {
  readonly path: string
  readonly model: string
}

/** One object of DVC and the key under which it can be served. */
export interface PublishedFile {
  readonly relpath: string
  readonly key: string
  /** The object's oid. */
  readonly md5: string
  /** Bytes where they are known. */
  readonly size: number | undefined
}

export interface PublishPlan {
  readonly model: string
  readonly path: string
  /** Name of the remote that has the objects. */
  readonly remote: string
  readonly bucket: string
  /** Ends with a slash. */
  readonly prefix: string
  /**
   * `s3://bucket/models/churn/<md5>/`. The slash at the end belongs to it: KServe lists by the bare prefix, and
   * without the slash gets the neighbours too (kserve_storage.py).
   */
  readonly uri: string
  readonly files: readonly PublishedFile[]
  readonly warnings: readonly string[]
}

const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e'

/**
 * Pure: where each file of an output goes. An object of DVC is named by its hash alone, so KServe cannot serve it;
 * the published tree has the real names below a prefix that names the content, and therefore never changes.
 * @throws Failure `config` for what cannot be published
 */
export function planPublish(
  outputs: readonly BoundOutput[],
  { directories, objects, idOf }: Inventory,
  { path, model }: PublishRequest,
  to: string,
): PublishPlan {
  const output = outputs.find((known) => known.path === posix.normalize(path).replace(/\/$/, ''))
  const on = `publish: ${path}`
  if (output?.oid === undefined) throw unknownOutput(outputs, path, on)
  if (output.hash !== 'md5')
    throw unsupported(
      on,
      'it was recorded by DVC 2',
      'Record it again: `dvc commit -f`, then commit its .dvc file',
    )
  const { bucket, prefix: base } = parsePublicUrl('publish-to', to)
  const prefix = `${base}${model}/${md5Of(output.oid)}/`
  const entries = isDirectoryOid(output.oid)
    ? (directories.get(output.path) ?? [])
    : [{ md5: output.oid, relpath: posix.basename(output.path) }]
  const files = entries.map(({ md5, relpath }) => {
    const size = objects.get(idOf(output.target, output.hash, md5))?.size
    return { md5, relpath, key: `${prefix}${relpath}`, size }
  })
  assertPublishable(files, on)
  const uri = `s3://${bucket}/${prefix}`
  return {
    model,
    path: output.path,
    remote: output.target,
    bucket,
    prefix,
    uri,
    files,
    warnings: warningsOf(path, files),
  }
}

function unknownOutput(outputs: readonly BoundOutput[], path: string, on: string) {
  const known = outputs.slice(0, 8).map((output) => output.path)
  const around = outputs.find((output) => posix.normalize(path).startsWith(`${output.path}/`))
  if (around !== undefined)
    return invalidFile(
      on,
      `it lies in the output ${around.path}, and an output is published as a whole`,
      `Name ${around.path}, or track this file by itself`,
      'DVC_PUBLISH',
    )
  return invalidFile(
    on,
    'no output that this step pushes has this path',
    known.length === 0 ? 'Push what is to be published' : `Name one of ${known.join(', ')}`,
    'DVC_PUBLISH',
  )
}

function assertPublishable(files: readonly PublishedFile[], on: string): void {
  if (files.length === 0)
    throw unsupported(on, 'the output is an empty directory', 'Publish an output with files')
  for (const { relpath, key } of files) {
    if (Buffer.byteLength(key) > 1024)
      throw unsupported(
        `${on} (${relpath})`,
        'its key would be longer than the 1,024 bytes of S3',
        'Shorten the path',
      )
  }
}

function warningsOf(path: string, files: readonly PublishedFile[]): string[] {
  const empty = files.filter(({ md5 }) => md5 === EMPTY_MD5).map(({ relpath }) => relpath)
  if (empty.length === 0) return []
  const names = `${empty.slice(0, 5).join(', ')}${empty.length > 5 ? ', …' : ''}`
  return [
    `${path} holds ${empty.length} empty file(s) (${names}): KServe does not download objects of size 0`,
  ]
}
