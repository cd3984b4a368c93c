import { chmod, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { codeOf, fileFailure } from '../invalid.ts'
import { assertSpace } from '../objects/disk.ts'
import { forEachLimited } from '../objects/limit.ts'
import type { LinkType } from '../repository/config.ts'
import { makeOwnFolder } from '../repository/own-folder.ts'
import { keyOf } from '../store/store.ts'
import { bringContent, type Group, type PullWork } from './bring.ts'
import { demandsOf } from './demands.ts'
import type { PullPlan, PullProblem } from './pull-plan.ts'
import { contentId, type WantedFile } from './wanted.ts'

export interface PullResult {
  /** Content ids of what was fetched, with its bytes. */
  readonly fetched: ReadonlyMap<string, number>
  /** Bytes that came over the network; fewer than those of `fetched` where an interrupted run was gone on with. */
  readonly received: number
  /** Paths that were written, with the type of link. */
  readonly placed: ReadonlyMap<string, LinkType>
  /** Paths of files that got their executable bit back. */
  readonly madeExecutable: readonly string[]
  /** By path: why it could not be brought. */
  readonly failed: ReadonlyMap<string, Failure>
  /** What turned out to lie in an archive, which no listing says of Intelligent-Tiering. */
  readonly archived: readonly PullProblem[]
}

const REFUSAL = {
  undone: 'nothing was downloaded',
  next: 'Pull fewer `targets`, set `fill-cache: never` so that data is kept once',
} as const

/** After so many failed objects the rest would fail as well, only slower. */
const ENOUGH_FAILURES = 10

const ARCHIVED = 'S3_ARCHIVED'

/**
 * Does what the plan says. Each file takes its place whole or not at all; one that fails does not stop the others,
 * unless its reason would stop all of them.
 * @throws Failure `quota` where the disk is too small, before anything is fetched
 */
export async function applyPull(plan: PullPlan, work: PullWork): Promise<PullResult> {
  const groups = groupByContent(plan)
  const { root } = work.options.bounds
  await assertSpace(demandsOf(plan, work.options), REFUSAL)
  if (groups.length > 0) await makeOwnFolder(root, work.temp)
  for (const path of plan.unexecutable) await makeExecutable(join(root, path))
  for (const path of plan.obstacles) await rm(join(root, path), { force: true })
  const archived: PullProblem[] = []
  const result = {
    fetched: new Map<string, number>(),
    placed: new Map<string, LinkType>(),
    failed: new Map<string, Failure>(),
    archived,
    madeExecutable: plan.unexecutable,
    received: 0,
  }
  await forEachLimited(groups, work.options.jobs, async (group) => {
    if (isHopeless(result.failed)) return
    try {
      const { bytes, received, links } = await bringContent(plan, group, work)
      if (group.fetch) result.fetched.set(contentId(group.file), bytes)
      result.received += received
      for (const [path, link] of links) result.placed.set(path, link)
    } catch (thrown) {
      work.signal.throwIfAborted()
      // What goes into the cache alone has no place, and fails under the name that its commit gives it.
      for (const file of group.files.length === 0 ? [group.file] : group.files) {
        const failure = codeOf(thrown) === '' ? toFailure(thrown) : fileFailure(file.path, thrown)
        result.failed.set(file.path, failure)
        if (failure.code === ARCHIVED) archived.push(archivedProblem(file, failure, plan, work))
      }
    }
  })
  return result
}

function archivedProblem(
  file: WantedFile,
  { details }: Failure,
  { stored }: PullPlan,
  { stores }: PullWork,
): PullProblem {
  const { path, source, oid, hash } = file
  const store = stores.get(stored.get(contentId(file))?.remote ?? '')
  const frozen = store && { bucket: store.remote.bucket, key: keyOf(store, oid, hash), restoring: false }
  return { kind: 'archived', path, source, oid, seen: details.seen, frozen }
}

/** Large ones first, so that none of them is the last and alone. */
function groupByContent({ files, sizes }: PullPlan): readonly Group[] {
  const groups = new Map<string, { file: WantedFile; fetch: boolean; files: WantedFile[] }>()
  const groupAt = new Map<string, Group>()
  for (const { file, step } of files) {
    if (step === 'keep' || step === 'leave') continue
    const id = contentId(file)
    const known = groups.get(id)
    // A list that is made with its one item takes a tenth of the memory of one that grows to it.
    const group = known ?? { file, fetch: step === 'fetch', files: file.cacheOnly ? [] : [file] }
    if (known === undefined) groups.set(id, group)
    if (file.cacheOnly || groupAt.get(file.path) === group) continue
    groupAt.set(file.path, group)
    if (known !== undefined) group.files.push(file)
  }
  const sizeOf = ({ file }: Group) => sizes.get(contentId(file)) ?? 0
  return [...groups.values()].sort((a, b) => sizeOf(b) - sizeOf(a))
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path)
  await chmod(path, (mode & 0o777) | 0o100)
}

/** Credentials, names and policies do not change from one object to the next. */
function isHopeless(failed: ReadonlyMap<string, Failure>): boolean {
  // All that is in an archive is to be named: whoever restores it waits for hours.
  const others = [...failed.values()].filter(({ code }) => code !== ARCHIVED)
  if (others.length >= ENOUGH_FAILURES) return true
  return others.some(({ kind }) => ['auth', 'config', 'not-found', 'quota'].includes(kind))
}
