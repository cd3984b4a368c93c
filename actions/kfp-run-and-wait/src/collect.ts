import { type Failure, type JsonValue, toFailure } from '@mlops-actions/diagnostics'
import { evaluateGates, type Gate, type GateVerdict, type Metrics } from '@mlops-actions/gates'
import { artifactsByName, metricsByName, type RunResults, readResults } from '@mlops-actions/kfp'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Champion } from './champion.ts'
import type { Connection } from './connect.ts'

/** What a run has put out, by the names that a user writes. */
export interface Collected {
  readonly metrics: Metrics
  readonly artifacts: Readonly<Record<string, string>>
  /** URI of the one artifact that is a model; undefined where there is none, or several. */
  readonly modelUri: string | undefined
  readonly outputParameters: Readonly<Record<string, JsonValue>>
  /** Where the metrics were read. */
  readonly source: RunResults['source'] | 'MLflow'
  readonly trouble: Failure | undefined
  readonly results: RunResults
}

export async function collect(world: ActionWorld, connection: Connection, runId: string): Promise<Collected> {
  const { http, kfp, mlflow } = connection
  const results = await readResults(world, http, kfp, runId)
  const { produced, source, trouble } = results
  const { metrics, ambiguous } = metricsByName(produced)
  for (const name of ambiguous)
    world.log.warn(`Several tasks have put out ${name} with different values: write it as <task>.${name}`)
  const models = [
    ...new Set(produced.artifacts.filter(({ type }) => type === 'system.Model').map(({ uri }) => uri)),
  ]
  const outputParameters = Object.fromEntries(produced.parameters.map(({ name, value }) => [name, value]))
  const collected = {
    metrics,
    artifacts: artifactsByName(produced),
    modelUri: models.length === 1 ? models[0] : undefined,
    outputParameters,
    source,
    trouble,
    results,
  }
  // Training code that only knows MLflow logs its metrics there, and gives the run's id as an output.
  const mlflowRun = outputParameters['mlflow_run_id']
  if (
    Object.keys(metrics).length > 0 ||
    mlflow === undefined ||
    typeof mlflowRun !== 'string' ||
    mlflowRun === ''
  )
    return collected
  try {
    return { ...collected, metrics: (await mlflow.run(mlflowRun)).metrics, source: 'MLflow' }
  } catch (thrown) {
    if (world.signal.aborted) throw thrown
    return { ...collected, trouble: toFailure(thrown) }
  }
}

/** @throws what kept the metrics from being read, where a gate would be judged without them */
export function judgeGates(
  gates: readonly Gate[],
  { metrics, trouble }: Collected,
  { metrics: champion }: Champion,
): readonly GateVerdict[] {
  if (gates.length > 0 && trouble !== undefined) throw trouble
  return evaluateGates(gates, { metrics, champion })
}

/** JSON has no NaN: a metric that is no finite number is written as MLflow writes it. */
export function toJson(metrics: Metrics): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Number.isFinite(value) ? value : String(value)]],
    ),
  )
}
