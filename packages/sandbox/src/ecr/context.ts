import { refusalText } from '../registry/context.ts'
import { type JsonRecord, stringField } from '../registry/json.ts'
import { findManifest, unknownRepositoryText } from '../registry/push.ts'
import type { RegistryState, Repository, StoredManifest } from '../registry/state.ts'
import type { Principal } from '../sigv4/index.ts'
import { EcrError } from './errors.ts'
import type { EcrState } from './state.ts'

/** One authenticated call. */
export interface EcrCall {
  readonly input: JsonRecord
  readonly state: EcrState
  readonly registry: RegistryState
  readonly principal: Principal
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Base URL of the registry: `proxyEndpoint`, and the host of `repositoryUri`. */
  readonly registryUrl: string
  readonly layersUrl: string
}

/** @throws EcrError AccessDeniedException */
export function authorizeEcr(call: EcrCall, action: string, repository: string): void {
  const refusal = refusalText(call.registry, call.principal, `ecr:${action}`, repository)
  if (refusal !== undefined) throw new EcrError('AccessDeniedException', refusal)
}

/** @throws EcrError InvalidParameterException */
export function requireString(input: JsonRecord, name: string): string {
  const value = stringField(input, name)
  if (value !== undefined && value !== '') return value
  throw invalid(name, 'Member must not be null')
}

export function invalid(name: string, constraint: string): EcrError {
  return new EcrError(
    'InvalidParameterException',
    `Invalid parameter at '${name}' failed to satisfy constraint: '${constraint}'`,
  )
}

/** The repository that the input names, after the check that the principal may do this with it. */
export function useRepository(call: EcrCall, action: string): Repository {
  const name = requireString(call.input, 'repositoryName')
  authorizeEcr(call, action, name)
  const registryId = stringField(call.input, 'registryId')
  const repository = call.registry.repositories.get(name)
  if (repository && (registryId === undefined || registryId === call.registry.accountId)) return repository
  throw new EcrError('RepositoryNotFoundException', unknownRepositoryText(call.registry, name))
}

export interface ImageId {
  readonly imageDigest?: string
  readonly imageTag?: string
}

export function readImageId(record: JsonRecord): ImageId {
  const imageDigest = stringField(record, 'imageDigest')
  const imageTag = stringField(record, 'imageTag')
  return { ...(imageDigest !== undefined && { imageDigest }), ...(imageTag !== undefined && { imageTag }) }
}

export type ImageLookup =
  | { readonly ok: true; readonly manifest: StoredManifest }
  | {
      readonly ok: false
      readonly code:
        | 'MissingDigestAndTag'
        | 'ImageNotFound'
        | 'ImageTagDoesNotMatchDigest'
        | 'InvalidImageDigest'
      readonly reason: string
    }

export function lookUpImage(repository: Repository, id: ImageId): ImageLookup {
  const { imageDigest, imageTag } = id
  if (imageDigest === undefined && imageTag === undefined)
    return {
      ok: false,
      code: 'MissingDigestAndTag',
      reason: 'Invalid request parameters: both tag and digest cannot be null',
    }
  if (imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(imageDigest))
    return { ok: false, code: 'InvalidImageDigest', reason: 'Invalid image digest format' }
  if (imageDigest !== undefined && imageTag !== undefined && repository.tags.get(imageTag) !== imageDigest) {
    return { ok: false, code: 'ImageTagDoesNotMatchDigest', reason: 'Requested tag and digest do not match' }
  }
  const manifest = findManifest(repository, imageDigest ?? imageTag ?? '')
  return manifest
    ? { ok: true, manifest }
    : { ok: false, code: 'ImageNotFound', reason: 'Requested image not found' }
}

/** `{imageDigest:'null', imageTag:'v1'}` as ECR prints it. */
export function formatImageId({ imageDigest, imageTag }: ImageId): string {
  return `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
}

/** @throws EcrError ImageNotFoundException */
export function requireImage(call: EcrCall, repository: Repository, id: ImageId): StoredManifest {
  const found = lookUpImage(repository, id)
  if (found.ok) return found.manifest
  if (found.code === 'MissingDigestAndTag' || found.code === 'InvalidImageDigest')
    throw new EcrError('InvalidParameterException', found.reason)
  throw new EcrError(
    'ImageNotFoundException',
    `The image with imageId ${formatImageId(id)} does not exist within the repository with name '${repository.name}' in the registry with id '${call.registry.accountId}'`,
  )
}
