import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { parse } from 'yaml'
import { runBundle } from '../harness/bundle.ts'
import { HOSTILE_VALUES } from '../harness/hostile.ts'
import { expectHonestFailure, expectRed } from './against.ts'
import { STEPS, type Step } from './steps.ts'

// What every action promises, held by every bundle: tests that know nothing of what the action does.
const ROOT = join(fileURLToPath(import.meta.url), '..', '..', '..')
const ACTIONS = readdirSync(join(ROOT, 'actions')).filter((name) =>
  existsSync(join(ROOT, 'actions', name, 'src', 'main.ts')),
)
const REMOTE = ACTIONS.filter((name) => name in STEPS)

function contractOf(action: string): { inputs: Record<string, { default?: unknown }> } {
  return parse(readFileSync(join(ROOT, 'actions', action, 'action.yml'), 'utf8'))
}

test('every action that talks to a server is tried here', () => {
  const local = ['deployment-report', 'metric-gate']
  expect([...REMOTE].sort()).toEqual(ACTIONS.filter((name) => !local.includes(name)).sort())
})

describe.each(ACTIONS)('%s', (action) => {
  test('without inputs fails with one honest failure', async () => {
    const step = await runBundle(action)
    expectHonestFailure(step)
    expect(step.outputs['failure-kind']).toBe('config')
  })

  test('refuses an input that its action.yml does not declare, by name and before anything is asked', async () => {
    const server = await startFaultServer({ modes: FAULTS['unauthorized']?.modes ?? [] })
    const { inputs, env = {} }: Step = STEPS[action]?.(server.url) ?? { inputs: {} }
    const step = await runBundle(action, { inputs: { ...inputs, sumary: 'not to be shown' }, env }).finally(
      () => server.close(),
    )
    expectHonestFailure(step)
    expect(step.outputs['failure-kind']).toBe('config')
    expect(step.errors[0]?.message).toContain('sumary: is no input of this action; did you mean `summary`?')
    expect(step.stdout).not.toContain('not to be shown')
    expect(server.requests).toHaveLength(0)
  })

  test('takes no hostile value for anything but a value', async () => {
    const inputs = Object.keys(contractOf(action).inputs)
    const given = Object.fromEntries(
      inputs.map((name, index) => [
        name,
        HOSTILE_VALUES[index % HOSTILE_VALUES.length]?.replace('\u0000', '') ?? '',
      ]),
    )
    const step = await runBundle(action, { inputs: given })
    expectHonestFailure(step)
    const names = step.stdout.split('\n').flatMap((line) => parseCommand(line)?.name ?? [])
    expect(
      names.filter((name) => !['add-mask', 'error', 'group', 'endgroup', 'warning', 'debug'].includes(name)),
    ).toEqual([])
  })
})

// More ways to fail, a private CA, and moments of a cancel are in faults.story.test.ts.
describe.each(REMOTE)('%s, and a server', (action) => {
  test('that gives a login page with status 200 is never taken for success', () =>
    expectRed(action, FAULTS['login page with status 200']?.modes ?? []))
})
