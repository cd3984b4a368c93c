// By its own path: the whole of graphql is 120 modules, and most tests ask nothing of GraphQL.
import { GraphQLError } from 'graphql/error/GraphQLError.js'
import type { Repository } from './state.ts'

export function problem(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

/** What a rule says of a branch that is changed otherwise than by a pull request. */
export function assertAllowed({ protection }: Repository, branch: string): void {
  const rule = protection.get(branch)
  const why = 'Changes must be made through a pull request.'
  if (rule === 'GH006') throw problem('BRANCH_PROTECTION_RULE_VIOLATION', why)
  if (rule === 'GH013') throw problem('UNPROCESSABLE', `Repository rule violations found\n\n${why}\n\n`)
}
