import { describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { step } from './step.ts'

// Every fault of the table, in process: what is sent again waits on a clock that stands still until somebody sleeps.
// Those that fail at once are played to the bundle, too (process.test.ts).
const broken = Object.entries(FAULTS).filter(([, { kind }]) => kind !== undefined)
const GIVEN = { token: 'token', application: 'churn', revision: 'f'.repeat(40), settle: '1s', interval: '1s' }

describe('an Argo CD with', () => {
  test.each(broken)('"%s" ends in a failure of its kind', async (_name, { modes, tls, kind, retried }) => {
    const server = await startFaultServer({ modes, ...(tls === undefined ? {} : { tls }) })
    const ca = tls === 'expired' || tls === 'wrong-host' ? { 'ca-cert': server.ca } : {}
    const patience = { 'request-timeout': kind === 'timeout' ? '100ms' : '20s' }
    const { failure, outputs } = await step({ ...GIVEN, ...patience, ...ca, url: server.url })
    await server.close()
    expect(failure?.kind).toBe(kind)
    expect(outputs['result']).toBeUndefined()
    if (retried) expect(server.requests.length).toBeGreaterThan(1)
  })
})

test.each([
  ['status:401', '`extra-headers`'],
  ['status:404', 'what answers there is not Argo CD'],
] as const)(
  '%s to the question for the version, which needs no login, is not about the token',
  async (mode, next) => {
    const server = await startFaultServer({ modes: [mode] })
    const { failure } = await step({ ...GIVEN, url: server.url })
    await server.close()
    expect(failure?.details.next).toContain(next)
  },
)
