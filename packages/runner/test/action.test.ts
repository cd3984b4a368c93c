import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { marked } from 'marked'
import { COMMAND_LINES } from '../../../test/harness/hostile.ts'
import { runFixture, type StepRun } from './run.ts'

function commandsOf(run: StepRun, name: string) {
  return run.stdout.split('\n').flatMap((line) => {
    const command = parseCommand(line)
    return command?.name === name ? [command] : []
  })
}

describe('success', () => {
  test('writes outputs, summary, report and lineage, and exits 0 with no annotation', async () => {
    const run = await runFixture('step', { inputs: { do: 'succeed' } })
    expect(run.code).toBe(0)
    expect(run.outputs).toMatchObject({
      changed: 'true',
      'commit-sha': 'abc',
      files: '["a","b"]',
      'run-id': '7c2e91',
    })
    expect(run.outputs).not.toHaveProperty('empty')
    expect(run.outputs).not.toHaveProperty('failure-kind')
    expect(run.summary).toBe('## ✅ done\n')
    expect(JSON.parse(run.outputs['lineage'] ?? '')).toMatchObject({
      action: 'test-step',
      commit: 'abc',
      repository: 'octo/churn',
    })
    expect(commandsOf(run, 'error')).toEqual([])
    await rm(run.temp, { recursive: true })
  })

  test('cuts a report that is too long for an output, with true counts, and keeps the whole in a file', async () => {
    const run = await runFixture('step', { inputs: { do: 'succeed' } })
    const report = JSON.parse(run.outputs['report'] ?? '')
    expect(Buffer.byteLength(run.outputs['report'] ?? '')).toBeLessThan(64 * 1024)
    expect(report.truncated).toEqual({ files: 20_000 })
    expect(report.files[0]).toBe('file-0')
    expect(JSON.parse(await readFile(run.outputs['report-file'] ?? '', 'utf8')).files).toHaveLength(20_000)
    await rm(run.temp, { recursive: true })
  })

  test('cuts a summary that is longer than GitHub takes, and says so below the verdict', async () => {
    const run = await runFixture('step', { inputs: { do: 'tell' } })
    expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(1024 * 1024)
    expect(run.summary).toMatch(/^## ✅ done\n\n> This summary was \d,\d{3},\d{3} bytes long and is cut/)
    expect(run.summary).toMatch(/\né row \d+ of the report\n$/)
    expect(marked.parse(run.summary, { async: false })).toContain('<blockquote>')
  })

  test.each(['false', 'on-failure'])('writes no summary with summary: %s', async (summary) => {
    const run = await runFixture('step', { inputs: { do: 'succeed', summary } })
    expect(run).toMatchObject({ code: 0, summary: '' })
    await rm(run.temp, { recursive: true })
  })
})

describe('an input that is not declared', () => {
  test.each(['of its name', ''])('fails the step by its name and without its value: %j', async (value) => {
    const run = await runFixture('step', { inputs: { do: 'succeed', tokn: value } })
    expect(run.code).toBe(1)
    expect(run.outputs).toMatchObject({ 'failure-kind': 'config', retryable: 'false' })
    const [error] = commandsOf(run, 'error')
    expect(error?.data).toContain('tokn: is no input of this action; did you mean `token`?')
    expect(run.stdout).not.toContain('of its name')
  })

  test('is looked for among what the runner hands on as inputs, and nowhere else', async () => {
    const env = { INPUTS: 'x', MY_INPUT_X: 'x', input_tokn: 'x' }
    const run = await runFixture('step', { inputs: { do: 'succeed', words: '' }, env })
    expect(run.code).toBe(0)
    await rm(run.temp, { recursive: true })
  })
})

describe('failure', () => {
  test('is one annotation with a title and three parts, two outputs, a summary and exit code 1', async () => {
    const run = await runFixture('step', { inputs: { do: 'fail' } })
    expect(run.code).toBe(1)
    expect(run.outputs).toMatchObject({
      'failure-kind': 'policy',
      retryable: 'false',
      attempts: '3',
      'run-id': '7c2e91',
    })
    expect(commandsOf(run, 'error')).toEqual([
      {
        name: 'error',
        properties: { title: 'test-step: Cannot push the commit' },
        data: 'main of git.example/gitops\nSeen: GH006: Protected branch\nDo: Let the App bypass the rule',
      },
    ])
    expect(run.stdout).toContain('caused by: exit code 1\n')
    expect(run.stdout).toContain('caused by: remote: GH006\n')
    expect(run.summary).toContain('## ❌ test\\-step: Cannot push the commit')
    expect(JSON.parse(run.outputs['report'] ?? '')).toEqual({ attempts: [1, 2, 3] })
    await rm(run.temp, { recursive: true })
  })

  test('writes its summary with summary: on-failure, and none with summary: false', async () => {
    const told = await runFixture('step', { inputs: { do: 'fail', summary: 'on-failure' } })
    const silent = await runFixture('step', { inputs: { do: 'fail', summary: 'false' } })
    expect(told.summary).toContain('Cannot push the commit')
    expect(silent).toMatchObject({ code: 1, summary: '' })
    for (const { temp } of [told, silent]) await rm(temp, { recursive: true })
  })

  test.each([
    ['throw', 'internal', 'x is not a function'],
    ['drain', 'internal', 'ran out of work'],
    ['exit', 'internal', 'ran out of work'],
    ['reject', 'internal', 'nobody waits for this'],
  ])('a step that ends by %s has failed and says so', async (way, kind, text) => {
    const run = await runFixture('step', { inputs: { do: way } })
    expect(run.code).toBe(way === 'exit' ? 1 : run.code)
    expect(run.code).not.toBe(0)
    expect(run.outputs).toMatchObject({ 'failure-kind': kind, retryable: 'false', 'run-id': '7c2e91' })
    expect(commandsOf(run, 'error')).toHaveLength(1)
    expect(run.stdout).toContain(text)
  })

  test.each(['throw', 'drain', 'exit', 'reject'])('a step that ends by %s has a summary', async (way) => {
    const run = await runFixture('step', { inputs: { do: way, token: 'canary-123456789' } })
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

test('no text that the action prints acts on the runner', async () => {
  const words = COMMAND_LINES.filter((line) => !line.includes('\u0000')).join('\n')
  const run = await runFixture('step', { inputs: { do: 'speak', words }, env: { RUNNER_DEBUG: '1' } })
  const ours = new Set(['debug', 'warning', 'group', 'endgroup'])
  const commands = run.stdout.split('\n').flatMap((line) => parseCommand(line)?.name ?? [])
  expect(commands.filter((name) => !ours.has(name))).toEqual([])
  expect(commands.filter((name) => name === 'warning')).toHaveLength(1)
  await rm(run.temp, { recursive: true })
})

test('no line of a text of several lines stands at the start of a line of the log, where problem matchers look', async () => {
  const run = await runFixture('step', {
    inputs: { do: 'speak', words: 'one\n  File "a.py", line 3\r\nb.ts(1,2): error' },
  })
  expect(run.stdout).not.toMatch(/^(?:\s*File|b\.ts)/m)
  expect(run.stdout).toContain('one\n│   File "a.py", line 3\n│ b.ts(1,2): error\n')
})

test('no text of a server acts on the runner through the annotation or the summary', async () => {
  const words = COMMAND_LINES.filter((line) => !line.includes('\u0000')).join('\n')
  const run = await runFixture('step', { inputs: { do: 'fail', words } })
  expect(run.stdout.split('\n').flatMap((line) => parseCommand(line)?.name ?? [])).toEqual(['error'])
  await rm(run.temp, { recursive: true })
})
