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

export interface Play {
  /** File name of the reusable workflow. */
  readonly workflow: string
  /** Lines of YAML below the calling job: its permissions, `with` and `secrets`. */
  readonly job: string
  /** By the id of the step. */
  readonly script?: Readonly<Record<string, Part>>
  readonly options?: Partial<RunOptions>
}

export interface Scripted {
  /** Runs the real workflow file, with actions that only do what the script says. */
  play(play: Play): Promise<Played>
  close(): void
}

/** The workflow files as they are, for tests of the decisions that stand in them: what runs when, with what, and what it says in the end. */
export function openScripted(files: Readonly<Record<string, string>> = {}): Scripted {
  const directory = mkdtempSync(join(tmpdir(), 'scripted-'))
  const ours = join(directory, 'ours')
  layActions(ours)
  let count = 0
  return {
    play: async ({ workflow, job, script = {}, options = {} }) => {
      count += 1
      const root = join(directory, `product-${count}`)
      const log = join(directory, `log-${count}.jsonl`)
      const scriptFile = join(directory, `script-${count}.json`)
      writeFileSync(scriptFile, JSON.stringify(script))
      writeFileSync(log, '')
      layProduct(root, { ...files, '.github/workflows/caller.yml': callerOf(workflow, job) })
      const messages: string[] = []
      const result = await runWorkflow({
        repository: { root, name: 'octo/churn' },
        workflow: '.github/workflows/caller.yml',
        event: { name: 'push' },
        secrets: SECRETS,
        actionSources: { 'mlops-actions/mlops-actions': ours },
        standIns: {
          ...defaultStandIns,
          'slackapi/slack-github-action': slackInto(messages),
          'aquasecurity/setup-trivy': noTrivy,
        },
        idToken: { url: 'http://127.0.0.1:9/token', token: SECRETS.ID_TOKEN },
        runnerTemp: join(directory, `run-${count}`),
        ...options,
        actionEnv: { SCRIPT: scriptFile, SCRIPT_LOG: log, ...options.actionEnv },
      })
      const outputs = result.jobs.find(({ id }) => id === 'call')?.outputs ?? {}
      return { result, outputs, calls: readCalls(log), messages }
    },
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

const noTrivy: FunctionStandIn = {
  describe: 'installs nothing',
  inputs: { version: '' },
  main: async () => {},
}

function slackInto(messages: string[]): FunctionStandIn {
  return {
    describe: 'keeps the payload',
    inputs: { webhook: '', 'webhook-type': '', payload: '' },
    main: async ({ inputs }) => {
      messages.push(inputs['payload'] ?? '')
    },
  }
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
