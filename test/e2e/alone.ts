import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '@mlops-actions/sandbox'
import type { RunResult, StepResult } from '@mlops-actions/workflow-runner'
import { type Inbox, openInbox } from '../demo/inbox.ts'
import { inspectMachine } from '../demo/machine.ts'
import { commitAndPush } from '../demo/product.ts'
import { runProduct } from '../demo/run.ts'
import { type Company, seedCompany } from '../demo/seed.ts'

/** A company with v1 in production, and a way to call one reusable workflow from its product repository. */
export interface Alone {
  readonly company: Company
  readonly inbox: Inbox
  /** Pushes a caller with one job `call` and runs it for that push. */
  call(workflow: string, job: string): Promise<RunResult>
  close(): Promise<void>
}

export async function openAlone(): Promise<Alone> {
  const root = mkdtempSync(join(tmpdir(), 'mlops-e2e-'))
  const sandbox = await startSandbox()
  const inbox = await openInbox()
  const signal = AbortSignal.timeout(60_000)
  const company = await seedCompany(sandbox, await inspectMachine(), root, signal)
  const folder = join(company.desk.directory, '.github', 'workflows')
  mkdirSync(folder, { recursive: true })
  let number = 0
  return {
    company,
    inbox,
    call: async (workflow, job) => {
      number += 1
      writeFileSync(join(folder, 'alone.yml'), callerOf(workflow, job))
      const sha = await commitAndPush(company.desk, `Calls ${workflow}`)
      const request = { workflow: 'alone.yml', sha, number, signal, onEvent: () => {} }
      const { result } = await runProduct({ company, inbox, root }, request)
      return result
    },
    close: async () => {
      await inbox.close()
      await sandbox.close()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** @param job lines of YAML below the job: its permissions, `with` and `secrets` */
function callerOf(workflow: string, job: string): string {
  const lines = job
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '')
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length))
  return [
    'on: push',
    'permissions: {}',
    'jobs:',
    '  call:',
    `    uses: mlops-actions/mlops-actions/.github/workflows/${workflow}@v1`,
    ...lines.map((line) => `    ${line.slice(indent)}`),
    '',
  ].join('\n')
}

/** Steps that ran, by id, or by name where they have none. */
export function stepsOf(result: RunResult): ReadonlyMap<string, StepResult> {
  const steps = result.jobs.flatMap((job) => job.steps)
  return new Map(steps.filter((step) => step.conclusion !== 'skipped').map((step) => [step.id, step]))
}
