import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { DenyRule, KubernetesState, RbacRule, User, Verb } from './state.ts'
import { refuse } from './status.ts'
import type { Target } from './target.ts'

/** The user of the bearer token; undefined when the header is missing or the token is unknown. */
export function authenticate(request: SandboxRequest, state: KubernetesState): User | undefined {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? []
  if (token === undefined) return undefined
  return state.tokens.get(token) ?? state.authenticate(token)
}

export function unauthorized(): SandboxResponse {
  return refuse(401, 'Unauthorized', 'Unauthorized')
}

/** The 403 Status when the user may not, in the words of apiserver's responsewriters/errors.go. */
export function forbidden(
  user: User,
  verb: Verb,
  target: Target,
  rules: readonly DenyRule[],
): SandboxResponse | undefined {
  const resource =
    target.subresource === undefined ? target.type.plural : `${target.type.plural}/${target.subresource}`
  const denied = rules.some(
    (rule) =>
      matches(rule.user, user.username) &&
      matches(rule.verb, verb) &&
      matches(rule.group, target.type.group) &&
      matches(rule.resource, resource) &&
      matches(rule.namespace, target.namespace),
  )
  const allowed = user.rules?.some((rule) => allows(rule, verb, resource, target)) ?? true
  if (!denied && allowed) return undefined
  const qualified =
    target.type.group === '' ? target.type.plural : `${target.type.plural}.${target.type.group}`
  const scope =
    target.namespace === undefined ? 'at the cluster scope' : `in the namespace "${target.namespace}"`
  const message =
    `${qualified}${target.name === undefined ? '' : ` "${target.name}"`} is forbidden: ` +
    `User "${user.username}" cannot ${verb} resource "${resource}" in API group "${target.type.group}" ${scope}`
  return refuse(403, 'Forbidden', message, {
    ...(target.name === undefined ? {} : { name: target.name }),
    ...(target.type.group === '' ? {} : { group: target.type.group }),
    kind: target.type.plural,
  })
}

/** Source: kubernetes plugin/pkg/auth/authorizer/rbac, pkg/apis/rbac/v1/evaluation_helpers.go. */
function allows(rule: RbacRule, verb: Verb, resource: string, target: Target): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value)
  return (
    has(rule.verbs, verb) &&
    has(rule.apiGroups, target.type.group) &&
    has(rule.resources, resource) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(target.name ?? '')) &&
    matches(rule.namespace, target.namespace)
  )
}

function matches(wanted: string | undefined, seen: string | undefined): boolean {
  return wanted === undefined || wanted === seen
}
