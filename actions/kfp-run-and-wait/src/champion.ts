import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type Metrics, parseMetrics } from '@mlops-actions/gates'
import type { Mlflow } from '@mlops-actions/mlflow'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

export interface Champion {
  /** Undefined: there is none yet, and gates on it pass. */
  readonly metrics: Metrics | undefined
  /** What a person reads: `churn v42`. */
  readonly name: string | undefined
}

const NOBODY: Champion = { metrics: undefined, name: undefined }

/**
 * Metrics of the model that serves now: given, or those of the run behind an alias of the registry.
 * A version without a run has no metrics, and so fails a gate on them.
 */
export async function readChampion(
  inputs: Inputs,
  world: ActionWorld,
  mlflow: Mlflow | undefined,
): Promise<Champion> {
  const { champion, modelName, championAlias } = inputs
  if (champion !== undefined)
    return { metrics: await readGiven(champion, world.context.workspace), name: undefined }
  if (modelName === undefined || mlflow === undefined) return NOBODY
  const version = await mlflow.versionByAlias(modelName, championAlias)
  if (version === undefined) return NOBODY
  const name = `${modelName} v${version.version}`
  if (version.run_id === '') {
    world.log.warn(`${name} (alias ${championAlias}) was registered without a run, so it has no metrics`)
    return { metrics: {}, name }
  }
  const { metrics } = await mlflow.run(version.run_id)
  return { metrics, name }
}

async function readGiven(champion: string, workspace: string): Promise<Metrics> {
  if (champion.trimStart().startsWith('{')) return parseMetrics(champion, 'the input `champion`')
  try {
    return parseMetrics(await readFile(resolve(workspace, champion), 'utf8'), 'the input `champion`')
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure({
      kind: 'config',
      code: 'METRICS_FILE',
      what: 'Cannot read the metrics',
      on: 'the input `champion`',
      seen: messageOf(cause),
      next: 'Give a JSON object of numbers, or the path of a file with one',
      cause,
    })
  }
}
