import { csvFields } from './csv.ts'
import { bringsPassword } from './place-password.ts'

/** What a cache needs beyond its description: variables of the job for the child. By cache type. */
const VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['gha', ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_URL', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_SERVICE_V2']],
  ['s3', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION']],
])

/** Fields of a cache that hold a secret, which an argument must not (docker/buildx docs/reference/buildx_build.md). */
const SECRET_FIELDS = new Set(['token', 'ghtoken', 'secret_access_key', 'session_token'])

/** `registry`, `gha`, `inline`, …; undefined for a text that buildx would not read. */
export function cacheType(cache: string): string | undefined {
  return fieldsOf(cache).get('type')
}

/** Names of the variables that these caches need. */
export function cacheVariables(caches: readonly string[]): readonly string[] {
  return caches.flatMap((cache) => VARIABLES.get(cacheType(cache) ?? '') ?? [])
}

/** The first field of a cache that holds a secret. */
export function secretCacheField(cache: string): string | undefined {
  return [...fieldsOf(cache).keys()].find((name) => SECRET_FIELDS.has(name))
}

/** Whether its reference, or a URL in another field, brings a password. */
export function cacheBringsPassword(cache: string): boolean {
  return cache.includes('=') ? [...fieldsOf(cache).values()].some(bringsPassword) : bringsPassword(cache)
}

/**
 * A cache that is exported to a registry as ECR takes it: as an image manifest with OCI types
 * (aws/containers-roadmap#876). That is BuildKit's default only since 0.21, and Docker 28 has an older one.
 */
export function ecrCacheTo(cache: string): string {
  const fields = fieldsOf(cache)
  if (fields.get('type') !== 'registry') return cache
  const whole = cache.includes('=') ? cache : `type=registry,ref=${cache}`
  const missing = ['image-manifest', 'oci-mediatypes'].filter((name) => !fields.has(name))
  return [whole, ...missing.map((name) => `${name}=true`)].join(',')
}

/** `type=registry,ref=…` as fields; a text without `=` is the reference of a registry cache, and one that is no CSV has none. */
function fieldsOf(cache: string): ReadonlyMap<string, string> {
  if (!cache.includes('=')) return new Map([['type', 'registry']])
  return new Map(
    (csvFields(cache) ?? []).map((field) => {
      const at = field.indexOf('=')
      const name = at === -1 ? field : field.slice(0, at)
      return [name.trim().toLowerCase(), field.slice(name.length + 1).trim()]
    }),
  )
}
