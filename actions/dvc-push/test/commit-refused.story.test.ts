import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { protectBranch } from '@mlops-actions/sandbox/github'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Company, SCRIPT, startCompany, TOKEN } from './company.ts'
import { expectUnanswered } from './unanswered.ts'

let company: Company
beforeEach(async () => {
  company = await startCompany()
  await company.fixture.write('x.sh', SCRIPT)
})
afterEach(() => company.close())

const failure = (given: Record<string, string> = {}) =>
  failureOf(() => company.push({ add: 'x.sh', ...given }))

/** Inputs of other actions, which the words of shared packages are about. */
const FOREIGN = /`(?:branch|repository|file)`|ssh-key|manifest/

describe('nothing is sent where it is clear before that no commit can be made', () => {
  test.each([
    [
      'git@github.com:acme/churn.git',
      '',
      'DVC_COMMIT_ORIGIN',
      /reached by SSH.*deploy key .*`ssh-key`, or a `token`/,
    ],
    ['https://ann:hunter2@github.com/acme/churn.git', TOKEN, 'DVC_COMMIT_ORIGIN', /a password in it/],
    ['git@gitlab.example:acme/churn.git', TOKEN, 'INPUTS', /token of GitHub, which is not sent to gitlab/],
  ])('because origin is %s', async (url, token, code, words) => {
    await company.git('remote', 'set-url', 'origin', url)
    const thrown = await failure({ token })
    expect([thrown.code, thrown.message]).toEqual([code, expect.stringMatching(words)])
    expect(thrown.message).not.toMatch(/hunter2/)
    expect(company.fixture.keys()).toEqual([])
  })

  test.each(['git', 'api'])('by %s: branch and token', async (transport) => {
    const rows: [given: Record<string, string>, words: RegExp][] = [
      [{ 'commit-to': 'origin/main' }, /Correct `commit-to`.*not origin\/main/],
      [{ token: 'ghs_wrong0123456789' }, /`permissions: contents: write`.*acme\/churn/],
      [{ token: 'ghs_nothing0123456789' }, /`permissions: contents: write`/],
    ]
    for (const [given, words] of rows) {
      const thrown = await failure({ transport, ...given })
      expect(thrown.message).toMatch(words)
      expect(thrown.message).not.toMatch(FOREIGN)
    }
    expect(company.fixture.keys()).toEqual([])
  })
})

describe.each(['git', 'api'])(
  'a commit that the server refuses by %s says that the data is there',
  (transport) => {
    const WHAT = 'The data is pushed, but the commit that names it is not made'

    test.each(['GH006', 'GH013'] as const)('by the rule %s, and what else to do', async (rule) => {
      await protectBranch(company.repository, 'main', rule)
      const thrown = await failure({ transport })
      expect([thrown.kind, thrown.details.what]).toEqual(['policy', WHAT])
      expect(thrown.details.seen).toMatch(/must be made through a pull request/)
      expect(thrown.details.next).toMatch(/Set `commit-to` to a branch .*open a pull request/)
      expect(thrown.message).not.toMatch(FOREIGN)
      expect(company.fixture.kept).toMatchObject({ uploaded: 4 })
    })

    test('to a token that may only read, and what it needs', async () => {
      const thrown = await failure({ transport, token: 'ghs_readOnly0123456789' })
      expect([thrown.kind, thrown.details.what]).toEqual(['auth', WHAT])
      expect(thrown.details.next).toMatch(/`permissions: contents: write`.*fork/)
    })
  },
)

test('a commit by the API that the server never says anything about is told to be uncertain', () =>
  expectUnanswered(company, 'api'))

test('a commit that came too late every time says so', async () => {
  // Whenever a commit is offered, the server has another head: the words of a branch that moved.
  company.github.faults.push({
    match: ({ path, body }) => path.endsWith('/graphql') && body.includes('createCommitOnBranch'),
    times: 99,
    respond: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        data: { createCommitOnBranch: null },
        errors: [
          {
            type: 'STALE_DATA',
            path: ['createCommitOnBranch'],
            message: 'Expected branch to point to "x" but it did not. Pull and try again.',
          },
        ],
      }),
    },
  })
  const thrown = await failure({ transport: 'api' })
  expect([thrown.code, thrown.kind, thrown.retryable]).toEqual(['GITOPS_CONTENTION', 'conflict', true])
  expect(thrown.message).toMatch(/^The data is pushed.*20 tries came too late/)
})
