import type { Job, Step, WorkflowFile } from './workflow-file.wire.ts'

/** Finds a workflow or action of this repository by path (`actions/dvc-push`, `.github/workflows/mlops.yml`). */
export type FindLocal = (path: string) => WorkflowFile | undefined

export type Problem = { readonly line: number; readonly what: string }

/** One rule of the house for workflow files: its name appears in the message, `check` finds what breaks it. */
export type Rule = {
  readonly name: string
  readonly check: (file: WorkflowFile, find: FindLocal) => readonly Problem[]
}

/** The rules, in the order in which their findings are printed. */
export const RULES: readonly Rule[] = [
  { name: 'permissions', check: topLevelPermissions },
  { name: 'trigger', check: safeTriggers },
  { name: 'timeout', check: jobTimeouts },
  { name: 'secrets', check: namedSecrets },
  { name: 'pin', check: pinnedActions },
  { name: 'injection', check: noExpressionInRun },
  { name: 'credentials', check: noLeftCredentials },
  { name: 'inputs', check: inputsExist },
  { name: 'outputs', check: outputsExist },
  { name: 'action', check: actionRunsItsBundle },
]

/** Without it a job has whatever the repository's settings give to the token. */
function topLevelPermissions(file: WorkflowFile): Problem[] {
  if (file.kind === 'action' || file.hasPermissions) return []
  return [{ line: 1, what: 'has no top-level permissions; write `permissions: {}` and grant per job' }]
}

/** Both run with the rights of the base repository on data that a stranger's pull request controls. */
function safeTriggers({ triggers, lineOf }: WorkflowFile): Problem[] {
  return triggers
    .filter((trigger) => trigger === 'pull_request_target' || trigger === 'workflow_run')
    .map((trigger) => ({
      line: lineOf(['on', trigger]),
      what: `${trigger} gives a stranger's change the rights of this repository`,
    }))
}

function jobTimeouts({ kind, jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs
    .filter(({ uses, hasTimeout }) => kind === 'workflow' && uses === undefined && !hasTimeout)
    .map(({ name, path }) => ({
      line: lineOf(path),
      what: `job ${name} has no timeout-minutes; the default is six hours`,
    }))
}

function namedSecrets({ jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs
    .filter(({ secrets }) => secrets === 'inherit')
    .map(({ path }) => ({
      line: lineOf([...path, 'secrets']),
      what: '`secrets: inherit` hands over all; name the secrets',
    }))
}

/** A tag can be moved by whoever owns the repository; a commit cannot. Our own files need no pin in this repository. */
function pinnedActions({ jobs, text, lineOf }: WorkflowFile): Problem[] {
  const lines = text.split('\n')
  return jobs
    .flatMap((job) => usesOf(job))
    .flatMap(({ uses, path }) => {
      if (localPath(uses) !== undefined || /^docker:\/\/.+@sha256:[0-9a-f]{64}$/.test(uses)) return []
      const line = lineOf(path)
      if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
        return [{ line, what: `${uses} is not pinned to a full commit SHA` }]
      if (/#\s*v\d+(\.\d+)*/.test(lines[line - 1] ?? '')) return []
      return [{ line, what: `${uses} needs its version in a comment behind it, like \`# v1.2.3\`` }]
    })
}

/** An expression is pasted into the script before the shell reads it; an environment variable is not. */
function noExpressionInRun(file: WorkflowFile): Problem[] {
  return stepsOf(file)
    .filter(({ run }) => run?.includes('${{'))
    .map(({ path }) => ({
      line: file.lineOf([...path, 'run']),
      what: 'an expression inside `run:`; pass it through `env:`',
    }))
}

/** actions/checkout leaves the token in the checkout for all later steps unless told not to. */
function noLeftCredentials({ jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs.flatMap(({ steps }) => {
    if (steps.some(({ run }) => /\bgit\b[^\n]*\bpush\b/.test(run ?? ''))) return []
    return steps
      .filter(
        (step) => step.uses?.startsWith('actions/checkout@') && step.with['persist-credentials'] !== false,
      )
      .map(({ path }) => ({
        line: lineOf([...path, 'uses']),
        what: 'checkout needs `persist-credentials: false`; nothing is pushed here',
      }))
  })
}

/** GitHub only warns of an unknown input, and does not enforce a required one of an action at all. */
function inputsExist({ jobs, lineOf }: WorkflowFile, find: FindLocal): Problem[] {
  return jobs.flatMap(usesOf).flatMap(({ uses, given, path }) => {
    const local = localPath(uses)
    if (local === undefined) return []
    const line = lineOf(path)
    const target = find(local)
    if (target === undefined) return [{ line, what: `${uses} does not exist in this repository` }]
    const unknown = Object.keys(given).filter((name) => !target.inputs.has(name))
    const missing = [...target.inputs].filter(([name, { mustBeGiven }]) => mustBeGiven && !(name in given))
    return [
      ...unknown.map((name) => ({ line, what: `${uses} has no input ${name}` })),
      ...missing.map(([name]) => ({ line, what: `${uses} needs the input ${name}` })),
    ]
  })
}

/** An output that does not exist is an empty string at run time, without a word. */
function outputsExist({ jobs, lineOf }: WorkflowFile, find: FindLocal): Problem[] {
  const outputsOfJob = (job: Job): ReadonlySet<string> | undefined => {
    const local = job.uses === undefined ? undefined : localPath(job.uses)
    return job.uses === undefined
      ? new Set(job.outputs)
      : local === undefined
        ? undefined
        : find(local)?.outputs
  }
  return jobs.flatMap((job) => {
    const line = lineOf(job.path)
    const steps = [...references(job.texts, 'steps')].flatMap(([id, name]) => {
      const step = job.steps.find((candidate) => candidate.id === id)
      if (step === undefined) return [{ line, what: `job ${job.name} has no step with the id ${id}` }]
      const local = step.uses === undefined ? undefined : localPath(step.uses)
      const target = local === undefined ? undefined : find(local)
      return target === undefined || target.outputs.has(name)
        ? []
        : [{ line, what: `${step.uses} has no output ${name}` }]
    })
    const needs = [...references(job.texts, 'needs')].flatMap(([id, name]) => {
      const needed = jobs.find((candidate) => candidate.name === id)
      const outputs = needed && outputsOfJob(needed)
      return outputs === undefined || outputs.has(name)
        ? []
        : [{ line, what: `job ${id} has no output ${name}` }]
    })
    return [...steps, ...needs]
  })
}

/** The public action files of this repository all run their committed bundle under the same Node. */
function actionRunsItsBundle({ kind, path, runs, lineOf }: WorkflowFile): Problem[] {
  const name = /^actions\/([^/]+)\/action\.yml$/.exec(path)?.[1]
  if (kind !== 'action' || name === undefined) return []
  const wanted = { using: 'node24', main: `../../dist/${name}/index.js` }
  return Object.entries(wanted)
    .filter(([key, value]) => runs[key] !== value)
    .map(([key, value]) => ({ line: lineOf(['runs', key]), what: `runs.${key} must be ${value}` }))
}

/**
 * Path below this repository of a reference to it: `./x`, `$/x` (the repository of the file, at its own commit), or
 * the public form `OWNER/mlops-actions/x@ref` that our examples and our sample product use.
 */
export function localPath(uses: string): string | undefined {
  return /^(?:\.\/|\$\/)([^@]+)$/.exec(uses)?.[1] ?? /^[^/@]+\/mlops-actions\/([^@]+)@/.exec(uses)?.[1]
}

type Use = {
  readonly uses: string
  readonly given: Readonly<Record<string, unknown>>
  readonly path: readonly (string | number)[]
}

function usesOf(job: Job): Use[] {
  return [job, ...job.steps].flatMap(({ uses, with: given, path }) =>
    uses === undefined ? [] : [{ uses, given, path: [...path, 'uses'] }],
  )
}

function stepsOf({ jobs }: WorkflowFile): readonly Step[] {
  return jobs.flatMap(({ steps }) => steps)
}

/** `steps.x.outputs.y` and `needs.x.outputs.y` inside expressions, each pair once. */
function references(
  texts: readonly string[],
  context: 'steps' | 'needs',
): Iterable<readonly [string, string]> {
  const pattern = new RegExp(`\\b${context}\\.([\\w-]+)\\.outputs\\.([\\w-]+)`, 'g')
  const unique = new Map<string, readonly [id: string, output: string]>()
  for (const [whole, id = '', output = ''] of texts.flatMap((text) => [...text.matchAll(pattern)])) {
    unique.set(whole, [id, output])
  }
  return unique.values()
}
