import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type FaultMode, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

// Eight others are played to every bundle (test/contract); kinds of failures are asked for in this process (refusals.test.ts).
describe('a server that fails is no success', () => {
  const faults: [FaultMode, kind: string][] = [
    ['rst', 'upstream'],
    ['drip', 'timeout'],
    ['status:503', 'upstream'],
  ]
  test.each(faults)('%j', async (mode, kind) => {
    const server = await startFaultServer({ modes: [mode] })
    try {
      const { code, outputs, errors } = await fixture.pushBundle(
        // A deadline is short only where meeting it is the point.
        { 'request-timeout': kind === 'timeout' ? '300ms' : '10s' },
        { env: { AWS_ENDPOINT_URL_ECR: server.url } },
      )
      expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind })
      expect(errors).toHaveLength(1)
    } finally {
      await server.close()
    }
  })
})
