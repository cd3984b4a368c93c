import type { HttpResponse } from '@mlops-actions/http'
import { isArgocdError } from './application.wire.ts'
import type { ApplicationName } from './client.ts'

/** Argo CD hides what one may not see: 403 means "does not exist, or no right to it". */
export function explainFor({
  name,
  project,
}: ApplicationName): (response: HttpResponse) => { seen?: string; next?: string } | undefined {
  return (response) => {
    const seen = messageIn(response)
    if (response.status === 403) {
      return {
        seen: `${seen} (HTTP 403)`,
        next: `Check that the Application ${name} exists${project === undefined ? ' (give its `project`, then a missing one says so)' : ''}, and grant the token: p, <subject>, applications, get, ${project ?? '<project>'}/${name}, allow`,
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
        next: `Check the name ${name}${project === undefined ? '' : ` and the project ${project}`}`,
      }
    return undefined
  }
}

function messageIn({ body, status }: HttpResponse): string {
  try {
    const answer = isArgocdError(JSON.parse(body.toString('utf8')))
    return answer.message || answer.error || `HTTP ${status}`
  } catch {
    return `HTTP ${status}`
  }
}
