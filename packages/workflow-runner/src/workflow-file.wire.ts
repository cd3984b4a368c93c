import { Failure } from '@mlops-actions/diagnostics'
import { parse, parseDocument } from 'yaml'
import { workflowParser } from './official.ts'
import { refuseUnsupported } from './refusals.ts'
import { readTriggers } from './triggers.ts'
import { isMapping, type Json, listOf, type Mapping, mappingOf, optionalText, textOf } from './values.ts'
import type { CallJob, Job, RunDefaults, Step, StepsJob, WorkflowFile } from './workflow-file.ts'

/** Files that were read before: a run reads each of them again, and several runs of a process read the same ones. */
const read = new Map<string, WorkflowFile>()

/**
 * Reads a workflow file: the parts that this runner does not know are refused by name, GitHub's parser
 * says whether the rest is valid, and the plain YAML becomes the model (the official model drops `with`,
 * `shell`, timeouts and job permissions). Throws `WORKFLOW_INVALID` or `WORKFLOW_UNSUPPORTED`.
 */
export async function readWorkflowFile(path: string, text: string): Promise<WorkflowFile> {
  const key = `${path}\n${text}`
  const file = read.get(key) ?? (await checkWorkflowFile(path, text))
  read.set(key, file)
  return file
}

async function checkWorkflowFile(path: string, text: string): Promise<WorkflowFile> {
  const parsed = workflowParser.parseWorkflow(
    { name: path, content: text },
    new workflowParser.NoOperationTraceWriter(),
  )
  const content = isYaml(text) ? parseYaml(text) : {}
  refuseUnsupported(path, content)
  refuseInvalid(
    path,
    parsed.context.errors.getErrors().map((error) => error.message),
  )
  if (parsed.value !== undefined) {
    const template = await workflowParser.convertWorkflowTemplate(parsed.context, parsed.value)
    refuseInvalid(
      path,
      (template.errors ?? []).map((error) => error.Message),
    )
  }
  return toWorkflowFile(path, content)
}

export function isYaml(text: string): boolean {
  return parseDocument(text).errors.length === 0
}

/** YAML text as a mapping; anything else at its root reads as empty. */
export function parseYaml(text: string): Mapping {
  const content = parse(text, { maxAliasCount: 1000 }) as Json
  return mappingOf(content)
}

function refuseInvalid(path: string, problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new Failure({
    kind: 'config',
    code: 'WORKFLOW_INVALID',
    what: 'The workflow is not valid',
    on: path,
    seen: problems.join('; '),
    next: 'Correct the file; GitHub would refuse it with the same words',
  })
}

function toWorkflowFile(path: string, content: Mapping): WorkflowFile {
  return {
    path,
    name: optionalText(content['name']) ?? path,
    on: readTriggers(content['on']),
    env: mappingOf(content['env']),
    permissions: content['permissions'],
    defaults: toDefaults(content['defaults']),
    concurrency: content['concurrency'],
    jobs: Object.entries(mappingOf(content['jobs'])).map(([id, job]) => toJob(id, mappingOf(job))),
  }
}

function toJob(id: string, job: Mapping): Job {
  const common = {
    id,
    name: optionalText(job['name']),
    needs: listOf(job['needs']).map(textOf),
    if: optionalText(job['if']),
    permissions: job['permissions'],
    concurrency: job['concurrency'],
    strategy: job['strategy'],
  }
  return 'uses' in job ? { ...common, ...toCall(job) } : { ...common, ...toSteps(job) }
}

function toCall(job: Mapping): Pick<CallJob, 'kind' | 'uses' | 'with' | 'secrets'> {
  const secrets = job['secrets'] === 'inherit' ? 'inherit' : mappingOf(job['secrets'])
  return { kind: 'call', uses: textOf(job['uses']), with: mappingOf(job['with']), secrets }
}

function toSteps(
  job: Mapping,
): Omit<StepsJob, 'id' | 'name' | 'needs' | 'if' | 'permissions' | 'concurrency' | 'strategy'> {
  return {
    kind: 'steps',
    runsOn: job['runs-on'] ?? null,
    timeoutMinutes: job['timeout-minutes'],
    continueOnError: job['continue-on-error'],
    env: mappingOf(job['env']),
    defaults: toDefaults(job['defaults']),
    environment: job['environment'],
    outputs: mappingOf(job['outputs']),
    steps: toStepList(job['steps']),
  }
}

/** The steps of a job or of a composite action. */
export function toStepList(steps: Json | undefined): Step[] {
  return listOf(steps).map((step) => toStep(mappingOf(step)))
}

function toStep(step: Mapping): Step {
  const common = {
    id: optionalText(step['id']),
    name: optionalText(step['name']),
    if: optionalText(step['if']),
    env: mappingOf(step['env']),
    continueOnError: step['continue-on-error'],
    timeoutMinutes: step['timeout-minutes'],
  }
  if ('uses' in step)
    return { ...common, kind: 'uses', uses: textOf(step['uses']), with: mappingOf(step['with']) }
  const shell = optionalText(step['shell'])
  const workingDirectory = optionalText(step['working-directory'])
  return { ...common, kind: 'run', run: textOf(step['run']), shell, workingDirectory }
}

function toDefaults(value: Json | undefined): RunDefaults {
  const run = isMapping(value) ? mappingOf(value['run']) : {}
  return { shell: optionalText(run['shell']), workingDirectory: optionalText(run['working-directory']) }
}
