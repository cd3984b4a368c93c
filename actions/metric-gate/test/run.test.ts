import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runBundle } from '../../../test/harness/bundle.ts'

describe('the action', () => {
  let workspace = ''
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'gate-'))
    await writeFile(join(workspace, 'metrics.json'), '{"accuracy": 0.884}')
  })
  afterAll(() => rm(workspace, { recursive: true }))
  const gate = (inputs: Record<string, string>) => runBundle('metric-gate', { inputs, workspace })

  test('passes with the verdict in outputs and summary', async () => {
    const step = await gate({
      metrics: 'metrics.json',
      champion: '{"accuracy": 0.861}',
      gate: 'accuracy >= champion.accuracy - 0.005',
    })
    expect(step).toMatchObject({ code: 0, outputs: { passed: 'true', metrics: '{"accuracy":0.884}' } })
    expect(step.summary).toContain('## ✅ The gate passed')
    expect(step.summary).toContain('0.884 >= champion 0.861 - 0.005')
  })

  test('fails with kind gate, and the metrics are outputs all the same', async () => {
    const step = await gate({ metrics: 'metrics.json', gate: 'accuracy >= 0.9\nauc > 0.5' })
    expect(step).toMatchObject({
      code: 1,
      outputs: { 'failure-kind': 'gate', retryable: 'false', passed: 'false', metrics: '{"accuracy":0.884}' },
    })
    expect(step.errors).toEqual([
      { title: 'metric-gate: 2 of 2 gates did not pass', message: expect.stringContaining('auc is missing') },
    ])
    expect(step.summary).toContain('❌ 2 of 2 gates did not pass')
  })

  test.each([
    [{ metrics: '' }, 'metrics: is required'],
    [{ metrics: 'nowhere.json' }, 'no such file'],
    [{ metrics: '{"a": "x"}' }, 'no number: a'],
    [{ metrics: '{}', gate: 'a >' }, 'line 1, column 4'],
    [{ metrics: '{}', summary: 'maybe' }, 'summary: got "maybe"; want true, false or on-failure'],
  ])('%j is a wrong input', async (inputs, message) => {
    const step = await gate(inputs)
    expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': 'config' } })
    expect(step.errors[0]?.message).toContain(message)
  })
})
