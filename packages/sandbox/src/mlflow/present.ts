import type { Experiment, LoggedModel, MetricPoint, ModelVersion, RegisteredModel, Run } from './state.ts'

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }
export type JsonObject = { readonly [key: string]: Json | undefined }

/** Empty repeated fields are omitted, as protobuf's JSON does. */
export function listOrNothing<T>(
  items: Iterable<T>,
  present: (item: T) => Json,
): readonly Json[] | undefined {
  const list = [...items].map(present)
  return list.length === 0 ? undefined : list
}

function presentTags(tags: ReadonlyMap<string, string>): readonly Json[] | undefined {
  return listOrNothing(tags, ([key, value]) => ({ key, value }))
}

export function presentExperiment(experiment: Experiment): JsonObject {
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.createdAt,
    creation_time: experiment.createdAt,
    tags: presentTags(experiment.tags),
    workspace: 'default',
  }
}

export function presentRunInfo(run: Run): JsonObject {
  return {
    run_uuid: run.id,
    experiment_id: run.experimentId,
    run_name: run.name,
    user_id: run.userId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime,
    artifact_uri: run.artifactUri,
    lifecycle_stage: 'active',
    run_id: run.id,
  }
}

export function presentRun(run: Run): JsonObject {
  const data = {
    metrics: listOrNothing(latestMetrics(run), presentMetric),
    params: presentTags(run.params),
    tags: presentTags(run.tags),
  }
  return { info: presentRunInfo(run), data, inputs: {}, outputs: {} }
}

/** Per key the point with the greatest (step, timestamp, value), as the latest_metrics table keeps it. */
export function latestMetrics(run: Run): readonly MetricPoint[] {
  const latest = new Map<string, MetricPoint>()
  for (const point of run.metrics) {
    const known = latest.get(point.key)
    if (known === undefined || isLater(point, known)) latest.set(point.key, point)
  }
  return [...latest.values()]
}

function isLater(left: MetricPoint, right: MetricPoint): boolean {
  if (left.step !== right.step) return left.step > right.step
  if (left.timestamp !== right.timestamp) return left.timestamp > right.timestamp
  return left.value > right.value
}

export function presentMetric(point: MetricPoint): JsonObject {
  return { key: point.key, value: presentNumber(point.value), timestamp: point.timestamp, step: point.step }
}

/** NaN is a string; the SQL store keeps an infinity as the largest double. */
function presentNumber(value: number): Json {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE
}

export function presentVersion(version: ModelVersion, model: RegisteredModel): JsonObject {
  const aliases = [...model.aliases].filter(([, number]) => number === version.version)
  return {
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    current_stage: 'None',
    description: version.description,
    source: version.source,
    run_id: version.runId,
    status: version.status,
    status_message: version.statusMessage || undefined,
    tags: presentTags(version.tags),
    run_link: version.runLink,
    aliases: listOrNothing(aliases, ([alias]) => alias),
  }
}

export function presentModel(model: RegisteredModel): JsonObject {
  const newest = [...model.versions.values()].slice(-1)
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    description: model.description || undefined,
    latest_versions: listOrNothing(newest, (version) => presentVersion(version, model)),
    tags: presentTags(model.tags),
    aliases: listOrNothing(model.aliases, ([alias, version]) => ({ alias, version: String(version) })),
  }
}

export function presentLoggedModel(model: LoggedModel): JsonObject {
  const info = {
    model_id: model.id,
    experiment_id: model.experimentId,
    name: model.name,
    creation_timestamp_ms: model.createdAt,
    last_updated_timestamp_ms: model.updatedAt,
    artifact_uri: model.artifactUri,
    status: model.status,
    model_type: '',
    source_run_id: model.sourceRunId,
  }
  return { info, data: {} }
}
