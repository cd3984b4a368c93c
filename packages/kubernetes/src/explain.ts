import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { HttpRequest } from '@mlops-actions/http'
import { qualifiedName, type ResourceType } from './resource.ts'
import { readStatus } from './status.wire.ts'

/** A request in the words of RBAC. */
export interface Intent {
  readonly verb: 'get' | 'list' | 'watch' | 'patch'
  readonly type: ResourceType<unknown>
  readonly namespace: string
  readonly name?: string
  /** `log`, `proxy`. */
  readonly subresource?: string
}

/** `Cannot list pods in namespace models`, the first part of every failure of a request. */
export function whatOf({ verb, type, namespace, name, subresource }: Intent): string {
  const resource = subresource === undefined ? qualifiedName(type) : `${type.plural}/${subresource}`
  const named = name === undefined ? '' : ` "${name}"`
  const where = namespace === '' ? 'in all namespaces' : `in namespace "${namespace}"`
  return `Cannot ${verb} ${resource}${named} ${where}`
}

/** The rule of a Role that allows it, as YAML on one line. */
export function ruleFor({ verb, type, subresource }: Intent): string {
  const resource = subresource === undefined ? type.plural : `${type.plural}/${subresource}`
  return `{ apiGroups: ["${type.group}"], resources: ["${resource}"], verbs: ["${verb}"] }`
}

/** Who has to be given what, and where: the API server names the user as RBAC knows it (apiserver responsewriters/errors.go). */
function grantFor(intent: Intent, refusal: string): string {
  const [, user] = /User "([^"]+)" cannot /.exec(refusal) ?? []
  const { namespace } = intent
  const where =
    namespace === ''
      ? 'a ClusterRole that a ClusterRoleBinding binds to it'
      : `a Role of the namespace ${namespace} (or a ClusterRole) bound to it`
  return `Grant it to ${subjectOf(user)}: add this rule to ${where}: ${ruleFor(intent)}`
}

function subjectOf(user: string | undefined): string {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):(.+)$/.exec(user ?? '') ?? []
  if (name !== undefined) return `the ServiceAccount ${name} of the namespace ${namespace}`
  if (user === 'system:anonymous') return 'who has logged in (this request was anonymous: give a token)'
  return user === undefined ? 'the identity of this step' : `the user ${user}`
}

/** How refusals of the API server read: it says why in a Status, we say what to change. */
export function explainer(intent: Intent): NonNullable<HttpRequest['explain']> {
  return ({ status, body }) => {
    const refusal = readStatus(body)
    const seen = refusal === undefined ? {} : { seen: refusal.message }
    if (status === 401) {
      const next =
        'Renew the token: it is missing, wrong or expired (a token of EKS lives 15 minutes). On EKS the role also needs an access entry of the cluster'
      return { ...seen, kind: 'auth', next }
    }
    if (status === 403) {
      return { ...seen, kind: 'auth', next: grantFor(intent, refusal?.message ?? '') }
    }
    if (status === 404) return { ...seen, kind: 'not-found', next: missing(intent, body, refusal?.reason) }
    return seen
  }
}

/** A Status of 404 means the object; the API server's own plain text that nobody serves the path; anything else that it is none. */
function missing({ type, name, namespace }: Intent, body: Buffer, reason: string | undefined): string {
  if (reason === 'NotFound' && name !== undefined)
    return `Check the name "${name}" and the namespace "${namespace}"`
  if (reason !== undefined || isNotServed(body))
    return `Check that the cluster serves ${qualifiedName(type)} (${type.version}): is what defines it installed?`
  return NOT_KUBERNETES
}

/** How the API server says that it has no such path: in a Status where it knows the group, else in plain text. */
export function isNotServed(body: Buffer): boolean {
  return readStatus(body)?.reason === 'NotFound' || /^404 page not found\s*$/.test(body.toString('utf8'))
}

const NOT_KUBERNETES =
  'Check the URL of the API server (`kubectl config view --minify`): what answers there is not the Kubernetes API'

/** Names cluster and namespace as the thing that a request was about. */
export async function aboutCluster<T>(host: string, intent: Intent, request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === 'cancelled') throw thrown
    // Nobody logs in to an API server by a page.
    const next = /^HTTP_(LOGIN|REDIRECT)/.test(thrown.code) ? { next: NOT_KUBERNETES } : {}
    throw withDetails(thrown, { on: `the Kubernetes API at ${host}`, what: whatOf(intent), ...next })
  }
}
