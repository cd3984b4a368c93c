import type { StepResult } from '@mlops-actions/workflow-runner'
import { crashingPod, gitopsHead, untilCluster, untilDeployed, writeManifests } from './cluster.ts'
import { type Entry, shortDigest } from './describe.ts'
import { runProduct } from './run.ts'
import { type Claim, claim, type RemoteObject, type Scene } from './scene.ts'
import type { Company } from './seed.ts'
import type { Stage } from './stage.ts'
import { say } from './terminal.ts'
import { servingVersion, versionOf } from './versions.ts'

const TITLE = 'the workflow you have today ships v2, whose server crashes at start'

const PUSH = 'docker push'

/** Steps that are shown, by the words that people know them by. */
const SHOWN: Readonly<Record<string, string>> = {
  'Run unit tests': 'unit tests',
  'Train model': 'train.py',
  'Build and push Docker image': PUSH,
  'Update inference.yaml with new image': 'sed',
  'Commit updated inference.yaml': 'git push || echo',
  'Wait for ArgoCD sync': 'sleep 60 (cut to 1 s)',
  'KServe health check': 'curl /health',
  'Slack Notification': 'Slack: success',
}

/** 1/3: green, and the old version still serves. */
export async function playToday(stage: Stage, commit: string): Promise<Scene> {
  const { terminal, company, prober, versions, inbox } = stage
  const heard = inbox.messages.length
  const { paint } = terminal
  say(terminal, `1/3  ${TITLE}`, { style: paint.strong })
  prober.restart()
  const { result, meters, standIns } = await runProduct(stage, {
    workflow: 'today.yml',
    sha: commit,
    number: 1,
    signal: stage.signal,
    onEvent: (event) => {
      if (event.type === 'step-started') terminal.passing(`     ${event.step.name} …`)
    },
  })
  stage.signal.throwIfAborted()
  const steps = result.jobs.flatMap((job) => job.steps)
  const pushed = pushedImage(stage, commit)
  const entries = steps.flatMap((step) => entryOf(step, pushed) ?? [])
  say(terminal, entries.map(sayEntry), { indent: 5, glue: '   ' })
  const crash = await untilCluster(company.sandbox, () => crashingPod(company.sandbox), stage.signal)
  const serving = servingVersion(versions, company)
  const traffic = prober.traffic()
  const crashing = versionOf(versions, company, crash.image)
  const verdict = `run: ${colourOf(result.conclusion)} · really serving: ${serving}`
  const crashed = `pod ${crash.name} (${crashing}): CrashLoopBackOff, ${crash.lastLine}`
  say(terminal, `${verdict}          <- nobody knows`, { indent: 5 })
  say(terminal, crashed, { indent: 5, style: paint.dim })
  const objects = await objectsOf(stage, commit, steps)
  const back = await putBack(stage)
  const notes = [`Nobody knows: ${crashed}.`, `Somebody finds out, and puts v1 back by hand: commit ${back}.`]
  const messages = inbox.messages.slice(heard)
  const told = { result, entries, meters, standIns, messages, traffic, serving, verdict, notes, objects }
  const claims = claimsOf(told, crashing)
  return { name: 'today', title: TITLE, workflow: 'today.yml', commit, ...told, claims }
}

function claimsOf(
  { result, serving, traffic, messages }: Pick<Scene, 'result' | 'serving' | 'traffic' | 'messages'>,
  crashing: string,
): readonly Claim[] {
  return [
    claim('the run is green', result.conclusion === 'success', result.conclusion),
    claim('v1 still serves', serving === 'v1', serving),
    claim("v2's pod crashes", crashing === 'v2', crashing),
    claim('no customer noticed', traffic.lost === 0, traffic.reasons),
    claim('Slack was told of a success', /Success/.test(messages.join()), messages),
  ]
}

/** Somebody finds out, and takes it back by hand: the next act begins where this one did. Resolves to the commit. */
async function putBack({ company, terminal, signal }: Stage): Promise<string> {
  const commit = await writeManifests(company.desk, company.image, company.storageUri, 'Back to churn v1')
  await untilDeployed(company.sandbox, commit, signal)
  const short = commit.slice(0, 7)
  const text = `(put back by hand, ${short} on gitops/main, before the next act)`
  say(terminal, text, { indent: 5, style: terminal.paint.dim })
  return short
}

/** What came of `docker push`, by the registry: builders print much, and no two of them the same. */
function pushedImage({ company }: Stage, commit: string): string | undefined {
  const digest = digestOf(company, commit)
  return digest === undefined ? undefined : `${shortDigest(digest)} pushed as churn:${commit.slice(0, 7)}`
}

function digestOf({ sandbox }: Company, commit: string): string | undefined {
  return sandbox.ecr.state.registry.repositories.get('churn')?.tags.get(commit)
}

function entryOf(step: StepResult, pushed: string | undefined): Entry | undefined {
  const label = SHOWN[step.name]
  if (label === undefined || step.conclusion === 'skipped') return undefined
  const { startedMs, durationMs: tookMs, log, conclusion } = step
  const failed = conclusion !== 'success'
  const text = label === PUSH && !failed ? (pushed ?? lastWords(log)) : lastWords(log)
  return { startedMs, tookMs, label, text, failed }
}

/** What a step printed last, below the header that the runner writes. */
function lastWords(log: readonly string[]): string {
  const own = log
    .slice(log.indexOf('##[endgroup]') + 1)
    .map((line) => line.trim().replace(/^\S+\.sh: line \d+: /, ''))
  const [last = '(printed nothing)', before = ''] = own.filter((line) => line !== '').reverse()
  const both = before === '' ? last : `${before} · ${last}`
  return both.length > 90 ? last : both
}

function sayEntry({ label, failed }: Entry): string {
  return `${failed ? '✖' : '✔'} ${label}`
}

async function objectsOf(
  { company }: Stage,
  commit: string,
  steps: readonly StepResult[],
): Promise<readonly RemoteObject[]> {
  const { sandbox } = company
  const digest = digestOf(company, commit)
  const login = steps.find(({ id }) => id === 'login-ecr')
  return [
    { system: 'GitHub', what: `${sandbox.product}, commit`, identity: commit },
    { system: 'ECR', what: `${login?.outputs['registry'] ?? ''}/churn`, identity: digest ?? 'none' },
    { system: 'GitHub', what: `${sandbox.gitops}, commit`, identity: await gitopsHead(sandbox) },
  ]
}

export function colourOf(conclusion: string): string {
  return conclusion === 'success' ? 'green' : conclusion === 'failure' ? 'red' : conclusion
}
