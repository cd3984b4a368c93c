import { type Failure, type JsonValue, type OutputValue, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import { failureSummary } from './failure-report.ts'
import type { Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { metricsOf } from './objectives.ts'
import { successSummary } from './report.ts'

type Outputs = Readonly<Record<string, OutputValue | undefined>>

/** What a good end says. @param now milliseconds since the epoch */
export function resultOf(inputs: Inputs, findings: Findings, now: number): ActionResult {
  const result = findings.unproven === undefined ? 'healthy' : 'unproven'
  return {
    outputs: { result, ...outputsOf(inputs, findings) },
    summary: successSummary(inputs, findings, now),
    report: { result, ...reportOf(inputs, findings, now) },
    lineage: lineageOf(inputs, findings),
  }
}

/** The failure with everything that was found up to it. */
export function endWith(failure: Failure, inputs: Inputs, findings: Findings, now: number): Failure {
  const { kind, code, what, seen, next } = failure.details
  const told = { kind, code, what, seen, next }
  return withDetails(failure, {
    outputs: { result: 'unhealthy', ...outputsOf(inputs, findings) },
    summary: failureSummary(failure, inputs, findings, now),
    report: { result: 'unhealthy', failure: told, ...reportOf(inputs, findings, now) },
  })
}

function outputsOf(_inputs: Inputs, findings: Findings): Outputs {
  const { serving, proof, load, smoke } = findings
  const [version] = serving
  return {
    'rollout-proven': proof !== undefined,
    'serving-image': proof?.image ?? version?.image,
    'serving-storage-uri': proof?.storageUri ?? version?.storageUri,
    'ready-pods': findings.readyPods,
    'old-pods': findings.oldPods,
    'p50-ms': tenths(load?.figures.p50),
    'p95-ms': tenths(load?.figures.p95),
    'p99-ms': tenths(load?.figures.p99),
    'cold-start-ms': tenths(smoke?.ms),
    requests: load?.requests,
    errors: load?.errors,
    url: findings.url,
  }
}

function tenths(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 10) / 10
}

function reportOf(
  inputs: Inputs,
  findings: Findings,
  now: number,
): { readonly [key: string]: JsonValue | undefined } {
  const { serving, proof, unproven, load, smoke, evidence, phases } = findings
  const { figures } = load ?? {}
  return {
    service: { name: inputs.name, namespace: namespaceOf(inputs, findings), url: findings.url ?? null },
    wanted: { image: inputs.expectedImage ?? null, 'storage-uri': inputs.expectedStorageUri ?? null },
    serving: serving.map(({ image, storageUri, pods }) => ({
      image,
      'storage-uri': storageUri ?? null,
      pods,
    })),
    rollout:
      proof === undefined
        ? { proven: false, why: unproven ?? findings.lastReason ?? null }
        : {
            proven: true,
            deployment: proof.deployment,
            'replica-set': proof.replicaSet,
            pods: proof.pods.map(({ name, restarts, imageId }) => ({ name, restarts, 'image-id': imageId })),
          },
    answer: smoke === undefined ? null : answerOf(inputs, findings),
    latency:
      load === undefined || smoke === undefined
        ? null
        : { ...metricsOf(load, smoke.ms), samples: figures?.count },
    responses: load === undefined ? null : Object.fromEntries(load.histogram),
    events: (evidence?.events ?? []).map(({ reason, message, count }) => ({ reason, message, count })),
    ...(evidence?.log === undefined ? {} : { log: evidence.log }),
    phases: phases.map(({ name, from, to }) => ({
      name,
      'started-ms': from - findings.started,
      ms: to - from,
    })),
    'total-ms': now - findings.started,
  }
}

/** Counts and paths say where an answer is wrong, values say what customers send: each has its own permission. */
function answerOf({ samplesInReport }: Inputs, { smoke, compared }: Findings): JsonValue {
  const differences = smoke?.differences ?? []
  return {
    status: smoke?.status ?? 0,
    compared,
    ...(samplesInReport === 'none' ? {} : { differences: differences.length }),
    ...(samplesInReport === 'full' ? { body: (smoke?.body ?? '').slice(0, 4_000) } : {}),
  }
}

function namespaceOf({ namespace: given }: Inputs, { namespace }: Findings): JsonValue {
  return namespace ?? given ?? null
}

function lineageOf(inputs: Inputs, findings: Findings): JsonValue {
  const { proof, url } = findings
  return {
    service: inputs.name,
    namespace: namespaceOf(inputs, findings),
    image: proof?.image ?? null,
    'image-ids': [...new Set(proof?.pods.map(({ imageId }) => imageId) ?? [])],
    'storage-uri': proof?.storageUri ?? null,
    url: url ?? null,
    proven: proof !== undefined,
  }
}
