import type { FailureKind } from '@mlops-actions/diagnostics'
import type { HttpResponse } from '@mlops-actions/http'
import { isArgocdError } from '../model/resource.wire.ts'
import type { ApplicationName } from './argocd.ts'

/** Argo CD hides what one may not see: 403 means "does not exist, or no right to it". */
export function explainFor(
  application: ApplicationName,
): (response: HttpResponse) => { seen?: string; next?: string } | undefined {
  const { name, project, appNamespace } = application
  return (response) => {
    const seen = messageIn(response)
    if (response.status === 403) {
      return {
        seen: `${seen} (HTTP 403)`,
        next: `Check that the Application ${name} exists${project === undefined ? ' (give its `project`, then a missing one says so)' : ''}, and grant it: ${policyFor(application, 'get')}`,
      }
    }
    if (response.status === 401)
      return {
        seen: `${seen} (HTTP 401)`,
        next: 'Give a valid Argo CD token: an account with the apiKey capability, or a project role',
      }
    if (response.status === 404)
      return {
        seen: `${seen} (HTTP 404)`,
        next: `Check the name ${name}${project === undefined ? '' : ` and the project ${project}`}; an Application in another namespace than Argo CD's own is found with \`app-namespace\`${appNamespace === undefined ? '' : `, which is ${appNamespace}`}`,
      }
    return undefined
  }
}

/** The line of the policy; outside of Argo CD's own namespace, which mostly has its default name, objects carry theirs (app-any-namespace). */
function policyFor({ name, project = '<project>', appNamespace }: ApplicationName, verb: string): string {
  const isElsewhere = appNamespace !== undefined && appNamespace !== 'argocd'
  return `p, <subject>, applications, ${verb}, ${project}/${isElsewhere ? `${appNamespace}/` : ''}${name}, allow`
}

/** What keeps Argo CD from beginning a sync: a right, a window, or an operation that runs (server/application Sync). */
export function explainSync(
  application: ApplicationName,
): (response: HttpResponse) => { seen?: string; next?: string; kind?: FailureKind } | undefined {
  return (response) => {
    const seen = `${messageIn(response)} (HTTP ${response.status})`
    if (/blocked by sync window/.test(seen))
      return { seen, kind: 'policy', next: 'Run this step again when the window lets it sync' }
    if (/another operation is already in progress/.test(seen))
      return { seen, kind: 'conflict', next: 'Run this step again when that operation has ended' }
    if (response.status === 403) return { seen, next: `Grant it: ${policyFor(application, 'sync')}` }
    return explainFor(application)(response)
  }
}

/** Argo CD says its version to anybody: who is refused was refused by something before it, or asks something else. */
export function explainVersion({ status }: HttpResponse): { next: string } | undefined {
  if (status === 401 || status === 403)
    return {
      next: 'Give what the proxy before Argo CD wants in `extra-headers`, or a URL that bypasses it: Argo CD itself asks for no login here',
    }
  if (status === 404 || status === 405)
    return {
      next: 'Check `url`: what answers there is not Argo CD; a root path (`https://host/argocd`) belongs to it',
    }
  return undefined
}

/** What Argo CD says of its refusal. */
export function messageIn({ body, status }: HttpResponse): string {
  try {
    const answer = isArgocdError(JSON.parse(body.toString('utf8')))
    return answer.message || answer.error || `HTTP ${status}`
  } catch {
    return `HTTP ${status}`
  }
}
