import { type Failure, inlineCode } from '@mlops-actions/diagnostics'
import { evaluateService } from '@mlops-actions/kserve'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { readInferenceCase } from './cases.ts'
import { connect } from './connect.ts'
import { createFindings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { contextOf, type Look, type LookRules, lookAtCluster } from './look.ts'

/**
 * Whether a version could be proven at all, said before there is one: the golden request can be read, the cluster shows
 * everything that the proof needs, and the rollout is of a kind that can be proven. Asks no model, changes nothing.
 * @throws Failure of the inputs or of the client
 */
export async function checkAccess(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  await readInferenceCase(inputs, world.context.workspace)
  const pace = { interval: inputs.interval, deadline: world.now() + inputs.timeout }
  const cluster = await connect(inputs, world, pace, createFindings(world.now()))
  if (cluster === undefined) return ready('There is no access to the cluster, and `prove-rollout` is false.')
  const { client, rules } = cluster
  try {
    const look = await lookAtCluster(client, rules, new Map(), world.now())
    // How the version that is about to be replaced does is not asked here: only what no version could change.
    const refusal = refusalOf(look, rules)
    if (refusal !== undefined) throw refusal
    const name = inlineCode(`${rules.namespace}/${rules.name}`)
    return ready(look.isvc === undefined ? `${name} is not there yet.` : `${name} can be read.`)
  } finally {
    client.close()
  }
}

/**
 * What of the service itself stands against every version: it is stopped, goes, or runs in a way that cannot be proven.
 * Only of a first look, at which nothing else counts as a failure of it yet. Pure.
 */
function refusalOf({ isvc, memory }: Look, rules: LookRules): Failure | undefined {
  const verdict = evaluateService(isvc, rules.want, memory, contextOf(rules))
  return verdict.status === 'failed' ? verdict.failure : undefined
}

function ready(sentence: string): ActionResult {
  return { outputs: { result: 'ready' }, summary: `## ✅ A new version can be proven\n\n${sentence}\n` }
}
