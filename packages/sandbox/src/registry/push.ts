import { type Manifest, parseManifest } from './manifest.ts'
import { type RegistryState, type Repository, type StoredManifest, sha256Digest } from './state.ts'

export interface PushRequest {
  readonly bytes: Buffer
  /** Type of a manifest that names none itself. */
  readonly mediaType: string | undefined
  readonly tag: string | undefined
  /** The digest that the client expects. */
  readonly digest: string | undefined
}

/** Why a manifest is not taken; the registry and the ECR API each have their own words for it. */
export type PushRefusal =
  | { readonly reason: 'invalid-manifest' | 'invalid-tag' }
  | { readonly reason: 'digest-mismatch'; readonly actual: string }
  | { readonly reason: 'layers-missing' | 'images-missing'; readonly digests: readonly string[] }
  | { readonly reason: 'tag-immutable'; readonly tag: string; readonly existing: string }

export type PushPlan =
  | {
      readonly ok: true
      readonly manifest: StoredManifest
      readonly tag: string | undefined
      readonly known: boolean
    }
  | { readonly ok: false; readonly refusal: PushRefusal }

/** Decides whether a manifest may enter; `known` when exactly this manifest already has exactly this tag. */
export function planPush(repository: Repository, push: PushRequest, now: number): PushPlan {
  const parsed = parseManifest(push.bytes, push.mediaType)
  if (!parsed) return refuse({ reason: 'invalid-manifest' })
  const digest = sha256Digest(push.bytes)
  if (push.digest !== undefined && push.digest !== digest)
    return refuse({ reason: 'digest-mismatch', actual: digest })
  if (push.tag !== undefined && !isTag(push.tag)) return refuse({ reason: 'invalid-tag' })
  const missing = findMissing(repository, parsed)
  if (missing) return refuse(missing)
  const existing = push.tag === undefined ? undefined : repository.tags.get(push.tag)
  if (
    push.tag !== undefined &&
    existing !== undefined &&
    existing !== digest &&
    isImmutable(repository, push.tag)
  ) {
    return refuse({ reason: 'tag-immutable', tag: push.tag, existing })
  }
  const stored = repository.manifests.get(digest)
  const known = stored !== undefined && (push.tag === undefined || existing === digest)
  return {
    ok: true,
    manifest: stored ?? { digest, mediaType: parsed.mediaType, bytes: push.bytes, pushedAt: now },
    tag: push.tag,
    known,
  }
}

function refuse(refusal: PushRefusal): PushPlan {
  return { ok: false, refusal }
}

export function applyPush(repository: Repository, plan: Extract<PushPlan, { ok: true }>): void {
  repository.manifests.set(plan.manifest.digest, plan.manifest)
  if (plan.tag !== undefined) repository.tags.set(plan.tag, plan.manifest.digest)
}

function findMissing(repository: Repository, manifest: Manifest): PushRefusal | undefined {
  if (manifest.kind === 'index') {
    const digests = manifest.manifests
      .map((child) => child.digest)
      .filter((digest) => !repository.manifests.has(digest))
    return digests.length > 0 ? { reason: 'images-missing', digests } : undefined
  }
  const needed = [manifest.config, ...manifest.layers].map((blob) => blob.digest)
  const digests = needed.filter((digest) => !repository.blobs.has(digest))
  return digests.length > 0 ? { reason: 'layers-missing', digests } : undefined
}

/** OCI distribution-spec, "Pulling manifests": at most 128 characters. */
export function isTag(text: string): boolean {
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text)
}

/** ECR's four settings of tag mutability, with their wildcard filters. */
export function isImmutable({ tagMutability, exclusionFilters }: Repository, tag: string): boolean {
  const excluded = exclusionFilters.some((filter) => matchesWildcard(filter, tag))
  switch (tagMutability) {
    case 'MUTABLE':
      return false
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
  }
}

function matchesWildcard(filter: string, tag: string): boolean {
  const pattern = filter.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${pattern.join('.*')}$`).test(tag)
}

/** A tag or a digest -> the manifest. */
export function findManifest(repository: Repository, reference: string): StoredManifest | undefined {
  const digest = reference.startsWith('sha256:') ? reference : repository.tags.get(reference)
  return digest === undefined ? undefined : repository.manifests.get(digest)
}

export function tagsOf(repository: Repository, digest: string): string[] {
  return [...repository.tags].filter(([, tagged]) => tagged === digest).map(([tag]) => tag)
}

/** By digest the manifest goes with all its tags, by tag only the tag. False when there is nothing. */
export function removeManifest(repository: Repository, reference: string): boolean {
  if (!reference.startsWith('sha256:')) return repository.tags.delete(reference)
  for (const tag of tagsOf(repository, reference)) repository.tags.delete(tag)
  return repository.manifests.delete(reference)
}

export function immutableText(tag: string, repository: string): string {
  return `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`
}

export function unknownRepositoryText(state: RegistryState, name: string): string {
  return `The repository with name '${name}' does not exist in the registry with id '${state.accountId}'`
}
