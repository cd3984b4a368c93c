import { rm } from 'node:fs/promises'
import { expect } from '@jest/globals'
import { FAILURE_KINDS } from '@mlops-actions/diagnostics'
import { type FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type BundleOptions, runBundle, type StepResult } from '../harness/bundle.ts'
import { STEPS, type Step, workspaceOf } from './steps.ts'

/** Runs the action's step against a server in that mode; with `trust` one of a private CA, which it is told of or not. */
export async function against(
  action: string,
  modes: (typeof FAULTS)[string]['modes'],
  {
    trust,
    stepAt = STEPS[action],
    ...more
  }: Partial<BundleOptions> & { readonly trust?: boolean; readonly stepAt?: (typeof STEPS)[string] } = {},
): Promise<StepResult & { readonly requests: number }> {
  const server = await startFaultServer({ modes, ...(trust === undefined ? {} : { tls: 'trusted' }) })
  const step: Step = stepAt?.(server.url) ?? { inputs: {} }
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
export function expectHonestFailure(step: StepResult): void {
  expect(step.code).toBe(1)
  expect(FAILURE_KINDS).toContain(step.outputs['failure-kind'])
  expect(['true', 'false']).toContain(step.outputs['retryable'])
  expect(step.errors).toHaveLength(1)
  expect(step.errors[0]?.title).toMatch(/^[\w-]+: .+/)
  expect(step.errors[0]?.message).toMatch(/^[\s\S]+\nSeen: [\s\S]+\nDo: [\s\S]+$/)
  expect(step.summary).toContain('❌')
  expect(step.stderr).toBe('')
}

/** A server that fails in that way is asked, and what it says is not taken for success. */
export async function expectRed(
  action: string,
  modes: (typeof FAULTS)[string]['modes'],
  more?: Parameters<typeof against>[2],
): Promise<void> {
  const step = await against(action, modes, more)
  expectHonestFailure(step)
  expect(step.requests).toBeGreaterThan(0)
  expect(['auth', 'upstream', 'timeout', 'not-found', 'conflict']).toContain(step.outputs['failure-kind'])
}

/** Cancels the step so many milliseconds after its first word, while its server is silent. */
export async function expectCancelled(action: string, moment: number): Promise<void> {
  const cancelWhen = async (seen: () => string) => {
    while (seen() === '') await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, moment))
  }
  const inputs = { timeout: '60s', 'request-timeout': '30s' }
  const step = await against(action, ['hang'], { cancelWhen, inputs })
  expect(step.code).toBe(130)
  expect(step.outputs['failure-kind']).toBe('cancelled')
  expect(step.endedAfter).toBeLessThan(5_000)
  expect(step.errors).toHaveLength(1)
}
