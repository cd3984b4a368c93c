import { cacheVariables, dockerAuthConfig } from '@mlops-actions/ecr'
import { childEnv } from '@mlops-actions/process'
import type { ActionWorld } from '@mlops-actions/runner'
import type { BuildPlan } from './plan.ts'

/** Where the user's daemon, builders and configuration are; none of them is a secret. */
const DOCKER = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'BUILDX_BUILDER',
  'BUILDX_CONFIG',
  'BUILDKIT_HOST',
  'KUBECONFIG',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
] as const

type Env = Readonly<Record<string, string | undefined>>

function pick(env: Env, names: readonly string[]): Env {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}

/** How kubectl finds the cluster that its pod is in. */
const IN_CLUSTER = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'] as const

/**
 * What every call of docker or buildx gets: how to find its daemon, and nothing of the job.
 * @param way how a BuildKit elsewhere is reached
 */
export function dockerEnv({ env }: Pick<ActionWorld, 'env'>, way?: string): Record<string, string> {
  const overSsh = way === 'ssh' || env['DOCKER_HOST']?.startsWith('ssh://') === true
  const cluster = way === 'kube-pod' ? pick(env, IN_CLUSTER) : {}
  return childEnv(env, { ...pick(env, DOCKER), ...cluster }, { sshAgent: overSsh })
}

/**
 * What the build gets beyond that: its secrets, the logins of registries, what its caches need.
 * @param builder what it gets to find its builder
 */
export function buildEnv(
  { env }: Pick<ActionWorld, 'env'>,
  { request, origin, secrets }: BuildPlan,
  builder: Readonly<Record<string, string>>,
  auths: ReadonlyMap<string, string>,
): Record<string, string> {
  const own = env['DOCKER_AUTH_CONFIG']
  const authConfig = auths.size === 0 ? own : dockerAuthConfig(own, auths)
  const defined = {
    ...pick(env, cacheVariables([...request.cacheFrom, ...request.cacheTo])),
    ...secrets.env,
    DOCKER_AUTH_CONFIG: authConfig,
    SOURCE_DATE_EPOCH: origin.committedAt,
    // Nobody reads it there, and it would hold the build arguments.
    BUILDX_METADATA_PROVENANCE: 'disabled',
  }
  const known = Object.entries(defined).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return { ...builder, ...Object.fromEntries(known) }
}
