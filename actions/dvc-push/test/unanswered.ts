import { expect } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import type { Company } from './company.ts'

/** A push whose commit the server never says anything about: its words do not speak of other writers. */
export async function expectUnanswered(company: Company, transport: 'git' | 'api'): Promise<void> {
  const match = ({ path, body }: { path: string; body: Buffer }) =>
    path.endsWith('/git-receive-pack') || (path.endsWith('/graphql') && body.includes('createCommitOnBranch'))
  company.github.faults.push({ match, times: 99, respond: 'reset' })
  const thrown = await failureOf(() => company.push({ add: 'x.sh', transport }))
  expect([thrown.code, thrown.kind, thrown.retryable]).toEqual(['GITOPS_UNCERTAIN', 'upstream', true])
  expect([thrown.details.what, thrown.details.seen]).toEqual([
    'The data is pushed, but the commit that names it is not made',
    expect.stringMatching(/in 20 tries the server did not say/),
  ])
}
