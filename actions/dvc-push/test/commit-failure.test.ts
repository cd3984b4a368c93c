import { expect, test } from '@jest/globals'
import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import type { RemoteUrl } from '@mlops-actions/git'
import { commitFailure } from '../src/commit-failure.ts'

const REMOTE = { protocol: 'http', host: 'github.com', path: 'acme/churn' } as RemoteUrl

const failureOf = (kind: FailureKind, code: string) =>
  new Failure({ kind, code, what: 'Cannot land', on: 'x.dvc', seen: 'something', next: 'Wait' })

test.each<[FailureKind, string]>([
  ['conflict', 'GITOPS_FILE_CONFLICT'],
  ['upstream', 'GH_UPSTREAM'],
  ['rate-limit', 'GIT_RATE_LIMIT'],
  ['timeout', 'TIMEOUT'],
  ['auth', 'GH_AUTH'],
])(
  'whatever keeps a commit from being made (%s, %s) says that the data is pushed, where it is',
  (kind, code) => {
    const thrown = failureOf(kind, code)
    expect(commitFailure(thrown, REMOTE, true)).toMatchObject({
      kind,
      code,
      details: { what: 'The data is pushed, but the commit that names it is not made', seen: 'something' },
    })
    expect(commitFailure(thrown, REMOTE, false)).toMatchObject({ code, details: { what: 'Cannot land' } })
  },
)

test.each([failureOf('cancelled', 'CANCELLED'), new Error('a defect')])('%s is left as it is', (thrown) => {
  expect(commitFailure(thrown, REMOTE, true)).toBe(thrown)
})
