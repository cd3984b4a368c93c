import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { runBundle } from '../../../test/harness/bundle.ts'

const FAST = { 'pipeline-file': 'pipeline.yaml', interval: '100ms' }

describe('as a process', () => {
  test.each([
    [{}, 'url: is required'],
    [{ url: 'https://kfp.example' }, 'pipeline-file: give it, or the name'],
    [{ url: 'https://kfp.example', 'pipeline-file': 'a', pipeline: 'b' }, 'pipeline: give either'],
    [
      { url: 'https://kfp.example', pipeline: 'b', champion: '{}', 'model-name': 'm' },
      'model-name: needs the `mlflow-url`',
    ],
  ])('refuses %j', async (inputs, message) => {
    const failed = await runBundle('kfp-run-and-wait', { inputs })
    expect(failed).toMatchObject({ code: 1, outputs: { 'failure-kind': 'config' } })
    expect(`${failed.errors[0]?.title}\n${failed.errors[0]?.message}`).toContain(message)
  })

  // Those that are not sent again: the others end by their deadline, which test/contract looks at for every action.
  test.each(Object.entries(FAULTS).filter(([, { kind, retried }]) => kind !== undefined && !retried))(
    'says of a server with %s what it is',
    async (_name, { modes, kind, tls }) => {
      const server = await startFaultServer({ modes, ...(tls === undefined ? {} : { tls }) })
      const workspace = await mkdtemp(join(tmpdir(), 'kfp-fault-'))
      const caCert = tls === undefined || tls === 'unknown-ca' ? {} : { 'ca-cert': server.ca }
      const inputs = { ...FAST, ...caCert, url: server.url, 'request-timeout': '10s', timeout: '30s' }
      const failed = await runBundle('kfp-run-and-wait', { inputs, workspace })
      await server.close()
      await rm(workspace, { recursive: true })
      expect(failed).toMatchObject({
        code: 1,
        errors: [expect.anything()],
        outputs: { 'failure-kind': kind },
      })
    },
  )
})
