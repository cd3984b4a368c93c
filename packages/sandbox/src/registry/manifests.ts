import type { SandboxResponse } from '../server.ts'
import { authorizeRegistry, findRepository, type RegistryCall } from './context.ts'
import { RegistryError } from './errors.ts'
import { MEDIA_TYPES, parseManifest } from './manifest.ts'
import { applyPush, findManifest, immutableText, type PushRefusal, planPush, removeManifest } from './push.ts'
import type { Repository, StoredManifest } from './state.ts'

/** GET and HEAD; the stored bytes under the stored type, whatever Accept says. */
export function getManifest(call: RegistryCall, name: string, reference: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:BatchGetImage', name)
  const manifest = findManifest(findRepository(call, name), reference)
  if (!manifest) throw new RegistryError(404, 'MANIFEST_UNKNOWN', 'Requested image not found')
  const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': manifest.digest }
  return { status: 200, headers, body: manifest.bytes }
}

export function putManifest(call: RegistryCall, name: string, reference: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:PutImage', name)
  const repository = findRepository(call, name)
  const byDigest = reference.startsWith('sha256:')
  const push = {
    bytes: Buffer.from(call.request.body),
    mediaType: call.request.headers['content-type'],
    tag: byDigest ? undefined : reference,
    digest: byDigest ? reference : undefined,
  }
  const plan = planPush(repository, push, call.now)
  if (!plan.ok) throw toError(plan.refusal, name)
  applyPush(repository, plan)
  const { digest } = plan.manifest
  const location = `/v2/${name}/manifests/${digest}`
  const subject = parseManifest(plan.manifest.bytes, plan.manifest.mediaType)?.subject
  const headers = {
    location,
    'docker-content-digest': digest,
    ...(subject && { 'oci-subject': subject.digest }),
  }
  return { status: 201, headers }
}

function toError(refusal: PushRefusal, name: string): RegistryError {
  switch (refusal.reason) {
    case 'invalid-manifest':
      return new RegistryError(400, 'MANIFEST_INVALID', 'Image manifest is invalid')
    case 'invalid-tag':
      return new RegistryError(400, 'TAG_INVALID', 'manifest tag did not match URI')
    case 'digest-mismatch':
      return new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content', {
        actual: refusal.actual,
      })
    case 'layers-missing':
    case 'images-missing':
      return new RegistryError(400, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry', {
        digests: refusal.digests,
      })
    case 'tag-immutable':
      return new RegistryError(400, 'TAG_INVALID', immutableText(refusal.tag, name))
  }
}

export function deleteManifest(call: RegistryCall, name: string, reference: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:BatchDeleteImage', name)
  if (removeManifest(findRepository(call, name), reference)) return { status: 202 }
  throw new RegistryError(404, 'MANIFEST_UNKNOWN', 'Requested image not found')
}

/** `?n=` and `?last=` page by name (distribution-spec, "Listing Tags"). */
export function listTags(call: RegistryCall, name: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:ListImages', name)
  const { query } = call.request
  const last = query.get('last') ?? ''
  const limit = Number(query.get('n') ?? 1000)
  const rest = [...findRepository(call, name).tags.keys()].sort().filter((tag) => tag > last)
  const tags = rest.slice(0, limit)
  const next =
    rest.length > tags.length
      ? { link: `</v2/${name}/tags/list?n=${limit}&last=${tags.at(-1) ?? ''}>; rel="next"` }
      : {}
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...next },
    body: JSON.stringify({ name, tags }),
  }
}

/** Manifests whose `subject` is the digest, as an index. */
export function listReferrers(call: RegistryCall, name: string, digest: string): SandboxResponse {
  authorizeRegistry(call, 'ecr:BatchGetImage', name)
  const manifests = referrersOf(findRepository(call, name), digest)
  const body = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests })
  return { status: 200, headers: { 'content-type': MEDIA_TYPES.ociIndex }, body }
}

/** What has this digest for its subject; the registry and the ECR API say it in the same words. */
export function referrersOf({ manifests }: Repository, digest: string): Referrer[] {
  return [...manifests.values()].flatMap((stored) => describeReferrer(stored, digest))
}

export interface Referrer {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly artifactType?: string
}

function describeReferrer(stored: StoredManifest, digest: string): Referrer[] {
  const manifest = parseManifest(stored.bytes, stored.mediaType)
  if (manifest?.subject?.digest !== digest) return []
  const artifactType =
    manifest.artifactType ?? (manifest.kind === 'image' ? manifest.config.mediaType : undefined)
  return [
    {
      mediaType: stored.mediaType,
      digest: stored.digest,
      size: stored.bytes.length,
      ...(artifactType && { artifactType }),
    },
  ]
}
