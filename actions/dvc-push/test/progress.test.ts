import { expect, test } from '@jest/globals'
import type { TrackedObject } from '@mlops-actions/dvc'
import { testWorld } from '../../../test/harness/world.ts'
import { createProgress } from '../src/progress.ts'

const object = (size: number): TrackedObject => ({
  id: String(size),
  remote: 'store',
  hash: 'md5',
  oid: '0'.repeat(32),
  size,
  place: { from: 'workspace', folder: '', name: 'x', size, verified: true },
  bytes: undefined,
  members: [],
  path: 'x',
  source: 'x.dvc',
})

test('the progress of an upload says objects, bytes, rate and the time that is left, every few seconds', async () => {
  const world = testWorld()
  const objects = [object(10_000_000), object(30_000_000)]
  const { onBytes, onSent } = createProgress(world, objects)
  onBytes(1_000_000)
  expect(world.lines).toEqual([])
  await world.sleep(5_000)
  onBytes(9_000_000)
  await world.sleep(4_999)
  onSent(object(10_000_000), 10_000_000)
  onBytes(5_000_000)
  await world.sleep(1)
  onBytes(5_000_000)
  expect(world.lines).toEqual([
    'sent 0 of 2 objects, 10.0 MB of 40.0 MB at 2.0 MB/s, about 15 s left',
    'sent 1 of 2 objects, 20.0 MB of 40.0 MB at 2.0 MB/s, about 10 s left',
  ])
})

test('a right that it takes to go on with what an interrupted run has sent is named once, with its resource', () => {
  const world = testWorld()
  const { onDenied } = createProgress(world, [object(20_000_000)])
  for (const bucket of ['data', 'other'])
    onDenied({ action: 's3:ListBucketMultipartUploads', resource: `arn:aws:s3:::${bucket}` })
  expect(world.lines).toEqual([
    'Large files are sent from their beginning, whatever an interrupted run has sent of them: the role may not s3:ListBucketMultipartUploads on arn:aws:s3:::data; give it that right to have them gone on with',
  ])
})
