import { Failure } from '@mlops-actions/diagnostics'
import { forEachLimited } from '../objects/limit.ts'
import { type CopySizes, copyObject, DEFAULT_COPY } from '../store/copy.ts'
import { type ListedObject, listAll } from '../store/list.ts'
import { inspect, judge } from '../store/look.ts'
import { keyOf, type Store } from '../store/store.ts'
import type { PublishedFile, PublishPlan } from './publish-plan.ts'

export interface PublishResult {
  readonly copied: readonly PublishedFile[]
  /** Files that were there already. */
  readonly skipped: number
}

/** Files that the prefix does not have yet. @throws Failure `conflict` where it holds something else */
export async function planCopies(
  store: Store,
  plan: PublishPlan,
  jobs: number,
): Promise<readonly PublishedFile[]> {
  const found = new Map(
    (await listAll(store, plan.bucket, plan.prefix)).map((object) => [object.key, object]),
  )
  assertNoStrangers(plan, found)
  const missing: PublishedFile[] = []
  await forEachLimited(plan.files, jobs, async (file) => {
    const stored = found.get(file.key)
    if (stored === undefined) missing.push(file)
    else await assertSame(store, plan, file, stored)
  })
  return missing
}

/**
 * Copies an output's objects, server-side, to the keys of the plan, and looks again: the prefix then holds exactly
 * the files of the output. Publishing the same content again copies nothing.
 * @throws Failure `conflict` where the prefix holds something else, `not-found` where an object is not in the remote
 */
export async function applyPublish(
  store: Store,
  plan: PublishPlan,
  jobs: number,
  sizes: CopySizes = DEFAULT_COPY,
): Promise<PublishResult> {
  const copied = await planCopies(store, plan, jobs)
  await forEachLimited(copied, jobs, ({ md5, key, size }) =>
    copyObject(store, { from: keyOf(store, md5, 'md5'), bucket: plan.bucket, key, size }, sizes),
  )
  if (copied.length > 0) {
    const missing = await planCopies(store, plan, jobs)
    if (missing.length > 0) throw notPublished(plan, missing)
  }
  return { copied, skipped: plan.files.length - copied.length }
}

/** The prefix names its content: whatever else lies below it would be served as part of the model. */
function assertNoStrangers(plan: PublishPlan, found: ReadonlyMap<string, ListedObject>): void {
  const own = new Set(plan.files.map(({ key }) => key))
  const strangers = [...found.keys()].filter((key) => !own.has(key))
  if (strangers.length === 0) return
  throw conflict(
    plan,
    `it holds ${strangers.length} object(s) that are not of this output, such as ${strangers[0]}`,
  )
}

async function assertSame(
  store: Store,
  plan: PublishPlan,
  { md5, size, key, relpath }: PublishedFile,
  stored: ListedObject,
): Promise<void> {
  const state = judge({ oid: md5, hash: 'md5', size }, stored)
  const known = state === 'doubtful' ? await inspect(store, { bucket: plan.bucket, key }, md5) : state
  if (known === 'wrong') throw conflict(plan, `${relpath} there is not the file of this output`)
}

function conflict({ uri }: PublishPlan, seen: string): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'DVC_PUBLISH_CONFLICT',
    what: 'Cannot publish a model',
    on: uri,
    seen,
    next: 'Find out who wrote there, remove what does not belong, and run the step again',
    retryable: false,
  })
}

function notPublished({ uri }: PublishPlan, missing: readonly PublishedFile[]): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'DVC_NOT_PUBLISHED',
    what: 'Cannot publish a model',
    on: uri,
    seen: `the server took ${missing.length} file(s) and does not have them, such as ${missing[0]?.relpath}`,
    next: 'Check `endpointurl` of the remote: what answers there does not behave like S3',
  })
}
