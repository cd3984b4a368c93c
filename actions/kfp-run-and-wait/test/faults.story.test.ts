import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { install, pipelineOf, TRAIN } from './installation.ts'
import { step } from './step.ts'

// Every fault of the table, in process: what is sent again waits on a clock that stands still until somebody sleeps.
// Those that fail at once are played to the bundle, too (bundle.test.ts).
let workspace: string
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'kfp-faults-'))
  await writeFile(join(workspace, 'pipeline.yaml'), JSON.stringify(pipelineOf(TRAIN)))
})
afterAll(() => rm(workspace, { recursive: true }))

const broken = Object.entries(FAULTS).filter(([, { kind }]) => kind !== undefined)
const patience = (kind: string | undefined) => ({ 'request-timeout': kind === 'timeout' ? '100ms' : '20s' })

describe('a KFP with', () => {
  test.each(broken)(
    '"%s" ends in a failure of its kind, and no run',
    async (_name, { modes, tls, kind, retried }) => {
      const server = await startFaultServer({ modes, ...(tls === undefined ? {} : { tls }) })
      const ca = tls === 'expired' || tls === 'wrong-host' ? { 'ca-cert': server.ca } : {}
      const { failure, outputs } = await step(workspace, { url: server.url, ...patience(kind), ...ca })
      await server.close()
      expect(failure?.kind).toBe(kind)
      expect(outputs['run-id']).toBeUndefined()
      if (retried) expect(server.requests.length).toBeGreaterThan(1)
    },
  )
})

const passing = Object.entries(FAULTS).filter(([, { kind }]) => kind === undefined)

test.each(passing)('a run is followed through "%s"', async (_name, { modes }) => {
  await using at = await install()
  // The first answer finds the API; the fault comes while the rest is read.
  const server = await startFaultServer({ modes: ['ok', ...modes], upstream: at.kfp.url })
  const done = await step(at.workspace, { url: server.url, gate: 'accuracy > 0.5' })
  await server.close()
  expect(done.failure).toBeUndefined()
  expect(done.outputs).toMatchObject({ state: 'SUCCEEDED', 'gate-passed': true })
  expect(at.kfp.state.workflows).toHaveLength(1)
})
