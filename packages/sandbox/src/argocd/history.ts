import { type JsonObject, listAt, numberAt, objectAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { isMultiSource, revisionFields, sourcesOf } from './application.ts'
import type { Wanted } from './manifests.ts'
import type { SyncOutcome } from './sync-run.ts'

/** One attempt, with what it was an attempt of. */
export interface Attempt extends SyncOutcome {
  readonly wanted: Wanted | undefined
}

/** Partial and dry runs are not written to the history. The newest ten are kept. */
export function nextHistory(
  app: KubeObject,
  wanted: Wanted | undefined,
  run: { operation: JsonObject; startedAt: string },
  deployedAt: string,
): JsonObject[] | undefined {
  const sync = objectAt(run.operation, 'sync')
  if (!wanted || sync['resources'] !== undefined || sync['dryRun'] === true) return undefined
  const before = listAt(app, 'status', 'history')
  const id = (numberAt(before.at(-1), 'id') ?? -1) + 1
  const source = isMultiSource(app) ? { sources: sourcesOf(app) } : { source: sourcesOf(app)[0] ?? {} }
  const entry = {
    id,
    ...revisionFields(app, wanted.revisions),
    ...source,
    deployStartedAt: run.startedAt,
    deployedAt,
    initiatedBy: objectAt(run.operation, 'initiatedBy'),
  }
  return [...before, entry].slice(-10)
}

/** `syncResult` of an attempt that got as far as knowing its revisions. */
export function resultOf(app: KubeObject, attempt: Attempt): JsonObject | undefined {
  if (!attempt.wanted) return undefined
  const source = isMultiSource(app) ? { sources: sourcesOf(app) } : { source: sourcesOf(app)[0] ?? {} }
  return { ...revisionFields(app, attempt.wanted.revisions), ...source, resources: attempt.results }
}
