import { readFile } from 'node:fs/promises'
import type { GraphQLSchema } from 'graphql'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { identifyCaller } from './access.ts'
import { readGraphqlBody } from './graphql-body.wire.ts'
import { createRoot } from './graphql-root.ts'
import { json, refuse } from './rest-answer.ts'
import type { GitHubState } from './state.ts'

/**
 * `POST /api/graphql`: the query is validated against GitHub's published schema and executed by `graphql`
 * itself, over resolvers that read the real repositories; so a field that GitHub does not have is an error
 * here too.
 */
export async function answerGraphql(
  request: SandboxRequest,
  state: GitHubState,
): Promise<SandboxResponse | undefined> {
  if (request.path !== '/api/graphql') return undefined
  const caller = identifyCaller(state, request.headers['authorization'])
  if (caller.kind === 'anonymous') return refuse(401, 'This endpoint requires you to be authenticated.')
  if (caller.kind === 'unknown') return refuse(401, 'Bad credentials')
  const body = readGraphqlBody(request.body)
  if (body === undefined) return refuse(400, 'Problems parsing JSON')
  const { graphql } = await import('graphql')
  const result = await graphql({
    schema: await loadSchema(),
    source: body.query,
    variableValues: body.variables,
    rootValue: createRoot(state, caller),
  })
  // GitHub writes the type of an error beside its message, not below `extensions`.
  const errors = result.errors?.map(({ message, path, locations, extensions }) => ({
    ...('type' in extensions ? { type: extensions['type'] } : { extensions }),
    path,
    locations,
    message,
  }))
  return json(200, errors === undefined ? { data: result.data } : { data: result.data ?? null, errors })
}

/** Beside the package's entry. */
const SCHEMA = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'))

let schema: Promise<GraphQLSchema> | undefined

/**
 * Parsed once for the process. GitHub's text is valid and most of its 1.2 MB describe what is in it: neither is looked at
 * again here, and the package's own entry would read the same schema as 5 MB of JSON beside it.
 */
function loadSchema(): Promise<GraphQLSchema> {
  schema ??= Promise.all([import('graphql'), readFile(SCHEMA, 'utf8')]).then(([{ buildSchema }, text]) =>
    buildSchema(text.replace(/"""[\s\S]*?"""/g, ''), {
      assumeValidSDL: true,
      assumeValid: true,
      noLocation: true,
    }),
  )
  return schema
}
