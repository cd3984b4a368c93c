import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '@mlops-actions/sandbox'
import type { RunResult, StepResult } from '@mlops-actions/workflow-runner'
import { type Inbox, openInbox } from '../demo/inbox.ts'
import { inspectMachine } from '../demo/machine.ts'
import { documentedPermissions } from '../demo/permissions.ts'
import { commitAndPush, git } from '../demo/product.ts'
import { runProduct } from '../demo/run.ts'
import { type Company, seedCompany } from '../demo/seed.ts'
import { callerOf } from './scripted.ts'

/** A run that has ended, and what it takes to start it again. */
export interface PastRun {
  readonly result: RunResult
  readonly workflow: string
  readonly sha: string
  readonly number: number
}

/** A company with v1 in production, and ways to run workflows of its product repository. */
export interface Alone {
  readonly company: Company
  readonly inbox: Inbox
  /** Pushes a caller of one reusable workflow, with one job `call`, and runs it for that push. */
  call(workflow: string, job: string): Promise<PastRun>
  /** Starts a workflow file of the product by hand, at its newest commit. */
  dispatch(workflow: string): Promise<PastRun>
  /** Runs all jobs of a run again, at its commit, as its second attempt. */
  again(run: PastRun): Promise<PastRun>
  close(): Promise<void>
}

export async function openAlone(): Promise<Alone> {
  const root = mkdtempSync(join(tmpdir(), 'mlops-e2e-'))
  const sandbox = await startSandbox(documentedPermissions())
  const inbox = await openInbox()
  const signal = AbortSignal.timeout(240_000)
  const company = await seedCompany(sandbox, await inspectMachine(), root, signal)
  const folder = join(company.desk.directory, '.github', 'workflows')
  mkdirSync(folder, { recursive: true })
  let number = 0
  const start = async (run: Omit<PastRun, 'result'>, more: object = {}): Promise<PastRun> => {
    const request = { ...run, ...more, signal, onEvent: () => {} }
    const { result } = await runProduct({ company, inbox, root }, request)
    return { ...run, result }
  }
  return {
    company,
    inbox,
    call: async (workflow, job) => {
      number += 1
      writeFileSync(join(folder, 'alone.yml'), callerOf(workflow, job))
      const sha = await commitAndPush(company.desk, `Calls ${workflow}`)
      return start({ workflow: 'alone.yml', sha, number })
    },
    dispatch: async (workflow) => {
      number += 1
      const sha = await git(company.desk, 'rev-parse', 'HEAD')
      return start({ workflow, sha, number }, { event: 'workflow_dispatch' })
    },
    again: (run) => start(run, { attempt: 2 }),
    close: async () => {
      await inbox.close()
      await sandbox.close()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Steps that ran, by id, or by name where they have none. */
export function stepsOf({ result }: PastRun): ReadonlyMap<string, StepResult> {
  const steps = result.jobs.flatMap((job) => job.steps)
  return new Map(steps.filter((step) => step.conclusion !== 'skipped').map((step) => [step.id, step]))
}

/** Outputs of the workflow that was called. */
export function outputsOf({ result }: PastRun): Readonly<Record<string, string>> {
  return result.jobs.find(({ id }) => id === 'call')?.outputs ?? {}
}
