import { fullName, type GitHubState, type Grant, type Repository } from './state.ts'

/** Who asks: nobody in particular, somebody whose token is unknown, or the owner of a grant. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly grant: Grant }

/**
 * Git sends the token as the password of Basic authentication (`x-access-token:TOKEN`), API clients as
 * Bearer or `token`.
 */
export function identifyCaller(state: GitHubState, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: 'anonymous' }
  const [scheme = '', value = ''] = authorization.split(' ')
  const token = scheme.toLowerCase() === 'basic' ? passwordOf(value) : value
  const grant = state.tokens.get(token)
  return grant === undefined ? { kind: 'unknown' } : { kind: 'known', grant }
}

export function canRead(caller: Caller, repository: Repository): boolean {
  return !repository.isPrivate || accessOf(caller, repository) !== undefined
}

export function canWrite(caller: Caller, repository: Repository): boolean {
  return accessOf(caller, repository) === 'write'
}

export function canWritePulls(caller: Caller, repository: Repository): boolean {
  return canWrite(caller, repository) && caller.kind === 'known' && caller.grant.mayOpenPulls !== false
}

export function loginOf(caller: Caller): string {
  return caller.kind === 'known' ? caller.grant.login : ''
}

function accessOf(caller: Caller, repository: Repository): 'read' | 'write' | undefined {
  if (caller.kind !== 'known') return undefined
  return caller.grant.access[fullName(repository).toLowerCase()] ?? caller.grant.access['*']
}

function passwordOf(basic: string): string {
  const decoded = Buffer.from(basic, 'base64').toString()
  return decoded.slice(decoded.indexOf(':') + 1)
}
