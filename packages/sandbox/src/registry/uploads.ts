import { randomUUID } from 'node:crypto'
import type { SandboxResponse } from '../server.ts'
import { authorizeRegistry, findRepository, type RegistryCall } from './context.ts'
import { RegistryError } from './errors.ts'
import { isDigest } from './manifest.ts'
import { addRepository, type BlobUpload, type Repository, sha256Digest } from './state.ts'

/** POST: a session (202), the whole blob at once with `digest` (201), or a mount from another repository (201). */
export function startUpload(call: RegistryCall, name: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:InitiateLayerUpload', name)
  if (call.state.createOnPush && !call.state.repositories.has(name)) addRepository(call.state, name, call.now)
  const repository = findRepository(call, name)
  const { query, body } = call.request
  const digest = query.get('digest')
  if (digest !== null) return storeBlob(call, repository, digest, body)
  const mounted = mountBlob(call, repository, query.get('mount'), query.get('from'))
  if (mounted) return mounted
  const upload: BlobUpload = { id: randomUUID(), repository: name, bytes: Buffer.alloc(0) }
  call.state.uploads.set(upload.id, upload)
  return { status: 202, headers: progress(upload) }
}

/** Works only with the account setting BLOB_MOUNTING; otherwise the client gets a session and uploads. */
function mountBlob(
  call: RegistryCall,
  target: Repository,
  mount: string | null,
  from: string | null,
): SandboxResponse | undefined {
  const blob = mount === null ? undefined : call.state.repositories.get(from ?? '')?.blobs.get(mount)
  if (!call.state.blobMounting || mount === null || !blob) return undefined
  authorizeRegistry(call, 'ecr:GetDownloadUrlForLayer', from ?? '')
  target.blobs.set(mount, blob)
  return created(target, mount)
}

/** PATCH: the next bytes; a Content-Range must continue where the session stands. */
export function appendUpload(call: RegistryCall, name: string, id: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:UploadLayerPart', name)
  const upload = findUpload(call, name, id)
  append(call, upload)
  return { status: 202, headers: progress(upload) }
}

/** PUT: the last bytes, if any, and the digest of the whole. */
export function finishUpload(call: RegistryCall, name: string, id: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:CompleteLayerUpload', name)
  const upload = findUpload(call, name, id)
  append(call, upload)
  const answer = storeBlob(
    call,
    findRepository(call, name),
    call.request.query.get('digest') ?? '',
    upload.bytes,
  )
  call.state.uploads.delete(id)
  return answer
}

export function getUpload(call: RegistryCall, name: string, id: string): SandboxResponse {
  return { status: 204, headers: progress(findUpload(call, name, id)) }
}

export function cancelUpload(call: RegistryCall, name: string, id: string): SandboxResponse {
  call.state.uploads.delete(findUpload(call, name, id).id)
  return { status: 204 }
}

function findUpload(call: RegistryCall, name: string, id: string): BlobUpload {
  findRepository(call, name)
  const upload = call.state.uploads.get(id)
  if (upload?.repository === name) return upload
  throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry', { uploadId: id })
}

function append(call: RegistryCall, upload: BlobUpload): void {
  const { body, headers } = call.request
  const range = /^(?:bytes )?(\d+)-(\d+)/.exec(headers['content-range'] ?? '')
  if (range) {
    const [first, last] = [Number(range[1]), Number(range[2])]
    if (first !== upload.bytes.length || last - first + 1 !== body.length) {
      throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'blob upload invalid', {
        expected: upload.bytes.length,
        got: first,
      })
    }
  }
  upload.bytes = Buffer.concat([upload.bytes, body])
}

function storeBlob(
  call: RegistryCall,
  repository: Repository,
  digest: string,
  bytes: Buffer,
): SandboxResponse {
  authorizeRegistry(call, 'ecr:CompleteLayerUpload', repository.name)
  const actual = sha256Digest(bytes)
  if (!isDigest(digest) || digest !== actual) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content', {
      digest,
      actual,
    })
  }
  repository.blobs.set(digest, Buffer.from(bytes))
  return created(repository, digest)
}

function created(repository: Repository, digest: string): SandboxResponse {
  return {
    status: 201,
    headers: { location: `/v2/${repository.name}/blobs/${digest}`, 'docker-content-digest': digest },
  }
}

function progress(upload: BlobUpload): Record<string, string> {
  return {
    location: `/v2/${upload.repository}/blobs/uploads/${upload.id}`,
    'docker-upload-uuid': upload.id,
    range: `0-${Math.max(0, upload.bytes.length - 1)}`,
  }
}
