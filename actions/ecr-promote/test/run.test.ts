import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, RETAG_ROLE, startFixture, storeImage } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('a promotion', () => {
  test('again does the work once: the same outputs, and nothing is changed', async () => {
    const first = await fixture.promoteHere()
    const asked = fixture.prod.registryServer.requests.length
    const { failure, outputs, summary } = await fixture.promoteHere()
    expect({ failure, changed: outputs['changed'], image: outputs['image'] }).toEqual({
      failure: undefined,
      changed: 'false',
      image: first.outputs['image'],
    })
    expect(summary).toMatch(/^## ✅ `ml\/churn` already had `sha256:/)
    expect(fixture.prod.registryServer.requests.length).toBe(asked)
  })

  test('within one repository is a tag, and the default is that repository', async () => {
    const { promoteHere, source, digest, staging } = fixture
    const region = { 'source-aws-region': 'eu-west-1', 'aws-region': 'eu-west-1' }
    const { failure, outputs, summary } = await promoteHere({
      ...region,
      registry: '',
      tags: 'live',
      'source-role-to-assume': '',
      'role-to-assume': RETAG_ROLE,
    })
    expect({ failure, changed: outputs['changed'], live: source.tags.get('live') }).toEqual({
      failure: undefined,
      changed: 'true',
      live: digest,
    })
    expect(summary).toContain('the same repository: no layer had to be copied')
    expect(staging.registryServer.requests).toEqual([])
  })

  test('that is only tried says what it would do, and does nothing', async () => {
    const { promoteHere, target, digest } = fixture
    const old = storeImage(target, 'live', ['old'])
    const { failure, outputs, summary } = await promoteHere({ 'dry-run': 'true' })
    expect({ failure, changed: outputs['changed'], digest: outputs['digest'] }).toEqual({
      failure: undefined,
      changed: 'false',
      digest,
    })
    expect(summary).toMatch(/nothing was promoted \(dry run\)/)
    expect(summary).toContain('2 layers of 9 B and 1 manifest would be copied')
    expect(summary).toContain(`| \`live\` | \`${old.slice(0, 19)}\` | **\`${digest.slice(0, 19)}\`** |`)
    expect([...target.tags]).toEqual([['live', old]])
    expect(fixture.prod.registryServer.requests).toEqual([])
  })
})

describe('a failure', () => {
  test('between two tags says which of them is set', async () => {
    const { promoteHere, target } = fixture
    const [one, two] = [storeImage(target, 'v1', ['one']), storeImage(target, 'live', ['two'])]
    target.tagMutability = 'IMMUTABLE_WITH_EXCLUSION'
    target.exclusionFilters = ['v*']
    const { summary, outputs } = await promoteHere()
    expect(outputs['failure-kind']).toBe('conflict')
    expect(summary).toContain('has only some of the tags')
    expect(summary).toContain('| `v1` | **the promoted image** |')
    expect(summary).toContain(`| \`live\` | \`${two.slice(0, 19)}\`, as before |`)
    expect(target.tags.get('v1')).not.toBe(one)
  })

  test('of a platform that is missing comes before anything is copied', async () => {
    const { promoteHere, target } = fixture
    const { failure, outputs } = await promoteHere({ platforms: 'linux/amd64,linux/arm64' })
    expect(outputs['failure-kind']).toBe('gate')
    expect(failure?.message).toContain('linux/arm64 is missing; it is for linux/amd64')
    expect([target.tags.size, target.blobs.size]).toEqual([0, 0])
  })

  test('of a role that may not write names the role and the right', async () => {
    fixture.prod.state.registry.deny.push({ action: 'ecr:UploadLayerPart' })
    const { failure, outputs } = await fixture.promoteHere()
    expect(outputs['failure-kind']).toBe('auth')
    expect(failure?.message).toContain(
      'Allow arn:aws:sts::222222222222:assumed-role/ml-promote/mlops-actions-42 `ecr:UploadLayerPart`',
    )
  })
})
