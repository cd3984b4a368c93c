import { readFile, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { commandsOf, runFixture, type StepRun } from './run.ts'

describe('outputs that are too long', () => {
  const warningsOf = (run: StepRun) => commandsOf(run, 'warning').map(({ data }) => data)

  test('are cut, and one warning gives their true counts and the file that holds the whole', async () => {
    const run = await runFixture('step', { inputs: { do: 'heavy' } })
    expect(run.code).toBe(0)
    for (const text of Object.values(run.outputs)) expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024)
    expect(run.outputs).toMatchObject({
      sha: 'abc',
      note: expect.stringMatching(/^é+… \(140000 bytes in all\)$/),
    })
    expect(JSON.parse(run.outputs['files'] ?? '')[0]).toBe('file-0')
    expect(JSON.parse(run.outputs['metrics'] ?? '')).toMatchObject({ truncated: true })
    const [warning = '', ...more] = warningsOf(run)
    expect(more).toEqual([])
    expect(warning).toMatch(
      /files \(1,000 of 20,000 items\), note \(140,000 bytes\), metrics \(\d{3},\d{3} bytes\)/,
    )
    const path = /The whole is in (\S+\.json)$/.exec(warning)?.[1] ?? ''
    const whole = JSON.parse(await readFile(path, 'utf8'))
    expect(Object.keys(whole)).toEqual(['files', 'note', 'metrics'])
    expect(whole.files).toHaveLength(20_000)
    await rm(run.temp, { recursive: true })
  })

  test('are cut further where together they are more than GitHub takes of a job, the short ones never', async () => {
    const run = await runFixture('step', { inputs: { do: 'crowded' } })
    const texts = Object.values(run.outputs)
    // GitHub counts UTF-16, and takes 1 MB of a job in all: https://docs.github.com/en/actions/using-jobs/defining-outputs-for-jobs
    expect(2 * texts.join('').length).toBeLessThan(512 * 1024)
    expect(run.outputs['commit-sha']).toBe('abc')
    expect(run.outputs['report-file']).toMatch(/report\.json$/)
    expect(JSON.parse(run.outputs['report'] ?? '').truncated).toEqual({ rows: 3_000 })
    expect(JSON.parse(run.outputs['list-29'] ?? '')[0]).toBe('row-0')
    expect(warningsOf(run)).toEqual([expect.stringContaining('of 3,000 items), list-29 (')])
    await rm(run.temp, { recursive: true })
  })
})

test('outputs that are too long stay done where the whole cannot be kept', async () => {
  const run = await runFixture('step', { inputs: { do: 'heavy' }, env: { RUNNER_TEMP: '/dev/null/x' } })
  expect(run).toMatchObject({ code: 0, outputs: { sha: 'abc' } })
  expect(commandsOf(run, 'warning')).toMatchObject([{ data: expect.stringContaining('could not be kept: ') }])
})

test('what was done stays done where the report cannot be kept', async () => {
  const run = await runFixture('step', { inputs: { do: 'succeed' }, env: { RUNNER_TEMP: '/dev/null/x' } })
  expect(run).toMatchObject({ code: 0, outputs: { 'commit-sha': 'abc', changed: 'true' } })
  expect(commandsOf(run, 'warning')).toHaveLength(1)
})

describe('cancelling', () => {
  test.each([['SIGINT'], ['SIGTERM']] as const)(
    '%s ends a wait with exit code 130 and keeps what is known',
    async (signal) => {
      const run = await runFixture('step', {
        inputs: { do: 'hang' },
        interruptAt: { text: 'hanging', signals: [signal] },
      })
      expect(run.code).toBe(130)
      expect(run.outputs).toMatchObject({
        'failure-kind': 'cancelled',
        retryable: 'false',
        'run-id': '7c2e91',
      })
      expect(commandsOf(run, 'error')).toHaveLength(1)
    },
  )

  test('a second signal ends it at once', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'stubborn' },
      interruptAt: { text: 'hanging', signals: ['SIGINT', 'SIGTERM'] },
    })
    expect(run.code).toBe(130)
    expect(run.outputs['failure-kind']).toBeDefined()
  })

  test('work that does not stop is left behind after the grace', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'stubborn' },
      interruptAt: { text: 'hanging', signals: ['SIGINT'] },
    })
    expect(run.code).toBe(130)
    expect(run.outputs['failure-kind']).toBe('cancelled')
  })

  test('a rejection that nobody waited for, brought about by the cancel, does not hide it', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'dangle' },
      interruptAt: { text: 'hanging', signals: ['SIGINT'] },
    })
    expect(run.code).toBe(130)
    expect(run.outputs['failure-kind']).toBe('cancelled')
    expect(run.summary).toContain('| `cancelled` |')
  })

  test('a timeout longer than a timer can hold does not end it at once', async () => {
    const run = await runFixture('step', { inputs: { do: 'succeed', timeout: '999h' } })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    await rm(run.temp, { recursive: true })
  })

  test('the timeout of the step ends it as a timeout', async () => {
    const run = await runFixture('step', { inputs: { do: 'hang', timeout: '1ms' } })
    expect(run.code).toBe(1)
    expect(run.outputs).toMatchObject({ 'failure-kind': 'timeout', retryable: 'true' })
  })
})
