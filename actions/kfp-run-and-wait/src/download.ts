import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { explainAws, resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createS3, GetObjectCommand, type S3Client } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { ActionWorld } from '@mlops-actions/runner'
import { formatCount, formatSize } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { listArtifact, parseS3Uri, type S3Place, type StoredObject } from './s3-objects.ts'
import { isPlainPath, resolveInside } from './workspace.ts'

/** Files at the same time. */
const AT_ONCE = 8

/**
 * Downloads output artifacts into the workspace. Every file is compared with what S3 says of it, and gets its name only
 * when it is whole.
 * @returns paths below the workspace
 */
export async function downloadArtifacts(
  inputs: Inputs,
  world: ActionWorld,
  aws: HttpClient,
  artifacts: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { env, context } = world
  const region = resolveRegion(world, { input: inputs.awsRegion })
  const sessionName = `mlops-actions-${context.runId}`
  const credentials = roleCredentials(world, {
    role: inputs.roleToAssume,
    region,
    idToken: world.idToken,
    sessionName,
  })
  const s3 = createS3({ http: aws, region, credentials, requestTimeout: inputs.requestTimeout, env })
  const files: string[] = []
  try {
    for (const [artifact, path] of inputs.download) {
      const place = parseS3Uri(uriOf(artifact, artifacts), artifact)
      files.push(...(await downloadOne(s3, place, path, world)))
    }
  } finally {
    s3.destroy()
  }
  return files
}

function uriOf(artifact: string, artifacts: Readonly<Record<string, string>>): string {
  const uri = Object.hasOwn(artifacts, artifact) ? artifacts[artifact] : undefined
  if (uri !== undefined) return uri
  throw new Failure({
    kind: 'not-found',
    code: 'ARTIFACT_UNKNOWN',
    what: 'Cannot download the artifact',
    on: artifact,
    seen: `the run has put out ${Object.keys(artifacts).join(', ') || 'no artifacts'}`,
    next: 'Correct the name in `download`; where several tasks have it, write <task>.<name>',
  })
}

async function downloadOne(
  s3: S3Client,
  place: S3Place,
  path: string,
  world: ActionWorld,
): Promise<string[]> {
  const { workspace } = world.context
  const objects = await listArtifact(s3, place, world.signal)
  const plan: { readonly object: StoredObject; readonly file: string }[] = []
  for (const object of objects) plan.push({ object, file: await targetOf(object, path, workspace) })
  let next = 0
  const work = async () => {
    for (let item = plan[next++]; item !== undefined; item = plan[next++])
      await fetchObject(s3, place.bucket, item, world)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const bytes = objects.reduce((sum, { size }) => sum + size, 0)
  world.log.info(
    `${formatCount(objects.length, 'file')} (${formatSize(bytes)}) of s3://${place.bucket}/${place.key} to ${path}`,
  )
  return plan.map(({ file }) => relative(workspace, file))
}

/** A folder keeps its names below `path`; a single object becomes `path`, or goes into it where that is a folder. */
async function targetOf({ key, path: rest }: StoredObject, path: string, workspace: string): Promise<string> {
  if (rest !== '' && !isPlainPath(rest)) throw unsafeName(key)
  if (rest !== '') return resolveInside(workspace, join(path, rest), 'download')
  const target = await resolveInside(workspace, path, 'download')
  const isFolder =
    path.endsWith('/') ||
    (await stat(target).then(
      (found) => found.isDirectory(),
      () => false,
    ))
  if (!isFolder) return target
  if (!isPlainPath(basename(key))) throw unsafeName(key)
  return resolveInside(workspace, join(path, basename(key)), 'download')
}

async function fetchObject(
  s3: S3Client,
  bucket: string,
  { object, file }: { readonly object: StoredObject; readonly file: string },
  world: ActionWorld,
): Promise<void> {
  const on = `s3://${bucket}/${object.key}`
  await mkdir(dirname(file), { recursive: true })
  const part = join(dirname(file), `.${randomUUID()}.part`)
  try {
    // If-Match: what is downloaded is what was listed.
    const get = new GetObjectCommand({ Bucket: bucket, Key: object.key, IfMatch: object.etag })
    const answer = await s3.send(get, { abortSignal: world.signal })
    if (!(answer.Body instanceof Readable)) throw broken(on, 'the answer has no body')
    const hash = createHash('md5')
    let bytes = 0
    await pipeline(
      answer.Body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      },
      createWriteStream(part, { flags: 'wx' }),
      { signal: world.signal },
    )
    const isEncryptedByKey =
      answer.ServerSideEncryption?.startsWith('aws:kms') === true || answer.SSECustomerAlgorithm !== undefined
    assertWhole(on, object, bytes, isEncryptedByKey ? undefined : hash.digest('hex'))
    await rename(part, file)
  } catch (thrown) {
    throw explainAws(thrown, { what: 'Cannot download the artifact', on, action: 's3:GetObject' })
  } finally {
    await rm(part, { force: true })
  }
}

/** An ETag is the MD5 only of what was uploaded in one part and is not encrypted with a key of KMS or the caller. */
function assertWhole(on: string, { size, etag }: StoredObject, bytes: number, md5: string | undefined): void {
  if (bytes !== size) throw broken(on, `${bytes} bytes came, and ${size} were announced`)
  const expected = /^"?([0-9a-f]{32})"?$/.exec(etag)?.[1]
  if (expected !== undefined && md5 !== undefined && md5 !== expected)
    throw broken(on, `its MD5 is ${md5}, and its ETag says ${expected}`)
}

function broken(on: string, seen: string): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'ARTIFACT_BROKEN',
    what: 'The artifact did not arrive whole',
    on,
    seen,
    next: 'Run the step again: it attaches to the same run and downloads anew',
    retryable: true,
  })
}

function unsafeName(key: string): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'ARTIFACT_NAME',
    what: 'Refused to download the artifact',
    on: 'its objects in S3',
    seen: `the key ${JSON.stringify(key.slice(0, 200))} is no plain path below the artifact`,
    next: 'Look at who wrote this: a name with .. or an empty part can only be meant to write elsewhere',
  })
}
