import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseAnnotation } from '@mlops-actions/ecr'
import { readContext } from '@mlops-actions/runner'
import { child, REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { assertAnnotations, type Verified, verify } from '../src/verify.ts'

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

function verified(digest: string): Promise<Verified> {
  const world = {
    ...fixture.world,
    context: readContext({}),
    output: () => {},
    idToken: () => Promise.reject(new Error('no token is needed')),
  }
  const target = {
    ecr: fixture.ecr,
    host: 'host',
    repository: REPOSITORY,
    name: 'host/ml/churn',
    before: new Map(),
    created: false,
    review: undefined,
  }
  return verify(world, target, { digest, run: undefined }, [])
}

const index = (): string => fixture.index([child(fixture.image(), 'amd64', { annotations: { near: 'yes' } })])
const assert = (seen: Verified, ...lines: string[]): void =>
  assertAnnotations('host/ml/churn', seen, lines.map(parseAnnotation))

test('annotations that are in the registry are no reason to fail', async () => {
  const seen = await verified(index())
  expect(() => assert(seen, 'manifest-descriptor[linux/amd64]:near=yes')).not.toThrow()
})

test('those that are not there fail the step, each by its place', async () => {
  const digest = index()
  const seen = await verified(digest)
  expect(() => assert(seen, 'team=ml', 'index,manifest-descriptor:near=yes')).toThrow(
    expect.objectContaining({
      kind: 'integrity',
      code: 'ANNOTATIONS_LOST',
      details: expect.objectContaining({
        on: `host/ml/churn@${digest}`,
        seen: 'missing are manifest:team, index:near; the image itself is there',
        next: 'Update the builder, which left them out without a word, or leave the input `annotations` away',
      }),
    }),
  )
})

test('what has been read to verify the image is not asked for again', async () => {
  await verified(index())
  expect(fixture.server.requests).toHaveLength(2)
})
