import { createHash, randomBytes } from 'node:crypto'
import type { DenyRule, Principal } from '../sigv4/index.ts'

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'

export interface StoredManifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
  /** Milliseconds since the epoch. */
  readonly pushedAt: number
}

export interface Repository {
  readonly name: string
  readonly createdAt: number
  tagMutability: TagMutability
  /** Wildcards of the `_WITH_EXCLUSION` settings. */
  exclusionFilters: readonly string[]
  scanOnPush: boolean
  encryptionType: string
  /** ARN of the key; undefined with AES256. */
  kmsKey: string | undefined
  lifecyclePolicy: string | undefined
  readonly resourceTags: Map<string, string>
  /** Digest -> bytes. */
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, StoredManifest>
  /** Tag -> digest. */
  readonly tags: Map<string, string>
}

export interface BlobUpload {
  readonly id: string
  readonly repository: string
  bytes: Buffer
}

/** A password that GetAuthorizationToken gave out. */
export interface RegistrySession {
  readonly principal: Principal
  readonly expiresAt: number
}

/** The registry of one account in one region; a test may read and change all of it between requests. */
export interface RegistryState {
  readonly accountId: string
  readonly region: string
  /** Of a registry of ECR Public: the first part of all names of its repositories. Undefined: a private one. */
  readonly alias: string | undefined
  readonly repositories: Map<string, Repository>
  readonly uploads: Map<string, BlobUpload>
  /** Password -> whose it is. */
  readonly sessions: Map<string, RegistrySession>
  /** Key of a short-lived layer address -> the layer. */
  readonly layerLinks: Map<
    string,
    { readonly repository: string; readonly digest: string; readonly expiresAt: number }
  >
  readonly deny: DenyRule[]
  /** Account setting BLOB_MOUNTING: off as in a new account. */
  blobMounting: boolean
  /** A repository creation template applied for CREATE_ON_PUSH. */
  createOnPush: boolean
}

export const TOKEN_LIFETIME_MS = 12 * 3_600_000

export function createRegistryState(
  options: { accountId?: string; region?: string; alias?: string } = {},
): RegistryState {
  return {
    accountId: options.accountId ?? '123456789012',
    region: options.region ?? 'us-east-1',
    alias: options.alias,
    repositories: new Map(),
    uploads: new Map(),
    sessions: new Map(),
    layerLinks: new Map(),
    deny: [],
    blobMounting: false,
    createOnPush: false,
  }
}

export type RepositorySettings = Partial<
  Pick<Repository, 'tagMutability' | 'exclusionFilters' | 'scanOnPush' | 'encryptionType' | 'kmsKey'>
>

export function addRepository(
  state: RegistryState,
  name: string,
  now: number,
  settings: RepositorySettings = {},
): Repository {
  const repository: Repository = {
    name,
    createdAt: now,
    tagMutability: settings.tagMutability ?? 'MUTABLE',
    exclusionFilters: settings.exclusionFilters ?? [],
    scanOnPush: settings.scanOnPush ?? false,
    encryptionType: settings.encryptionType ?? 'AES256',
    kmsKey: settings.kmsKey,
    lifecyclePolicy: undefined,
    resourceTags: new Map(),
    blobs: new Map(),
    manifests: new Map(),
    tags: new Map(),
  }
  state.repositories.set(name, repository)
  return repository
}

/** A password for `AWS:<password>` that the registry accepts for 12 hours. */
export function issuePassword(
  state: RegistryState,
  principal: Principal,
  now: number,
): { password: string; expiresAt: number } {
  const password = randomBytes(600).toString('base64')
  const expiresAt = now + TOKEN_LIFETIME_MS
  state.sessions.set(password, { principal, expiresAt })
  return { password, expiresAt }
}

/** An address for one layer that needs no further authentication, as S3's presigned ones. Its path and query. */
export function issueLayerLink(
  state: RegistryState,
  repository: string,
  digest: string,
  now: number,
): string {
  const key = randomBytes(32).toString('hex')
  state.layerLinks.set(key, { repository, digest, expiresAt: now + 3_600_000 })
  return `/layers/${digest.replace(':', '/')}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=${key}`
}

export function repositoryArn(state: RegistryState, name: string): string {
  if (state.alias !== undefined)
    return `arn:aws:ecr-public::${state.accountId}:repository/${name.slice(state.alias.length + 1)}`
  return `arn:aws:ecr:${state.region}:${state.accountId}:repository/${name}`
}

export function sha256Digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
