import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  defaultStandIns,
  type FunctionStandIn,
  type RunOptions,
  type RunResult,
  runWorkflow,
  type StandIn,
  type StepResult,
} from '@mlops-actions/workflow-runner'

const ROOT = join(import.meta.dirname, '..', '..')

/** What a step of ours does in place of its work; without a word on it, it succeeds and says nothing. */
export interface Part {
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Goes into a file, whose path is the output `report-file`. */
  readonly report?: unknown
  /** Written into the workspace. */
  readonly files?: Readonly<Record<string, string>>
  readonly fails?: boolean
  /** Waits to be cancelled. */
  readonly hangs?: boolean
}

export interface Call {
  readonly step: string
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
}

export interface Played {
  readonly result: RunResult
  /** Outputs of the called workflow. */
  readonly outputs: Readonly<Record<string, string>>
  /** The steps of ours that ran, in their order. */
  readonly calls: readonly Call[]
  /** What was posted to Slack. */
  readonly messages: readonly string[]
}

export interface Run {
  /** Text of the calling workflow. */
  readonly caller: string
  /** By the id of the step. */
  readonly script?: Readonly<Record<string, Part>>
  readonly options?: Partial<RunOptions>
}

export interface Play extends Omit<Run, 'caller'> {
  /** File name of the reusable workflow. */
  readonly workflow: string
  /** Lines of YAML below the calling job: its permissions, `with` and `secrets`. */
  readonly job: string
}

export interface Scripted {
  /** Runs the real workflow files, with actions that only do what the script says. */
  run(run: Run): Promise<Played>
  /** The same, for a caller with one job `call`. */
  play(play: Play): Promise<Played>
  close(): void
}

/**
 * The workflow files as they are, for tests of the decisions that stand in them: what runs when, with what, and what it says
 * in the end.
 * @param files of the product repository
 */
export function openScripted(files: Readonly<Record<string, string>> = {}): Scripted {
  const directory = mkdtempSync(join(tmpdir(), 'scripted-'))
  const ours = join(directory, 'ours')
  layActions(ours)
  let count = 0
  const run = async ({ caller, script = {}, options = {} }: Run): Promise<Played> => {
    count += 1
    const root = join(directory, `product-${count}`)
    const notes = {
      SCRIPT: join(directory, `script-${count}.json`),
      SCRIPT_LOG: join(directory, `log-${count}.jsonl`),
    }
    writeFileSync(notes.SCRIPT, JSON.stringify(script))
    writeFileSync(notes.SCRIPT_LOG, '')
    layProduct(root, { ...files, '.github/workflows/caller.yml': caller })
    const messages: string[] = []
    const result = await runWorkflow({
      repository: { root, name: 'octo/churn' },
      workflow: '.github/workflows/caller.yml',
      event: { name: 'push' },
      secrets: SECRETS,
      actionSources: { 'mlops-actions/mlops-actions': ours },
      standIns: standInsFor(directory, messages),
      idToken: { url: 'http://127.0.0.1:9/token', token: SECRETS.ID_TOKEN },
      runnerTemp: join(directory, `run-${count}`),
      ...options,
      actionEnv: { ...notes, ...options.actionEnv },
    })
    const outputs = result.jobs.find(({ id }) => id === 'call')?.outputs ?? {}
    return { result, outputs, calls: readCalls(notes.SCRIPT_LOG), messages }
  }
  return {
    run,
    play: ({ workflow, job, ...more }) => run({ ...more, caller: callerOf(workflow, job) }),
    close: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** What no command of a product may ever see. */
export const SECRETS = {
  GITOPS_TOKEN: 'gitops-4711-canary',
  ARGOCD_TOKEN: 'argocd-4711-canary',
  KUBERNETES_TOKEN: 'kubernetes-4711-canary',
  KFP_TOKEN: 'kfp-4711-canary',
  SLACK_WEBHOOK: 'https://hooks.example/4711-canary',
  ID_TOKEN: 'id-token-4711-canary',
} as const

/** @param job lines of YAML below the job */
export function callerOf(workflow: string, job: string): string {
  const lines = job.split('\n').filter((line) => line.trim() !== '')
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length))
  return [
    'on: [push, pull_request, workflow_run]',
    'permissions: {}',
    'jobs:',
    '  call:',
    `    uses: mlops-actions/mlops-actions/.github/workflows/${workflow}@v1`,
    ...lines.map((line) => `    ${line.slice(indent)}`),
    '',
  ].join('\n')
}

/** A copy of this repository whose bundles are the scripted action; the report of a deployment is the real one. */
function layActions(root: string): void {
  cpSync(join(ROOT, '.github', 'workflows'), join(root, '.github', 'workflows'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'actions'))) {
    mkdirSync(join(root, 'actions', name), { recursive: true })
    copyFileSync(join(ROOT, 'actions', name, 'action.yml'), join(root, 'actions', name, 'action.yml'))
    const bundle = join(root, 'dist', name)
    if (name === 'deployment-report') {
      mkdirSync(dirname(bundle), { recursive: true })
      symlinkSync(join(ROOT, 'dist', name), bundle)
      continue
    }
    mkdirSync(bundle, { recursive: true })
    writeFileSync(join(bundle, 'package.json'), '{"type":"module"}')
    copyFileSync(join(import.meta.dirname, 'scripted-action.mjs'), join(bundle, 'index.js'))
  }
}

function layProduct(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: root })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=first')
}

/** Slack keeps its payloads in `messages`; trivy finds nothing, ever. */
function standInsFor(directory: string, messages: string[]): Readonly<Record<string, StandIn>> {
  const slack: FunctionStandIn = {
    describe: 'keeps the payload',
    inputs: { webhook: '', 'webhook-type': '', payload: '' },
    main: async ({ inputs }) => {
      messages.push(inputs['payload'] ?? '')
    },
  }
  const trivy: FunctionStandIn = {
    describe: 'installs a scanner that finds nothing',
    inputs: { version: '' },
    main: async ({ addPath }) => {
      const bin = join(directory, 'bin')
      mkdirSync(bin, { recursive: true })
      writeFileSync(join(bin, 'trivy'), '#!/bin/sh\necho "trivy $*"\n', { mode: 0o755 })
      addPath(bin)
    },
  }
  return { ...defaultStandIns, 'slackapi/slack-github-action': slack, 'aquasecurity/setup-trivy': trivy }
}

function readCalls(log: string): readonly Call[] {
  if (!existsSync(log)) return []
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Call => JSON.parse(line))
}

/** Ids of the steps that ran, by job. */
export function ranSteps({ result }: Played): readonly StepResult[] {
  return result.jobs.flatMap((job) => job.steps).filter(({ conclusion }) => conclusion !== 'skipped')
}
