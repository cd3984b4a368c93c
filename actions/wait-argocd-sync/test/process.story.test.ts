import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { runBundle } from '../../../test/harness/bundle.ts'
import { type Company, startCompany } from './company.ts'

const NOWHERE = 'f'.repeat(40)
let company: Company
beforeAll(async () => {
  company = await startCompany()
})
afterAll(() => company.close())

describe('a server that misbehaves', () => {
  /** Played to every bundle by test/contract. */
  const played = ['login page with status 200', 'JSON of another server', 'unauthorized', 'forbidden']
  const final = Object.entries(FAULTS).filter(
    ([name, { kind, retried, tls }]) =>
      kind !== undefined &&
      !retried &&
      tls === undefined &&
      name !== 'redirect to metadata' &&
      !played.includes(name),
  )

  test.each(final)('%s fails at once with the right kind', async (_, { modes, kind }) => {
    const server = await startFaultServer({ modes })
    try {
      const step = await runBundle('wait-argocd-sync', {
        inputs: { ...company.inputs, url: server.url, revision: NOWHERE, timeout: '20s' },
      })
      expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': kind } })
      expect(step.errors).toHaveLength(1)
      expect(step.outputs['result']).toBeUndefined()
    } finally {
      await server.close()
    }
  })
})
