import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type CallContract, contractViolations, readContract } from './call-contract.ts'
import { type Permissions, permissionViolation, readPermissions } from './permissions.ts'
import type { SourceRepository, Sources } from './sources.ts'
import { parseUses } from './uses.ts'
import type { CallJob, StepsJob, WorkflowFile } from './workflow-file.ts'
import { readWorkflowFile } from './workflow-file.wire.ts'

/** A workflow with every workflow that it calls, all read, checked and with their permissions settled. */
export interface PlannedWorkflow {
  readonly file: WorkflowFile
  readonly repository: SourceRepository
  readonly jobs: readonly PlannedJob[]
}

export type PlannedJob = PlannedSteps | PlannedCall

export interface PlannedSteps {
  readonly job: StepsJob
  readonly permissions: Permissions
}

export interface PlannedCall {
  readonly job: CallJob
  readonly permissions: Permissions
  readonly callee: PlannedWorkflow
  readonly contract: CallContract
}

// The caller counts as one of the ten levels (GitHub changelog of 2025-11-06).
const MOST_NESTED = 9
const MOST_WORKFLOWS = 50

/** One `owner/repo/path@ref` as `github.workflow_ref` shows it. */
export function workflowRef(repository: SourceRepository, path: string): string {
  return `${repository.name}/${path}@${repository.ref}`
}

/**
 * Reads a workflow and all that it calls and checks what GitHub checks before a run starts: contracts,
 * depth, and that no nested job asks for more permissions than its caller grants, also where an `if`
 * would skip it. Throws `WORKFLOW_INVALID` with GitHub's sentence.
 */
export async function planWorkflow(
  sources: Sources,
  repository: SourceRepository,
  path: string,
  standard: Permissions,
): Promise<PlannedWorkflow> {
  const seen = new Set<string>()
  return planFile(
    { sources, seen, depth: 0 },
    repository,
    path,
    (file) => readPermissions(file.permissions) ?? standard,
  )
}

interface Planning {
  readonly sources: Sources
  readonly seen: Set<string>
  readonly depth: number
}

async function planFile(
  planning: Planning,
  repository: SourceRepository,
  path: string,
  permissionsOf: (file: WorkflowFile) => Permissions,
): Promise<PlannedWorkflow> {
  const file = await readWorkflowFile(path, await readText(repository, path))
  const granted = permissionsOf(file)
  const jobs: PlannedJob[] = []
  for (const job of file.jobs) {
    const permissions = readPermissions(job.permissions) ?? granted
    jobs.push(
      job.kind === 'steps'
        ? { job, permissions }
        : await planCall(planning, repository, path, job, permissions),
    )
  }
  return { file, repository, jobs }
}

async function planCall(
  planning: Planning,
  from: SourceRepository,
  path: string,
  job: CallJob,
  permissions: Permissions,
): Promise<PlannedCall> {
  const { repository, path: calleePath } = await locate(planning.sources, from, job.uses)
  const name = `${repository.name}/${calleePath}@${repository.ref}`
  const fail = (problem: string) => invalid(`${path} job ${job.id}`, problem)
  planning.seen.add(name)
  if (planning.depth >= MOST_NESTED) throw fail(`Nested reusable workflow depth exceeded ${MOST_NESTED}.`)
  if (planning.seen.size > MOST_WORKFLOWS) throw fail(`more than ${MOST_WORKFLOWS} workflows are called`)
  const inner = { ...planning, depth: planning.depth + 1 }
  const callee = await planFile(inner, repository, calleePath, (file) => {
    const problems = callProblems(file, permissions)
    if (problems.length > 0) throw fail(`Error calling workflow '${name}'. ${problems.join(' ')}`)
    return readPermissions(file.permissions) ?? permissions
  })
  const contract = readContract(callee.file.on)
  if (contract === undefined)
    throw fail(
      `Error calling workflow '${name}'. workflow_call key is not defined in the referenced workflow.`,
    )
  const violations = contractViolations(job, contract)
  if (violations.length > 0) throw fail(violations.join(' '))
  return { job, permissions, callee, contract }
}

function callProblems(file: WorkflowFile, allowed: Permissions): string[] {
  const ofWorkflow = readPermissions(file.permissions)
  const whole = ofWorkflow === undefined ? undefined : permissionViolation(ofWorkflow, allowed)
  const ofJobs = file.jobs.flatMap((job) => {
    const requested = readPermissions(job.permissions)
    const problem = requested === undefined ? undefined : permissionViolation(requested, allowed)
    return problem === undefined ? [] : [`The nested job '${job.id}' ${problem}.`]
  })
  return whole === undefined ? ofJobs : [`The workflow ${whole}.`, ...ofJobs]
}

async function locate(
  sources: Sources,
  from: SourceRepository,
  uses: string,
): Promise<{ repository: SourceRepository; path: string }> {
  const target = parseUses(uses)
  // In a job both ./ and $/ mean the repository and commit of the calling file.
  if (target.kind !== 'remote') return { repository: from, path: target.path }
  return { repository: await sources.resolve(target.repository, target.ref), path: target.path }
}

async function readText(repository: SourceRepository, path: string): Promise<string> {
  return readFile(join(repository.directory, path), 'utf8').catch((error: unknown) => {
    throw new Failure({
      kind: 'not-found',
      code: 'WORKFLOW_NOT_FOUND',
      what: 'Unable to find the workflow',
      on: workflowRef(repository, path),
      seen: messageOf(error),
      next: 'Check the path, and that the file is part of the commit',
      cause: error,
    })
  })
}

function invalid(on: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'WORKFLOW_INVALID',
    what: 'The workflow is not valid',
    on,
    seen,
    next: 'Correct the caller or the called workflow; GitHub would refuse the run with the same words',
  })
}
