import { type Problem, stepsOf } from './rule.ts'
import { codeOf } from './scripts.ts'
import type { Step, WorkflowFile } from './workflow-file.wire.ts'

/** Minutes that GitHub gives a job at most, and by default. */
const LONGEST_JOB = 360

/** Without it a job has whatever the repository's settings give to the token; a word such as `write-all` is no list. */
export function permissions({ kind, permissions: top, jobs, lineOf }: WorkflowFile): Problem[] {
  if (kind === 'action') return []
  const problems: Problem[] = []
  if (top === undefined)
    problems.push({
      line: 1,
      what: 'has no top-level permissions; write `permissions: {}` and grant per job',
    })
  else if (!isEmptyMap(top))
    problems.push({
      line: lineOf(['permissions']),
      what: 'top-level permissions must be `{}`; grant per job',
    })
  return [
    ...problems,
    ...jobs
      .filter(({ permissions: own }) => own === null || typeof own === 'string')
      .map(({ name, path }) => ({
        line: lineOf([...path, 'permissions']),
        what: `job ${name} must name the permissions that it needs, one by one`,
      })),
  ]
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Both run with the rights of the base repository on data that a stranger's pull request controls. */
export function safeTriggers({ triggers, lineOf }: WorkflowFile): Problem[] {
  return triggers
    .filter((trigger) => trigger === 'pull_request_target' || trigger === 'workflow_run')
    .map((trigger) => ({
      line: lineOf(['on', trigger]),
      what: `${trigger} gives a stranger's change the rights of this repository`,
    }))
}

/** An expression is for the caller of a reusable workflow to set. */
export function jobTimeouts({ kind, jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs
    .filter(({ uses, timeout }) => kind === 'workflow' && uses === undefined && !isTimeout(timeout))
    .map(({ name, path, timeout }) => ({
      line: lineOf(timeout === undefined ? path : [...path, 'timeout-minutes']),
      what:
        timeout === undefined
          ? `job ${name} has no timeout-minutes; the default is six hours`
          : `timeout-minutes of job ${name} must be a number from 1 to ${LONGEST_JOB}`,
    }))
}

function isTimeout(value: unknown): boolean {
  if (typeof value === 'string') return /^\$\{\{.+\}\}$/.test(value)
  return typeof value === 'number' && value > 0 && value <= LONGEST_JOB
}

export function namedSecrets({ jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs
    .filter(({ secrets }) => secrets === 'inherit')
    .map(({ path }) => ({
      line: lineOf([...path, 'secrets']),
      what: '`secrets: inherit` hands over all; name the secrets',
    }))
}

/** An expression is pasted into the script before anything reads it; an environment variable is not. */
export function noExpressionInScript(file: WorkflowFile): Problem[] {
  const shells = file.shells.map(({ shell, path }) => ({ text: shell, path, what: 'shell:' }))
  const scripts = stepsOf(file).flatMap(({ path, run, with: given, uses }) => [
    { text: run, path: [...path, 'run'], what: 'run:' },
    ...(/^actions\/github-script@/i.test(uses ?? '')
      ? [{ text: String(given['script']), path: [...path, 'with', 'script'], what: 'script:' }]
      : []),
  ])
  return [...scripts, ...shells]
    .filter(({ text }) => text?.includes('${{'))
    .map(({ path, what }) => ({
      line: file.lineOf(path),
      what: `an expression inside \`${what}\`; pass it through \`env:\``,
    }))
}

/** actions/checkout leaves the token in the checkout for all later steps unless told not to. */
export function noLeftCredentials({ jobs, lineOf }: WorkflowFile): Problem[] {
  return jobs.flatMap(({ steps }) => {
    if (steps.some(pushes)) return []
    return steps
      .filter(({ uses }) => /^actions\/checkout@/i.test(uses ?? ''))
      .filter(({ with: given }) => String(given['persist-credentials']) !== 'false')
      .map(({ path }) => ({
        line: lineOf([...path, 'uses']),
        what: 'checkout needs `persist-credentials: false`; nothing is pushed here',
      }))
  })
}

/** Whether a command of the script is `git … push`; a comment or an `echo` that speaks of it is none. */
function pushes(step: Step): boolean {
  return /(?:^|[;&|({!]|\b(?:then|do|else)\b)[^\S\n]*git\b[^\n;&|'"]*[^\S\n]push\b/m.test(codeOf(step))
}
