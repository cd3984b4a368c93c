import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { marked } from 'marked'
import { commandsOf, runFixture } from './run.ts'

describe('failure', () => {
  test.each([
    ['throw', 'internal', 'x is not a function'],
    ['drain', 'internal', 'ran out of work'],
    ['exit', 'internal', 'ran out of work'],
    ['reject', 'internal', 'nobody waits for this'],
  ])('a step that ends by %s has failed and says so, in the summary, too', async (way, kind, text) => {
    const run = await runFixture('step', { inputs: { do: way, token: 'canary-123456789' } })
    expect(run.code).toBe(way === 'exit' ? 1 : run.code)
    expect(run.code).not.toBe(0)
    expect(run.outputs).toMatchObject({ 'failure-kind': kind, retryable: 'false', 'run-id': '7c2e91' })
    expect(commandsOf(run, 'error')).toHaveLength(1)
    expect(run.stdout).toContain(text)
    expect(run.summary).toMatch(/^## ❌ test\\-step: /)
    expect(run.summary).toContain('| `internal` |')
    expect(run.summary).not.toContain('canary-123456789')
  })

  test('has no summary where none is wanted, however it ends', async () => {
    const run = await runFixture('step', { inputs: { do: 'reject', summary: 'false' } })
    expect(run.summary).toBe('')
  })

  const onLinux = existsSync('/dev/full') ? test : test.skip
  onLinux.each(['succeed', 'fail', 'reject'])(
    'by a full disk is told by one annotation (%s)',
    async (way) => {
      const run = await runFixture('step', {
        inputs: { do: way },
        env: { GITHUB_OUTPUT: '/dev/full', GITHUB_STEP_SUMMARY: '/dev/full', RUNNER_TEMP: '/dev/full/x' },
      })
      expect(run.code).toBe(1)
      expect(run.stderr).toBe('')
      expect(commandsOf(run, 'error')).toHaveLength(1)
    },
  )

  onLinux('by a full disk is no defect of ours, and says what is done and what to do', async () => {
    const run = await runFixture('step', { inputs: { do: 'succeed' }, env: { GITHUB_OUTPUT: '/dev/full' } })
    const [error] = commandsOf(run, 'error')
    expect(error?.properties['title']).toBe('test-step: Cannot write the outputs of the step')
    expect(error?.data).toMatch(/^\/dev\/full, the file of GITHUB_OUTPUT\nSeen: the disk is full \(ENOSPC/)
    expect(error?.data).toContain('Do: Free space on the runner')
    expect(run.summary).toContain('| `quota` | `OUTPUT_FILE` |')
    expect(run.summary).not.toContain('✅')
  })

  test('by a file of the runner that is not there is one of configuration', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'succeed' },
      env: { GITHUB_OUTPUT: '/nonexistent/x' },
    })
    expect(run.code).toBe(1)
    expect(commandsOf(run, 'error')).toHaveLength(1)
    expect(run.summary).toContain('| `config` | `OUTPUT_FILE` |')
  })

  test('all wrong inputs stand in one message', async () => {
    const run = await runFixture('step', { inputs: { do: 'explode', timeout: '10', summary: 'yes' } })
    expect(run.outputs['failure-kind']).toBe('config')
    const [error] = commandsOf(run, 'error')
    expect(error?.properties['title']).toBe('test-step: 3 inputs are wrong')
    expect(error?.data).toContain('do: got "explode"; want one of succeed, fail,')
    expect(error?.data).toContain('timeout: got "10"; want a duration such as 90s, 10m or 1h30m')
    expect(error?.data).toContain('summary: got "yes"; want true, false or on-failure')
  })

  test('a missing permission for an OIDC token names the permission', async () => {
    const run = await runFixture('step', { inputs: { do: 'id-token' } })
    expect(run.outputs['failure-kind']).toBe('auth')
    expect(run.stdout).toContain('id-token: write')
  })

  test('is told even where the runner gives no files', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'fail' },
      env: { GITHUB_OUTPUT: '/nonexistent/x', GITHUB_STEP_SUMMARY: '/nonexistent/y' },
    })
    expect(run.code).not.toBe(0)
    expect(commandsOf(run, 'error').length).toBeGreaterThan(0)
  })
})

describe('secrets', () => {
  test('stand nowhere but in the commands that mask them, and those come first', async () => {
    const canary = 'canary-9f3b/"q=+7'
    const run = await runFixture('step', {
      inputs: { do: 'leak', token: canary },
      env: { RUNNER_DEBUG: '1' },
    })
    expect(run.code).toBe(0)
    const forms = [
      canary,
      Buffer.from(canary).toString('base64'),
      encodeURIComponent(canary),
      JSON.stringify(canary).slice(1, -1),
    ]
    const lines = run.stdout.split('\n').map((line) => (line.startsWith('::add-mask::') ? '' : line))
    const files = [
      run.summary,
      JSON.stringify(run.outputs),
      await readFile(run.outputs['report-file'] ?? '', 'utf8'),
    ]
    for (const form of forms)
      for (const place of [...lines, run.stderr, ...files]) expect(place).not.toContain(form)
    expect(run.stdout.indexOf('::add-mask::')).toBe(0)
    await rm(run.temp, { recursive: true })
  })

  test('stay hidden when escapes that are stripped, or escapes of Markdown, stand between', async () => {
    const canary = 'ghs_cana-ry*9f3b|7_x'
    const run = await runFixture('step', { inputs: { do: 'split', token: canary } })
    const shown = run.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    const rendered = marked.parse(run.summary, { async: false })
    for (const place of [...shown, run.stderr, rendered, run.summary]) expect(place).not.toContain(canary)
    expect(rendered).toContain('***')
  })

  test('that stand in the environment are hidden too, in a proxy with all its spellings', async () => {
    const run = await runFixture('step', {
      inputs: { do: 'speak', words: 'said: canary+aws/1234, p%40ss-word1, p@ss-word1' },
      env: {
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'canary+aws/1234',
        https_proxy: 'http://user:p%40ss-word1@proxy.example:3128',
      },
    })
    expect(run.stdout).toContain('said: ***, ***, ***\n')
  })

  test('are not printed by a rejection that nobody waited for', async () => {
    const run = await runFixture('step', { inputs: { do: 'reject', token: 'canary-123456789' } })
    const shown = run.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect([...shown, run.stderr].join('\n')).not.toContain('canary-123456789')
    expect(run.stderr).toBe('')
    expect(commandsOf(run, 'error')).toHaveLength(1)
  })

  test('are not shown when they are a wrong input', async () => {
    const run = await runFixture('step', { inputs: { do: 'fail', token: 'canary-12345678' } })
    expect(run.stdout.replaceAll('::add-mask::canary-12345678', '')).not.toContain('canary-12345678')
    await rm(run.temp, { recursive: true })
  })
})
