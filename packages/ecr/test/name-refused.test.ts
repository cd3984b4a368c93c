import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { nameRefused } from '../src/index.ts'

const HEAD = 'unexpected status from HEAD request to https://x/v2/ml/churn/blobs/sha256:0: 403 Forbidden'
const refused = (seen: string, code = 'ECR_ACCESS_DENIED') =>
  new Failure({
    kind: 'auth',
    code,
    what: 'Cannot push the image',
    on: 'x/ml/churn',
    seen,
    next: 'Allow the role of this job `ecr:BatchCheckLayerAvailability` on the repository',
  })

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

const deny = (action: string) => fixture.server.state.registry.deny.push({ action })
const asked = () => fixture.server.requests.length
const named = (failure: Failure) =>
  nameRefused(fixture.world, { ecr: fixture.ecr, repository: REPOSITORY, host: 'x' }, failure)

test('who was refused without a word is asked of the API, and named beside what was seen', async () => {
  deny('ecr:BatchCheckLayerAvailability')
  const { details } = await named(refused(HEAD))
  expect(details).toMatchObject({ kind: 'auth', code: 'ECR_ACCESS_DENIED', on: 'x/ml/churn' })
  expect(details.seen).toContain(HEAD)
  expect(details.seen).toContain('User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform')
  expect(details.next).toContain(
    '`ecr:BatchCheckLayerAvailability` on arn:aws:ecr:us-east-1:123456789012:repository/ml/churn',
  )
})

test('a role that has the right of a HEAD was refused for another, and nothing is said of it', async () => {
  deny('ecr:PutImage')
  const failure = refused('denied:')
  expect(await named(failure)).toBe(failure)
  expect(asked()).toBe(1)
})

test.each([
  [
    'names somebody',
    refused('denied: User: arn:aws:iam::1:user/x is not authorized to perform: ecr:PutImage'),
  ],
  ['is about something else', refused(HEAD, 'ECR_PUSH_INTERRUPTED')],
])('a failure that %s asks nobody', async (_what, failure) => {
  deny('ecr:BatchCheckLayerAvailability')
  expect(await named(failure)).toBe(failure)
  expect(asked()).toBe(0)
})

test('where the API cannot be asked, the failure of the push stays', async () => {
  fixture.server.state.registry.repositories.clear()
  const failure = refused(HEAD)
  expect(await named(failure)).toBe(failure)
})
