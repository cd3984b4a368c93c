import type { SandboxRequest } from '../server.ts'
import { type Denial, denialOf, denialText, type Principal, type Question } from '../sigv4/index.ts'
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

/** Why the principal may not do this with the repository (`*`: with the registry), in AWS's words. */
export function refusalText(
  state: RegistryState,
  principal: Principal,
  asked: string,
  repository: string,
): string | undefined {
  const action = state.alias === undefined ? asked : asked.replace(/^ecr:/, 'ecr-public:')
  const arn = repository === '*' ? '*' : repositoryArn(state, repository)
  return refusalOf(state, principal, { action, resource: repository, arn })
}

/** The same of what is no repository: a key that the registry uses in the name of who asks. */
export function refusalOf(
  state: RegistryState,
  principal: Principal,
  question: Question,
): string | undefined {
  const { action, arn } = question
  const denial: Denial = denialOf(state.deny, principal, question)
  if (denial === undefined) return undefined
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arn} ${denialText(denial, action)}`
}

const PULLING = new Set(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])

/** @throws RegistryError DENIED 403 */
export function authorizeRegistry(call: RegistryCall, action: string, repository: string): void {
  // Everybody may pull from ECR Public: IAM has no such rights for it.
  if (call.state.alias !== undefined && PULLING.has(action)) return
  const refusal = refusalText(call.state, call.principal, action, repository)
  if (refusal !== undefined) throw new RegistryError(403, 'DENIED', refusal)
}

/** @throws RegistryError NAME_UNKNOWN 404 */
export function findRepository(call: RegistryCall, name: string): Repository {
  const repository = call.state.repositories.get(name)
  if (repository) return repository
  throw new RegistryError(404, 'NAME_UNKNOWN', unknownRepositoryText(call.state, name))
}
