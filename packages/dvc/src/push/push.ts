import type { Failure } from '@mlops-actions/diagnostics'
import { createHashPool, type HashPool } from '../objects/hash-pool.ts'
import { forEachLimited } from '../objects/limit.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { Problem } from '../objects/problem.ts'
import { isDirectoryOid } from '../repository/output.ts'
import { createBuffers } from '../store/buffers.ts'
import { DEFAULT_SIZES, type UploadSizes } from '../store/part-plan.ts'
import type { UploadTools } from '../store/send-parts.ts'
import { findUnfinished, type OnDenied, type Unfinished } from '../store/unfinished.ts'
import { isLarge, uploadObject } from '../store/upload.ts'
import { type PushPlan, toSend } from './plan.ts'
import type { Stores } from './prepare.ts'
import { attempt, LARGE_AT_ONCE, noteSent, type PushRun } from './push-run.ts'
import { stageObjects } from './stage.ts'

export interface PushOptions {
  /** Requests at once, as far as the pace of each store allows. */
  readonly jobs: number
  readonly sizes?: UploadSizes
  /** Threads that read and hash; without it, own ones. */
  readonly pool?: HashPool
  /** Milliseconds since the epoch, for the age of what dead runs have left. */
  readonly now?: () => number
  /** Told after each object: bytes of it that went over the line. */
  readonly onSent?: (object: TrackedObject, bytes: number) => void
  /** Told of bytes as they arrive, parts of large objects too. */
  readonly onBytes?: (bytes: number) => void
  /** Told where the role may not look for what interrupted runs have sent of large files; it is sent again then. */
  readonly onDenied?: OnDenied
}

export interface PushResult {
  /** Ids of the objects that were sent, with the bytes of theirs that went over the line. */
  readonly sent: ReadonlyMap<string, number>
  /** By object id: why it was not. */
  readonly failed: ReadonlyMap<string, Failure>
  /** `.dir` objects that were kept back because a member failed. */
  readonly withheld: readonly TrackedObject[]
  /** What turned out to be wrong while it was hashed on its way: then nothing became visible in any remote. */
  readonly problems: readonly Problem[]
}

const NOTHING: PushResult = { sent: new Map(), failed: new Map(), withheld: [], problems: [] }

/** Objects whose hashing has cost threads more memory than it costs time to start them again. */
const MANY = 10_000
/** Memory for bodies on their way: what is read while others are sent. */
const IN_FLIGHT_BYTES = 96 * 2 ** 20
/**
 * Sends what the plan says. First, in parts that nobody sees, what is to be hashed while it is sent; when all of that is
 * right, the other files; then each `.dir` object, and only when everything it promises is there.
 * One object that fails does not stop the others, unless its reason would stop all of them.
 */
export async function applyPush(plan: PushPlan, stores: Stores, options: PushOptions): Promise<PushResult> {
  const [first] = stores.values()
  if (first === undefined) return NOTHING
  const pool = options.pool ?? createHashPool(first)
  try {
    const objects = toSend(plan)
    if (plan.objects.size >= MANY) pool.rest()
    const { jobs, sizes = DEFAULT_SIZES, onSent } = options
    const tools = await toolsFor(objects, stores, { ...options, pool, sizes })
    const run: PushRun = { plan, stores, pool, tools, onSent, sent: new Map(), failed: new Map() }
    const staged = objects.filter(({ id }) => plan.whileSending?.has(id) === true)
    const problems = await stageObjects(run, staged)
    if (problems.length > 0) return { ...NOTHING, problems }
    const files = objects.filter(
      (object) => !isDirectoryOid(object.oid) && !plan.whileSending?.has(object.id),
    )
    await sendFiles(run, files, jobs, sizes)
    const directories = objects.filter(({ oid }) => isDirectoryOid(oid))
    const whole = directories.filter(({ members }) => members.every((id) => isThere(run, id)))
    await forEachLimited(whole, jobs, (object) => send(run, object))
    const withheld = directories.filter((object) => !whole.includes(object))
    return { sent: run.sent, failed: run.failed, withheld, problems }
  } finally {
    if (options.pool === undefined) pool.close()
  }
}

async function toolsFor(
  objects: readonly TrackedObject[],
  stores: Stores,
  {
    pool,
    sizes,
    now = () => 0,
    onBytes,
    onDenied,
  }: PushOptions & { readonly pool: HashPool; readonly sizes: UploadSizes },
): Promise<ReadonlyMap<string, UploadTools>> {
  const buffers = createBuffers(IN_FLIGHT_BYTES)
  const tools = new Map<string, UploadTools>()
  for (const [name, store] of stores) {
    const anyLarge = objects.some((object) => object.remote === name && isLarge(object, { sizes }))
    const unfinished = anyLarge
      ? await findUnfinished(store, onDenied)
      : new Map<string, readonly Unfinished[]>()
    tools.set(name, { pool, buffers, sizes, unfinished, now, onBytes, onDenied })
  }
  return tools
}

async function sendFiles(
  run: PushRun,
  files: readonly TrackedObject[],
  jobs: number,
  sizes: UploadSizes,
): Promise<void> {
  const large = files.filter((object) => isLarge(object, { sizes }))
  const small = files.filter((object) => !isLarge(object, { sizes }))
  await Promise.all([
    forEachLimited(large, LARGE_AT_ONCE, (object) => send(run, object)),
    forEachLimited(small, jobs, (object) => send(run, object)),
  ])
}

function send(run: PushRun, object: TrackedObject): Promise<void> {
  return attempt(run, object, async (store, tools) => {
    noteSent(run, object, await uploadObject(store, object, tools))
  })
}

function isThere({ plan, sent }: PushRun, id: string): boolean {
  return plan.steps.get(id) === 'skip' || sent.has(id)
}
