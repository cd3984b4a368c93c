import type { RunResult, StepResult } from '@mlops-actions/workflow-runner'
import { gitopsHead } from './cluster.ts'
import { reasonOf } from './describe.ts'
import type { Traffic } from './prober.ts'
import { reproduce } from './reproduce.ts'
import { runProduct } from './run.ts'
import { type Claim, claim, type RemoteObject, type ScenarioName, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'
import { say } from './terminal.ts'
import { startTimeline } from './timeline.ts'
import { colourOf } from './today.ts'
import { servingVersion } from './versions.ts'

export interface Act {
  readonly name: Exclude<ScenarioName, 'today'>
  readonly number: 2 | 3
  readonly title: string
  readonly commit: string
  /** What must serve in the end. */
  readonly expected: {
    readonly conclusion: 'success' | 'failure'
    readonly result: string
    readonly serving: string
  }
  /** Whether its run is started again when all is told, as by "Re-run all jobs". */
  readonly isRepeated?: boolean
}

/** 2/3 and 3/3: mlops.yml ships a commit, and what it says is so. */
export async function playFlow(stage: Stage, act: Act): Promise<Scene> {
  const { terminal, company, prober, versions, inbox } = stage
  say(terminal, `${act.number}/3  ${act.title}`, { style: terminal.paint.strong })
  prober.restart()
  const heard = inbox.messages.length
  const timeline = startTimeline(terminal)
  const { result, meters, standIns } = await runProduct(stage, {
    workflow: 'mlops.yml',
    sha: act.commit,
    number: act.number,
    signal: stage.signal,
    onEvent: timeline.follow,
  }).finally(timeline.stop)
  stage.signal.throwIfAborted()
  const serving = servingVersion(versions, company)
  const traffic = prober.traffic()
  const verdict = verdictOf(result, serving, traffic)
  const paint = result.conclusion === 'success' ? terminal.paint.good : terminal.paint.bad
  say(terminal, verdict, { indent: 5, style: paint })
  const { entries } = timeline
  const told = {
    result,
    entries,
    meters,
    traffic,
    serving,
    verdict,
    notes: [],
    messages: inbox.messages.slice(heard),
    standIns,
  }
  const objects = await objectsOf(stage, act.commit, result)
  const { name, title, commit } = act
  const after = act.isRepeated === true ? await playAfter(stage, act, result) : NOTHING
  const { notes } = after
  const claims = [...claimsOf(act, told), ...after.claims]
  return { name, title, workflow: 'mlops.yml', commit, ...told, notes, claims, objects }
}

const NOTHING: Pick<Scene, 'claims' | 'notes'> = { claims: [], notes: [] }

/** What the run has left is found by another attempt of it, and by anybody else. */
async function playAfter(stage: Stage, act: Act, first: RunResult): Promise<typeof NOTHING> {
  const repeated = await repeat(stage, act, first)
  const reproduced = await reproduce(stage, { commit: act.commit, number: act.number + 1 })
  return {
    notes: [...repeated.notes, reproduced.note],
    claims: [...repeated.claims, reproduced.claim],
  }
}

/** The same run once more: what is there is found, and nothing is built or deployed twice. */
async function repeat(
  stage: Stage,
  { commit, number }: Act,
  first: RunResult,
): Promise<Pick<Scene, 'claims' | 'notes'>> {
  const { result } = await runProduct(stage, {
    workflow: 'mlops.yml',
    sha: commit,
    number,
    attempt: 2,
    signal: stage.signal,
    onEvent: () => {},
  })
  stage.signal.throwIfAborted()
  const [built, found, bump] = [
    outputsOf(first, 'image'),
    outputsOf(result, 'image'),
    outputsOf(result, 'bump'),
  ]
  const { digest = '', 'cache-hit': hit } = found
  const [isFound, isDeployed] = [hit === 'true' && digest === built['digest'], bump['changed'] !== 'false']
  const image = `image ${digest.slice(0, 13)} ${isFound ? 'is there already, nothing was built' : 'was built anew'}`
  const note = `started again: ${image}; ${isDeployed ? 'it was deployed anew' : 'nothing was deployed'}`
  say(stage.terminal, note, { indent: 5 })
  return {
    notes: [note],
    claims: [
      claim('started again, it is green', result.conclusion === 'success', result.conclusion),
      claim('started again, it builds no image', isFound, {
        digest,
        hit,
      }),
      claim('started again, it deploys nothing', !isDeployed, bump),
    ],
  }
}

function outputsOf(result: RunResult, id: string): Readonly<Record<string, string>> {
  return result.jobs.flatMap((job) => job.steps).find((step) => step.id === id)?.outputs ?? {}
}

function verdictOf(result: RunResult, serving: string, { lost, sent }: Traffic): string {
  const failed = failedStep(result)
  const kind = failed?.outputs['failure-kind']
  const why = kind === undefined || kind === '' ? '' : `, failure-kind ${kind}`
  const customers = lost === 0 ? `no request lost of ${sent}` : `${lost} of ${sent} requests LOST`
  const proof = isProven(result) ? 'verified' : 'NOT verified'
  return `run: ${colourOf(result.conclusion)}${why} · serving: ${serving}, ${proof} · ${customers}`
}

/** The last check of what serves, of the new version or of the one that was brought back, has passed. */
function isProven(result: RunResult): boolean {
  return [stepOf(result, 'health'), stepOf(result, 'restored')].includes('success')
}

/** The first step that failed: what came after it only cleaned up. */
export function failedStep(result: RunResult): StepResult | undefined {
  return result.jobs.flatMap((job) => job.steps).find(({ conclusion }) => conclusion === 'failure')
}

function claimsOf(
  { expected }: Act,
  { result, serving, traffic, messages }: Pick<Scene, 'result' | 'serving' | 'traffic' | 'messages'>,
): readonly Claim[] {
  const failed = failedStep(result)
  const outcome = result.jobs.find(({ id }) => id === 'mlops')?.outputs['result']
  const wanted = expected.conclusion === 'success' ? 'green' : 'red'
  const common = [
    claim(`the run is ${wanted}`, result.conclusion === expected.conclusion, result.conclusion),
    claim(`its result is ${expected.result}`, outcome === expected.result, outcome ?? 'none'),
    claim(`${expected.serving} serves, and nothing else`, serving === expected.serving, serving),
    claim('no request was lost', traffic.lost === 0 && traffic.sent > 0, traffic.reasons),
    claim('Slack was told once', messages.length === 1, messages),
  ]
  if (expected.conclusion === 'success') return [...common, provenNew(result)]
  const kind = failed?.outputs['failure-kind']
  return [
    ...common,
    claim('failure-kind is workload', kind === 'workload', kind ?? 'none'),
    claim(
      'the reason names the crash',
      /crash|ends again|exit/i.test(failed ? reasonOf(failed) : ''),
      failed?.annotations,
    ),
    claim(
      'the old version was verified after the rollback',
      stepOf(result, 'restored') === 'success',
      stepOf(result, 'restored'),
    ),
  ]
}

function provenNew(result: RunResult): Claim {
  const health = result.jobs.flatMap((job) => job.steps).find(({ id }) => id === 'health')
  const { 'rollout-proven': proven, 'old-pods': old } = health?.outputs ?? {}
  return claim('every ready pod was proven new', proven === 'true' && old === '0', { proven, old })
}

function stepOf(result: RunResult, id: string): string {
  const step = result.jobs.flatMap((job) => job.steps).find((one) => one.id === id)
  return step?.conclusion ?? 'absent'
}

/** What the run made, as its outputs name it. */
async function objectsOf(
  { company }: Stage,
  commit: string,
  result: RunResult,
): Promise<readonly RemoteObject[]> {
  const { sandbox } = company
  const outputs = result.jobs.find(({ id }) => id === 'mlops')?.outputs ?? {}
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['GitHub', `${sandbox.product}, commit`, commit],
    ['S3', 'data, by name', result.jobs.find(({ id }) => id.endsWith('train/train'))?.outputs['data-uri']],
    ['Kubeflow Pipelines', 'run', outputs['run-id']],
    ['S3', 'model, by name', outputs['storage-uri']],
    ['DVC', 'model, md5 of its folder', outputs['model-version']],
    ['ECR', `${sandbox.ecr.registryServer.host}/churn`, outputs['digest']],
    ['GitHub', `${sandbox.gitops}, commit of the deployment`, outputs['commit-sha']],
    ['GitHub', `${sandbox.gitops}, head of main now`, await gitopsHead(sandbox)],
  ]
  return rows.flatMap(([system, what, identity]) =>
    identity === undefined || identity === '' ? [] : [{ system, what, identity }],
  )
}
