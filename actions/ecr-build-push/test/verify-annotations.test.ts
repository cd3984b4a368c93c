import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseAnnotation } from '@mlops-actions/ecr'
import { readContext } from '@mlops-actions/runner'
import { child, REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { verifyAnnotations } from '../src/verify-annotations.ts'

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

async function verify(annotations: readonly string[]): Promise<string> {
  const image = fixture.image()
  const digest = fixture.index([child(image, 'amd64', { annotations: { near: 'yes' } })])
  const world = {
    ...fixture.world,
    context: readContext({}),
    output: () => {},
    idToken: () => Promise.reject(new Error('no token is needed')),
  }
  const target = { repository: REPOSITORY, name: 'host/ml/churn' }
  const images = [{ platform: 'linux/amd64', digest: image, config: undefined, size: 1, layers: 0 }]
  const verified = { digest, image: undefined, after: new Map(), images }
  await verifyAnnotations(
    { annotations: annotations.map(parseAnnotation) },
    world,
    fixture.ecr,
    target,
    verified,
  ).catch((failure: unknown) => {
    throw Object.assign(new Error('refused'), { failure, digest })
  })
  return digest
}

test('annotations that are in the registry are no reason to fail', async () => {
  await verify(['manifest-descriptor[linux/amd64]:near=yes'])
})

test('those that are not there fail the step, each by its place', async () => {
  const thrown: unknown = await verify(['team=ml', 'index,manifest-descriptor:near=yes']).catch(
    (error) => error,
  )
  const { failure, digest } = Object(thrown)
  expect(failure).toMatchObject({
    kind: 'integrity',
    code: 'ANNOTATIONS_LOST',
    details: {
      on: `host/ml/churn@${digest}`,
      seen: 'missing are manifest:team, index:near; the image itself is there',
      next: 'Update the builder, which left them out without a word, or leave the input `annotations` away',
    },
  })
})

test('without annotations nobody is asked', async () => {
  await verify([])
  expect(fixture.server.requests).toEqual([])
})
