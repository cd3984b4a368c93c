import { Failure } from '@mlops-actions/diagnostics'
import { HUB_KEY } from './docker-config.wire.ts'

/**
 * The value of DOCKER_AUTH_CONFIG for one child: what the job already has there, and one entry for each of these registries.
 * Docker looks its entry up by the very host that stands in the image reference, and takes no field but `auth`
 * (docker/cli cli/config/configfile/file.go); hosts without an entry still use the user's Docker configuration.
 * @param auths base64 of `user:password` by host
 * @throws Failure `config` where the job's own value cannot be read
 */
export function dockerAuthConfig(existing: string | undefined, auths: ReadonlyMap<string, string>): string {
  const ours = [...auths].map(([host, auth]) => [host === 'docker.io' ? HUB_KEY : host, { auth }])
  return JSON.stringify({ auths: { ...readAuths(existing ?? ''), ...Object.fromEntries(ours) } })
}

function readAuths(text: string): object {
  if (text.trim() === '') return {}
  try {
    const { auths } = JSON.parse(text) as { readonly auths?: unknown }
    if (typeof auths === 'object' && auths !== null && !Array.isArray(auths)) return auths
  } catch {
    // The message of JSON.parse quotes the text, which holds passwords.
  }
  throw new Failure({
    kind: 'config',
    code: 'DOCKER_AUTH_CONFIG',
    what: 'Cannot hand the token to Docker',
    on: 'the variable DOCKER_AUTH_CONFIG of this job',
    seen: 'it has a value that is not {"auths":{"<host>":{"auth":"<base64>"}}}',
    next: 'Correct the variable, or take it away',
  })
}
