import { afterEach, describe, expect, test } from '@jest/globals'
import { type FaultMode, startFaultServer } from '@mlops-actions/sandbox/faults'
import { runBundle } from '../../../test/harness/bundle.ts'
import { live, MODEL, NEW, QUICK, startCluster } from './cluster.ts'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

const ACTION = 'kserve-health-check'
const INPUTS = { ...QUICK, 'expected-image': NEW, 'expected-storage-uri': MODEL }

describe('the bundle, as a process,', () => {
  test.each<[FaultMode, string]>([
    ['html', 'auth'],
    ['status:401', 'auth'],
    ['wrongjson', 'upstream'],
  ])('reports an API server that answers %s as %s', async (mode, kind) => {
    const server = await startFaultServer({ modes: [mode] })
    closing.push(server)
    const step = await runBundle(ACTION, { inputs: { ...INPUTS, 'kubernetes-server': server.url } })
    expect([step.code, step.outputs['failure-kind']]).toEqual([1, kind])
    expect(step.errors).toHaveLength(1)
  })

  test('goes on after a connection that was reset', async () => {
    const scene = live()
    const started = await startCluster({ scene: () => scene, now: Date.now })
    closing.push(started)
    const { api } = started
    const server = await startFaultServer({ modes: ['rst', 'ok'], upstream: api.url })
    closing.push(server)
    const step = await runBundle(ACTION, { inputs: { ...INPUTS, 'kubernetes-server': server.url } })
    expect([step.code, step.outputs['result']]).toEqual([0, 'healthy'])
  })
})
