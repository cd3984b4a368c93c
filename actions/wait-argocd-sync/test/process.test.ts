import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { runBundle } from '../../../test/harness/bundle.ts'
import { type Company, startCompany } from './company.ts'

// What only the bundle shows. What a wait sees and decides is for scenarios.test.ts and live.test.ts.

const NOWHERE = 'f'.repeat(40)
let company: Company
beforeAll(async () => {
  company = await startCompany()
})
afterAll(() => company.close())

const wait = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
  runBundle('wait-argocd-sync', { inputs: { ...company.inputs, ...inputs }, env })

test('a commit that Argo CD syncs is live, with what was seen in outputs and summary, and the token nowhere', async () => {
  const revision = await company.commit('v2')
  const step = await wait({ revision }, { RUNNER_DEBUG: '1' })
  expect(step.errors).toEqual([])
  expect(step).toMatchObject({
    code: 0,
    outputs: {
      result: 'live',
      revision,
      'sync-status': 'Synced',
      'health-status': 'Healthy',
      phase: 'Succeeded',
    },
  })
  expect(step.summary).toContain(`✅ churn\\-prod: commit \`${revision.slice(0, 7)}\` is live`)
  expect(JSON.parse(step.outputs['lineage'] ?? '')).toMatchObject({
    application: 'churn-prod',
    commit: revision,
  })
  const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect([...shown, step.stderr, step.summary, JSON.stringify(step.outputs)].join('\n')).not.toContain(
    'argocd-token',
  )
})

test('a wait that is cancelled ends within five seconds', async () => {
  const cancelWhen = async (seen: () => string) => {
    while (!seen().includes('waiting for')) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const inputs = { ...company.inputs, repository: '', revision: NOWHERE }
  const step = await runBundle('wait-argocd-sync', { inputs, cancelWhen })
  expect(step).toMatchObject({ code: 130, outputs: { 'failure-kind': 'cancelled' } })
  expect(step.endedAfter).toBeLessThan(5_000)
})

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
      const step = await wait({ url: server.url, revision: NOWHERE, timeout: '20s' })
      expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': kind } })
      expect(step.errors).toHaveLength(1)
      expect(step.outputs['result']).toBeUndefined()
    } finally {
      await server.close()
    }
  })
})
