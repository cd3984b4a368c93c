import type { SandboxResponse } from '../server.ts'
import { type Description, loadDescription } from './openapi.wire.ts'
import { json, type RestCall, refuse } from './rest-answer.ts'
import { complete, problemsOf } from './schema.ts'

type Answer = (call: RestCall) => Promise<SandboxResponse>

/**
 * An operation of the REST API as GitHub's own OpenAPI description has it: a request that does not fit is refused as GitHub
 * refuses it, misspelt properties included, which GitHub overlooks. An answer gets what the description requires besides
 * what the sandbox knows; one that does not fit is a mistake of the sandbox.
 * @param operation `POST /repos/{owner}/{repo}/git/trees`
 */
export function described(operation: string, answer: Answer): Answer {
  return async (call) => {
    const known = await loadDescription()
    const problems = problemsOfRequest(known, operation, call)
    if (problems.length > 0)
      return refuse(422, `Invalid request.\n\n${problems.join('\n')}`, { errors: problems })
    const response = await answer(call)
    return completed(known, operation, response)
  }
}

function problemsOfRequest({ operations, schemas }: Description, operation: string, { request }: RestCall) {
  const expected = operations[operation]?.request ?? null
  if (expected === null) return []
  try {
    const body: unknown = JSON.parse(request.body.toString())
    return problemsOf({ schemas, isStrict: true }, body, expected, 'body')
  } catch {
    return ['body: Problems parsing JSON']
  }
}

function completed(
  { operations, schemas }: Description,
  operation: string,
  response: SandboxResponse,
): SandboxResponse {
  const schema = operations[operation]?.responses[String(response.status)]
  const isJson = /json/.test(response.headers?.['content-type'] ?? '')
  if (schema === undefined || !isJson) return response
  const body = complete(schemas, JSON.parse(String(response.body)), schema)
  const problems = problemsOf({ schemas, isStrict: false }, body, schema, operation)
  if (problems.length > 0) throw new Error(`The sandbox answers what GitHub does not: ${problems.join('; ')}`)
  return json(response.status, body)
}
