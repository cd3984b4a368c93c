import type { SandboxRequest } from '../server.ts'
import { isDenied, type Principal } from '../sigv4/index.ts'
import { RegistryError } from './errors.ts'
import { unknownRepositoryText } from './push.ts'
import { type RegistryState, type Repository, repositoryArn } from './state.ts'

/** One authenticated call. */
export interface RegistryCall {
  readonly request: SandboxRequest
  readonly state: RegistryState
  readonly principal: Principal
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Base URL under which layers are downloaded. */
  readonly layersUrl: string
}

export function deniedText(
  state: RegistryState,
  principal: Principal,
  action: string,
  repository: string,
): string {
  const resource = repository === '*' ? '*' : repositoryArn(state, repository)
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`
}

/** @throws RegistryError DENIED 403 */
export function authorizeRegistry(call: RegistryCall, action: string, repository: string): void {
  if (!isDenied(call.state.deny, call.principal, action, repository)) return
  throw new RegistryError(403, 'DENIED', deniedText(call.state, call.principal, action, repository))
}

/** @throws RegistryError NAME_UNKNOWN 404 */
export function findRepository(call: RegistryCall, name: string): Repository {
  const repository = call.state.repositories.get(name)
  if (repository) return repository
  throw new RegistryError(404, 'NAME_UNKNOWN', unknownRepositoryText(call.state, name))
}
