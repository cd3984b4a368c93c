import { afterEach, describe, expect, test } from '@jest/globals'
import { FAULTS, type FaultServer, startFaultServer } from '@mlops-actions/sandbox/faults'
import { live } from './cluster.ts'
import { check } from './step.ts'

let server: FaultServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const broken = Object.entries(FAULTS).filter(([, { kind }]) => kind !== undefined)
const quick = (kind: string | undefined) => ({
  interval: '60s',
  'request-timeout': kind === 'timeout' ? '100ms' : '20s',
})

/** Kinds of failure that may be gone at the next look. */
const mayPass = new Set(['conflict', 'rate-limit', 'upstream', 'timeout'])

describe('an API server with', () => {
  test.each(broken)(
    '"%s" ends in a failure of its kind, after the tolerance for what can pass',
    async (name, fault) => {
      const faulty = await startFaultServer({
        modes: fault.modes,
        ...(fault.tls === undefined ? {} : { tls: fault.tls }),
      })
      server = faulty
      const ca = fault.tls === 'expired' || fault.tls === 'wrong-host' ? { 'ca-cert': faulty.ca } : {}
      const { failure, outputs, seconds } = await check({
        scene: () => live(),
        inputs: { 'kubernetes-server': faulty.url, ...quick(fault.kind), ...ca },
      })
      // A missing InferenceService may still come, so a 404 is no failure for a minute.
      expect(failure?.kind).toBe(fault.kind)
      expect(outputs).toMatchObject({ result: 'unhealthy', 'rollout-proven': false })
      expect(seconds).toBeLessThan(mayPass.has(failure?.kind ?? '') || name === 'not found' ? 400 : 1)
    },
  )
})

describe('a model server with', () => {
  const answered = new Set(['status', 'retry'])
  test.each(
    broken.filter(
      ([name, { modes, tls }]) =>
        tls === undefined &&
        !answered.has(String(modes[0]).split(':')[0] ?? '') &&
        name !== 'redirect to metadata',
    ),
  )('"%s" is never green', async (_name, fault) => {
    const faulty = await startFaultServer({ modes: fault.modes })
    server = faulty
    const { result, outputs } = await check({
      scene: () => live(),
      inputs: { url: faulty.url, ...quick(fault.kind), timeout: '5m', probes: '20' },
    })
    expect(result).toBeUndefined()
    expect(outputs).toMatchObject({ result: 'unhealthy', 'rollout-proven': true })
  })
})
