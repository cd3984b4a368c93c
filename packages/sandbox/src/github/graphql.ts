import { readFile } from 'node:fs/promises'
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { identifyCaller } from './access.ts'
import { type GraphqlBody, readGraphqlBody } from './graphql-body.wire.ts'
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
  const result = await run(body, createRoot(state, caller))
  // GitHub writes the type of an error beside its message, not below `extensions`.
  const errors = result.errors?.map(({ message, path, locations, extensions }) => ({
    ...('type' in extensions ? { type: extensions['type'] } : { extensions }),
    path,
    locations,
    message,
  }))
  return json(200, errors === undefined ? { data: result.data } : { data: result.data ?? null, errors })
}

async function run(
  { query, variables }: GraphqlBody,
  rootValue: ReturnType<typeof createRoot>,
): Promise<ExecutionResult> {
  const checked = checkedQueries.get(query) ?? check(query)
  checkedQueries.set(query, checked)
  const { document, errors } = await checked
  if (document === undefined) return { errors }
  const { execute } = await import('graphql')
  return execute({ schema: await loadSchema(), document, rootValue, variableValues: variables })
}

type Checked =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly document?: undefined; readonly errors: readonly GraphQLError[] }

/** To check a query against a schema of this size takes longer than to answer it, and clients have few of them. */
const checkedQueries = new Map<string, Promise<Checked>>()

async function check(query: string): Promise<Checked> {
  const { GraphQLError, parse, validate } = await import('graphql')
  try {
    const document = parse(query)
    const errors = validate(await loadSchema(), document)
    return errors.length === 0 ? { document } : { errors }
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
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
