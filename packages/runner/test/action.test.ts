import { readFile, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { marked } from 'marked'
import { COMMAND_LINES } from '../../../test/harness/hostile.ts'
import { commandsOf, runFixture } from './run.ts'

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
