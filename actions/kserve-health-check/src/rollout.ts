import { Failure, type FailureKind, messageOf, type World } from '@mlops-actions/diagnostics'
import type { InferenceService } from '@mlops-actions/kserve'
import { countReady, type KubernetesClient, servingVersions, unreadyPod } from '@mlops-actions/kubernetes'
import { type Verdict, waitFor } from '@mlops-actions/wait'
import { withAdvice } from './advice.ts'
import type { Cluster } from './connect.ts'
import { collectEvidence } from './evidence.ts'
import type { Findings } from './findings.ts'
import { evaluateLook, type Live, type Look, type LookRules, lastingTrouble, lookAtCluster } from './look.ts'
import { assertUnchanged } from './unchanged.ts'

export interface Pace {
  /** Milliseconds between two looks. */
  readonly interval: number
  /** When the step must be done, in milliseconds since the epoch. */
  readonly deadline: number
}

/**
 * The InferenceService once the wanted version serves; undefined without a cluster. Where the rollout need not be proven,
 * trouble with reading the cluster is said aloud and is no failure.
 */
export async function proveVersion(
  world: World,
  cluster: Cluster | undefined,
  pace: Pace,
  findings: Findings,
): Promise<InferenceService | undefined> {
  if (cluster === undefined) {
    sayUnproven(world, findings)
    return undefined
  }
  const { client, rules } = cluster
  if (rules.proveRollout) return (await waitForVersion(world, client, rules, pace, findings)).isvc
  try {
    const { isvc } = await waitForVersion(world, client, rules, pace, findings)
    sayUnproven(world, findings)
    return isvc
  } catch (thrown) {
    if (!(thrown instanceof Failure) || !BLIND.has(thrown.kind)) throw thrown
    findings.unproven = `the cluster could not be read (${messageOf(thrown)}), and prove-rollout is false`
    sayUnproven(world, findings)
    return undefined
  }
}

/** Kinds of failure that tell about our access and nothing about the service. */
const BLIND: ReadonlySet<FailureKind> = new Set<FailureKind>(['auth', 'upstream'])

function sayUnproven({ log }: World, { unproven }: Findings): void {
  log.warn(`Rollout not proven: ${unproven}. An older version may be what answers.`)
}

/**
 * Once more after the probes, without settling: what was proven must still be so.
 * @throws Failure `conflict` or `workload`, or that of another wait
 */
export async function recheckVersion(
  world: World,
  cluster: Cluster | undefined,
  pace: Pace,
  findings: Findings,
): Promise<void> {
  const before = findings.proof
  if (cluster === undefined || before === undefined) return
  // Until it is seen again, what was proven before the probes is history.
  findings.proof = undefined
  const { client, rules } = cluster
  const { proof } = await waitForVersion(world, client, { ...rules, settle: 0 }, pace, findings)
  if (proof !== undefined) assertUnchanged(before, proof, `InferenceService ${rules.namespace}/${rules.name}`)
}

/**
 * Waits until the wanted version serves and has settled.
 * @throws Failure with what was found about the reason in `findings.evidence`
 */
async function waitForVersion(
  world: World,
  client: KubernetesClient,
  rules: LookRules,
  pace: Pace,
  findings: Findings,
): Promise<Live> {
  let last: Look | undefined
  const judge = (look: Look): Verdict<Live> => {
    const verdict = evaluateLook(look, rules)
    if (verdict.status === 'pending') findings.lastReason = verdict.reason
    return verdict
  }
  try {
    const { value } = await waitFor<Look, Live>(world, {
      what: 'the new version to serve',
      on: `InferenceService ${rules.namespace}/${rules.name}`,
      observe: async () => {
        last = await lookAtCluster(client, rules, last?.memory.sightings ?? new Map(), world.now())
        note(findings, last)
        return last
      },
      evaluate: judge,
      interval: pace.interval,
      timeout: Math.max(0, pace.deadline - world.now()),
      next: `Look at \`kubectl describe inferenceservice -n ${rules.namespace} ${rules.name}\`; if it only needs longer, raise timeout`,
    })
    findings.proof = value.proof
    return value
  } catch (thrown) {
    const trouble = last === undefined ? undefined : lastingTrouble(last, rules)
    const slow = last?.rollout === undefined ? undefined : unreadyPod(last.rollout)
    const subject = trouble?.pod ?? slow?.metadata.name ?? rules.name
    findings.evidence = await collectEvidence(world, client, rules, { trouble, subject })
    throw withAdvice(thrown, findings.lastReason ?? '')
  }
}

function note(findings: Findings, { rollout }: Look): void {
  if (rollout === undefined) return
  const { fresh, old } = countReady(rollout)
  findings.readyPods = fresh
  findings.oldPods = old
  findings.serving = servingVersions(rollout.pods)
}
