export interface GraphqlBody {
  readonly query: string
  readonly variables: { readonly [name: string]: unknown }
}

/** The body of a GraphQL request; undefined when it is none. */
export function readGraphqlBody(bytes: Buffer): GraphqlBody | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString())
    if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string')
      return undefined
    const variables = 'variables' in body ? body.variables : {}
    return typeof variables === 'object' ? { query: body.query, variables: { ...variables } } : undefined
  } catch {
    return undefined
  }
}
