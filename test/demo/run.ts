import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type RunEvent,
  type RunOptions,
  type RunResult,
  runWorkflow,
  type StandInRow,
} from '@mlops-actions/workflow-runner'
import { MANIFEST } from './cluster.ts'
import type { Inbox } from './inbox.ts'
import type { Company } from './seed.ts'
import { standInsFor } from './stand-ins.ts'

export const ROOT: string = resolve(fileURLToPath(import.meta.url), '..', '..', '..')

export interface RunRequest {
  /** File name of the workflow in the product repository. */
  readonly workflow: string
  readonly sha: string
  readonly number: number
  /** `push` unless given. */
  readonly event?: 'push' | 'workflow_dispatch'
  /** 1 unless given; a later one is a run that somebody has started again. */
  readonly attempt?: number
  readonly onEvent: (event: RunEvent) => void
  readonly signal: AbortSignal
}

export interface FinishedRun {
  readonly result: RunResult
  /** One for each process of our actions. */
  readonly meters: readonly Meter[]
  /** What ran in place of actions of others. */
  readonly standIns: readonly StandInRow[]
}

/** How long a process of an action lived, and how long of that its event loop was idle, in milliseconds. */
export interface Meter {
  readonly script: string
  readonly livedMs: number
  readonly idleMs: number
}

/** Everything that the runs of one company have in common. */
export interface Premises {
  readonly company: Company
  readonly inbox: Inbox
  /** Where runs keep their files. */
  readonly root: string
}

/** Runs a workflow file of the product repository for a push to `main`. */
export async function runProduct(premises: Premises, request: RunRequest): Promise<FinishedRun> {
  const temp = join(premises.root, 'runs')
  mkdirSync(temp, { recursive: true })
  const meter = join(temp, `meter-${request.number}.jsonl`)
  const result = await runWorkflow(optionsOf(premises, request, temp, meter))
  return { result, meters: readMeters(meter), standIns: standInsUsed(premises, result) }
}

function optionsOf(
  { company, inbox }: Premises,
  request: RunRequest,
  temp: string,
  meter: string,
): RunOptions {
  const { sandbox, desk } = company
  const { credentials, github } = sandbox
  const directory = github.state.repositories.get(sandbox.product.toLowerCase())?.directory
  if (directory === undefined) throw new Error(`the sandbox has no repository ${sandbox.product}`)
  const { NODE_COMPILE_CACHE: compileCache } = process.env
  const preload = pathToFileURL(join(ROOT, 'test/demo/meter.mjs')).href
  return {
    repository: { root: directory, name: sandbox.product, sha: request.sha },
    workflow: `.github/workflows/${request.workflow}`,
    event: { name: request.event ?? 'push', payload: { ref: 'refs/heads/main', after: request.sha } },
    actor: 'ada',
    runNumber: request.number,
    runAttempt: request.attempt ?? 1,
    vars: variablesOf(company),
    secrets: {
      AWS_ACCESS_KEY_ID: credentials.aws.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.aws.secretAccessKey,
      GITOPS_TOKEN: credentials.gitopsToken,
      ARGOCD_TOKEN: credentials.argocdToken,
      KUBERNETES_TOKEN: credentials.kubernetesToken,
      KFP_TOKEN: credentials.kfpToken,
      SLACK_WEBHOOK: inbox.url,
    },
    actionSources: { 'mlops-actions/mlops-actions': ROOT },
    standIns: standInsFor(sandbox),
    githubToken: ({ permissions }) => sandbox.jobToken(permissions),
    idToken: sandbox.identity.idToken,
    serverUrl: github.url,
    apiUrl: github.apiUrl,
    hostEnv: {
      ...desk.machine.builder.env,
      PATH: desk.machine.path,
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      ...sandbox.awsEnvironment,
    },
    actionEnv: {
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      NODE_OPTIONS: `--import=${preload}`,
      MLOPS_DEMO_METER: meter,
      // Only tests set it: who watches the demo sees what an action costs on a machine that has not run it before.
      ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }),
    },
    runnerTemp: temp,
    onEvent: request.onEvent,
    signal: request.signal,
    // Who presses Ctrl-C wants the terminal back, not the way back that a cancelled deployment takes.
    timing: { jobCancel: 1_000 },
  }
}

/** Those of the table whose steps ran; their logs begin with what they were called by. */
function standInsUsed({ company }: Premises, result: RunResult): readonly StandInRow[] {
  const used = new Set(
    result.jobs
      .flatMap((job) => job.steps)
      .filter(({ conclusion }) => conclusion !== 'skipped')
      .flatMap(({ log }) => /^##\[group\]Run ([^@\s]+)@/.exec(log[0] ?? '')?.[1] ?? []),
  )
  return Object.entries(standInsFor(company.sandbox))
    .filter(([action]) => used.has(action))
    .map(([action, { describe }]) => ({ action, standIn: describe }))
}

/** What the product's workflows read as `vars`. Waits are short here; a cluster of minutes wants longer ones. */
function variablesOf({ sandbox, metrics, trainingImage, deployed }: Company): Record<string, string> {
  return {
    AWS_REGION: sandbox.region,
    AWS_ROLE: sandbox.roleArn,
    ECR_REPOSITORY: 'churn',
    ECR_REGISTRY: sandbox.ecr.registryServer.host,
    BASE_IMAGE: 'scratch',
    TRAINING_IMAGE: trainingImage,
    PUBLISH_TO: `s3://${sandbox.bucket}/published`,
    GITOPS_REPOSITORY: sandbox.gitops,
    MANIFEST,
    ARGOCD_URL: sandbox.argocd.url,
    KFP_URL: sandbox.kfp.url,
    KUBERNETES_SERVER: sandbox.kubernetes.url,
    MLFLOW_TRACKING_URI: sandbox.mlflow.url,
    SERVICE_URL: deployed.url,
    CHAMPION_METRICS: JSON.stringify(metrics),
    INSTALL_COMMAND: '',
    LINT_COMMAND: 'python -m compileall -q -f .',
    TEST_COMMAND: 'python -m unittest',
    SCAN_COMMAND: '',
    MAX_P95: '250ms',
    SLEEP_SECONDS: '1',
    SETTLE: '500ms',
    INTERVAL: '200ms',
    TRAIN_INTERVAL: '300ms',
    TIMEOUT: '60s',
  }
}

function readMeters(file: string): readonly Meter[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Meter => JSON.parse(line))
}
