import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { authorizeRegistry, findRepository, type RegistryCall } from './context.ts'
import { RegistryError } from './errors.ts'
import { issueLayerLink, type RegistryState } from './state.ts'

function findBlob(call: RegistryCall, name: string, digest: string): Buffer {
  const blob = findRepository(call, name).blobs.get(digest)
  if (!blob) throw new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { digest })
  return blob
}

export function headBlob(call: RegistryCall, name: string, digest: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:BatchCheckLayerAvailability', name)
  const blob = findBlob(call, name, digest)
  return {
    status: 200,
    headers: {
      'content-length': String(blob.length),
      'docker-content-digest': digest,
      'content-type': 'application/octet-stream',
    },
  }
}

/** ECR keeps no layer behind the registry's own host: it redirects to a presigned address of S3. */
export function getBlob(call: RegistryCall, name: string, digest: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:GetDownloadUrlForLayer', name)
  findBlob(call, name, digest)
  const location = call.layersUrl + issueLayerLink(call.state, name, digest, call.now)
  return { status: 307, headers: { location, 'docker-content-digest': digest } }
}

/** Distribution-spec 4.9; a blob that a manifest still needs may go too, as the specification lets it. */
export function deleteBlob(call: RegistryCall, name: string, digest: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:BatchDeleteImage', name)
  findBlob(call, name, digest)
  findRepository(call, name).blobs.delete(digest)
  return { status: 202 }
}

/** The storage that blob redirects lead to: another origin, and like S3 it refuses a second kind of authentication. */
export function answerLayer(request: SandboxRequest, state: RegistryState, now: number): SandboxResponse {
  if (request.headers['authorization'] !== undefined) {
    return storageError(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    )
  }
  const link = state.layerLinks.get(request.query.get('X-Amz-Signature') ?? '')
  if (!link || request.path !== `/layers/${link.digest.replace(':', '/')}`) {
    return storageError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    )
  }
  if (now > link.expiresAt) return storageError(403, 'AccessDenied', 'Request has expired')
  const blob = state.repositories.get(link.repository)?.blobs.get(link.digest)
  if (!blob) return storageError(404, 'NoSuchKey', 'The specified key does not exist.')
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: blob }
}

function storageError(status: number, code: string, message: string): SandboxResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body }
}
