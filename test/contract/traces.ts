import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { runBundle, type StepResult } from '../harness/bundle.ts'
import { startEchoServer } from './echo.ts'
import { leaksOf } from './leak.ts'
import { CANARY, STEPS, type Step, workspaceOf } from './steps.ts'

/** Everything that a step leaves to be read, by the name of the place. */
type Traces = ReadonlyMap<string, string>

/** Runs a step whose runner files outlive it, and collects what it wrote anywhere; mask commands are meant to tell. */
export async function tracesOf(action: string, step: Step): Promise<{ step: StepResult; traces: Traces }> {
  const temp = await mkdtemp(join(tmpdir(), 'traces-'))
  const workspace = await workspaceOf(step)
  try {
    const state = join(temp, 'state')
    await writeFile(state, '')
    const env = { RUNNER_DEBUG: '1', ...step.env, GITHUB_STATE: state, RUNNER_TEMP: temp }
    const inputs = { timeout: '3s', 'request-timeout': '1s', ...step.inputs }
    const ended = await runBundle(action, { workspace, inputs, env })
    const report = ended.outputs['report-file']
    const traces = new Map([
      ['log', ended.stdout.replaceAll(/^::add-mask::.*$/gm, '')],
      ['stderr', ended.stderr],
      ['summary', ended.summary],
      ['outputs', Object.values(ended.outputs).join('\n')],
      ['state', await readFile(state, 'utf8')],
      ['report', report === undefined ? '' : await readFile(report, 'utf8')],
    ])
    return { step: ended, traces }
  } finally {
    await rm(temp, { recursive: true, force: true })
    await rm(workspace, { recursive: true, force: true })
  }
}

export async function leaks(traces: Traces): Promise<readonly string[]> {
  const found = [...traces].map(async ([place, text]) =>
    (await leaksOf(CANARY, text)).map((what) => `${place}: ${what}`),
  )
  return (await Promise.all(found)).flat()
}

/** A server that says in that form what it was told makes the step fail, and nothing of it is shown. */
export async function expectSecrecy(action: string, form: string): Promise<void> {
  const server = await startEchoServer(form)
  try {
    const { step, traces } = await tracesOf(action, STEPS[action]?.(server.url) ?? { inputs: {} })
    expect(step.code).toBe(1)
    expect(server.heard()).toBeGreaterThan(0)
    expect(await leaks(traces)).toEqual([])
    expect(step.masks).toContain(CANARY)
  } finally {
    await server.close()
  }
}
