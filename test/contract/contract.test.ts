import { createHash, randomInt } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { FAILURE_KINDS } from '@mlops-actions/diagnostics'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { parse } from 'yaml'
import { type BundleOptions, runBundle, type StepResult } from '../harness/bundle.ts'
import { HOSTILE_VALUES } from '../harness/hostile.ts'
import { STEPS, type Step, workspaceOf } from './steps.ts'

// What every action promises, held by every bundle: tests that know nothing of what the action does.
const ROOT = join(fileURLToPath(import.meta.url), '..', '..', '..')
const ACTIONS = readdirSync(join(ROOT, 'actions')).filter((name) =>
  existsSync(join(ROOT, 'actions', name, 'src', 'main.ts')),
)
const REMOTE = ACTIONS.filter((name) => name in STEPS)

/** Repeats the moments of a run that failed: its tests are named after the seed. */
const SEED = Number(process.env['CANCEL_SEED'] ?? randomInt(1_000_000))

/** At once, and three moments at random: the first 600 ms hold everything from reading the inputs to a first poll. */
function momentsFor(action: string): readonly number[] {
  const bytes = createHash('sha256').update(`${SEED} ${action}`).digest()
  return [0, ...[0, 2, 4].map((offset) => bytes.readUInt16BE(offset) % 600)]
}

function contractOf(action: string): { inputs: Record<string, { default?: unknown }> } {
  return parse(readFileSync(join(ROOT, 'actions', action, 'action.yml'), 'utf8'))
}

/** Runs the action's step against a server in that mode; with `trust` one of a private CA, which it is told of or not. */
async function against(
  action: string,
  modes: (typeof FAULTS)[string]['modes'],
  { trust, ...more }: Partial<BundleOptions> & { readonly trust?: boolean } = {},
): Promise<StepResult & { readonly requests: number }> {
  const server = await startFaultServer({ modes, ...(trust === undefined ? {} : { tls: 'trusted' }) })
  const step: Step = STEPS[action]?.(server.url) ?? { inputs: {} }
  const workspace = await workspaceOf(step)
  try {
    const ca = trust === true ? { 'ca-cert': server.ca } : {}
    const inputs = { timeout: '2s', 'request-timeout': '500ms', ...ca, ...step.inputs, ...more.inputs }
    const ended = await runBundle(action, { workspace, ...more, inputs, env: { ...step.env, ...more.env } })
    return { ...ended, requests: server.requests.length }
  } finally {
    await rm(workspace, { recursive: true })
    await server.close()
  }
}

/** Everything that a failed step owes its reader. */
function expectHonestFailure(step: StepResult): void {
  expect(step.code).toBe(1)
  expect(FAILURE_KINDS).toContain(step.outputs['failure-kind'])
  expect(['true', 'false']).toContain(step.outputs['retryable'])
  expect(step.errors).toHaveLength(1)
  expect(step.errors[0]?.title).toMatch(/^[\w-]+: .+/)
  expect(step.errors[0]?.message).toMatch(/^[\s\S]+\nSeen: [\s\S]+\nDo: [\s\S]+$/)
  expect(step.summary).toContain('❌')
  expect(step.stderr).toBe('')
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

describe.each(REMOTE)('%s, and a server', (action) => {
  const modes = ['closed before the answer', 'login page with status 200', 'empty body with status 200', 'JSON of another server', 'unauthorized', 'forbidden', 'accepted, then silence', 'bad gateway'] // biome-ignore format: a list

  test.concurrent.each(modes)('that fails (%s) is never taken for success', async (name) => {
    const step = await against(action, FAULTS[name]?.modes ?? [])
    expectHonestFailure(step)
    expect(step.requests).toBeGreaterThan(0)
    expect(['auth', 'upstream', 'timeout', 'not-found', 'conflict']).toContain(step.outputs['failure-kind'])
  })

  test('of a private CA is asked where `ca-cert` names that CA, and only there', async () => {
    const { modes } = FAULTS['unauthorized'] ?? { modes: [] }
    const [told, untold] = [
      await against(action, modes, { trust: true }),
      await against(action, modes, { trust: false }),
    ]
    expect(['auth', 'upstream']).toContain(told.outputs['failure-kind'])
    expect(told.requests).toBeGreaterThan(0)
    expect([untold.outputs['failure-kind'], untold.requests]).toEqual(['config', 0])
    expect(untold.errors[0]?.message).toContain('ca-cert')
  })

  // From the first line on, which is as early as the signals are listened to; then connecting and waiting.
  test.concurrent.each(momentsFor(action))(
    `ends within five seconds when it is cancelled after %i ms, of CANCEL_SEED=${SEED}`,
    async (moment) => {
      const cancelWhen = async (seen: () => string) => {
        while (seen() === '') await new Promise((resolve) => setTimeout(resolve, 5))
        await new Promise((resolve) => setTimeout(resolve, moment))
      }
      const step = await against(action, ['hang'], {
        cancelWhen,
        inputs: { timeout: '60s', 'request-timeout': '30s' },
      })
      expect(step.code).toBe(130)
      expect(step.outputs['failure-kind']).toBe('cancelled')
      expect(step.endedAfter).toBeLessThan(5_000)
      expect(step.errors).toHaveLength(1)
    },
  )
})
