import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildRepository, type Made, type Makers } from './build.ts'
import { changeTracked } from './change.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import type { Given, PullStep, PushStep, Step } from './ours.ts'
import type { RepositoryPlan } from './plan.ts'
import { createRandom } from './random.ts'
import { type Place, pointTo } from './remotes.ts'
import { type FileFacts, readTree } from './tree.ts'

/** Who meets in one repository. */
export interface Peers {
  readonly dvc: Pick<Dvc, 'run' | 'try'>
  readonly makers: Makers
  /** Two places with nothing in them: one for what the action pushes, one for what DVC pushes. */
  readonly ours: Place
  readonly theirs: Place
  readonly push: PushStep
  /** Undefined as long as there is no such action. */
  readonly pull: PullStep | undefined
  /** An empty folder. */
  readonly folder: string
}

interface Meeting extends Peers {
  readonly plan: RepositoryPlan
  readonly made: Made
  /** All data of the repository that a pull brings back. */
  readonly tree: Readonly<Record<string, FileFacts>>
}

/**
 * One random repository through everything that DVC and the action must agree on. Throws for the first thing on which
 * they do not.
 */
export async function checkRepository(plan: RepositoryPlan, peers: Peers): Promise<void> {
  const made = await buildRepository(plan, join(peers.folder, 'made'), peers.makers, peers.theirs)
  const meeting = { ...peers, plan, made, tree: await readTree(made.root, made.restored) }
  notStrictEqual(Object.keys(meeting.tree).length, 0, 'the repository has no data')
  await checkTheirPush(meeting)
  await checkChosenRemote(meeting)
  await checkOurPull(meeting)
  await checkOurPush(meeting)
  const clone = await checkTheirPull(meeting)
  await checkOurAdd(meeting, clone)
}

/** DVC has pushed: ours finds nothing to do. */
async function checkTheirPush({ made, dvc, push }: Meeting): Promise<void> {
  await dvc.run(made.root, 'push')
  const { outputs } = await succeeding(push, made.root)
  deepStrictEqual([outputs['uploaded'], outputs['changed']], ['0', 'false'], 'dvc push left something to do')
}

/** Where in both places it goes; nothing else has this prefix. */
const CHOSEN = 'chosen/'

/** A remote is named: what has one of its own stays out, the rest goes there, as with `dvc push -r`. */
async function checkChosenRemote({ plan, made, dvc, push, ours, theirs }: Meeting): Promise<void> {
  if (createRandom(plan.seed + 2).chance(0.7)) return
  await pointTo(made.root, { ...theirs, prefix: CHOSEN })
  await dvc.run(made.root, 'push', '-r', 'second')
  await pointTo(made.root, { ...ours, prefix: CHOSEN })
  await succeeding(push, made.root, { remote: 'second' })
  deepStrictEqual(
    await ours.s3.objects(ours.bucket, CHOSEN),
    await theirs.s3.objects(theirs.bucket, CHOSEN),
    'with a named remote ours has pushed other objects than DVC',
  )
}

/** DVC has pushed: ours restores every byte in a fresh clone. Only where all of it was pushed. */
async function checkOurPull({ plan, made, folder, theirs, tree, pull, dvc }: Meeting): Promise<void> {
  if (pull === undefined || made.unpushed.length > 0) return
  const clone = await cloneTo(plan, made, join(folder, 'pulled by us'), theirs)
  // DVC calls data "not in cache" otherwise.
  await succeeding(pull, clone, { 'fill-cache': 'always' })
  deepStrictEqual(await readTree(clone, made.restored), tree, 'our pull brings back something else')
  match(await dvc.run(clone, 'status', '--quiet'), /^$/, 'dvc status sees differences after our pull')
}

/** Ours pushes, from the workspace or from the cache alone: the same bytes under the same keys as DVC, and no more. */
async function checkOurPush({ plan, made, folder, ours, theirs, push }: Meeting): Promise<void> {
  const cache = join(made.root, '.dvc/cache')
  const isFromCache = createRandom(plan.seed).chance(0.5)
  const from = isFromCache ? await cloneTo(plan, made, join(folder, 'cache only'), ours) : made.root
  if (isFromCache) await rename(cache, join(from, '.dvc/cache'))
  else await rm(cache, { recursive: true })
  await pointTo(from, ours)
  const { outputs } = await succeeding(push, from)
  const pushed = await ours.s3.objects(ours.bucket)
  deepStrictEqual(pushed, await theirs.s3.objects(theirs.bucket), 'ours has pushed other objects than DVC')
  const keys = Object.keys(pushed).filter((key) => !key.startsWith(CHOSEN))
  strictEqual(outputs['uploaded'], String(keys.length), 'the number of uploads is not true')
}

/** Ours has pushed: DVC restores every byte in a fresh clone, finds it in sync and nothing to push. */
async function checkTheirPull({ plan, made, folder, ours, tree, dvc }: Meeting): Promise<string> {
  const clone = await cloneTo(plan, made, join(folder, 'pulled by dvc'), ours)
  const { code, output } = await dvc.try(clone, 'pull')
  // DVC fails for every output with `push: false`, after it has fetched all others.
  if (made.unpushed.length === 0) strictEqual(code, 0, `dvc pull failed:\n${output}`)
  deepStrictEqual(await readTree(clone, made.restored), tree, 'dvc pull brings back something else')
  const status = await dvc.run(clone, 'status', '--cloud')
  if (made.unpushed.length === 0) match(status, /in sync/, 'dvc status --cloud')
  match(await dvc.run(clone, 'push'), /Everything is up to date/, 'dvc push')
  return clone
}

/** Data changes, ours records and pushes it: `dvc add` on top changes nothing that git would see. */
async function checkOurAdd({ plan, made, folder, ours, dvc, push }: Meeting, clone: string): Promise<void> {
  const changed = await changeTracked(clone, made.added, createRandom(plan.seed + 1), plan.version)
  if (changed.length === 0) return
  const targets = changed.map((path) => `./${path}`)
  await succeeding(push, clone, { add: targets.join('\n') })
  await commitAll(clone, 'recorded by the action')
  await dvc.run(clone, 'add', ...targets)
  const difference = (await git(clone, 'status', '--porcelain')) + (await git(clone, 'diff'))
  strictEqual(difference, '', `dvc add changes what the action has recorded:\n${difference}`)
  if (createRandom(plan.seed).chance(0.7)) return
  const checkout = join(folder, 'pulled by dvc')
  const again = await cloneTo(plan, { ...made, checkout }, join(folder, 'changed'), ours)
  await dvc.try(again, 'pull')
  deepStrictEqual(
    await readTree(again, made.restored),
    await readTree(clone, made.restored),
    'after a change',
  )
}

async function cloneTo(
  plan: RepositoryPlan,
  { checkout }: Made,
  folder: string,
  place: Place,
): Promise<string> {
  await git(checkout, 'clone', '--quiet', checkout, folder)
  const root = join(folder, plan.root)
  await pointTo(root, place)
  return root
}

async function succeeding(step: PushStep | PullStep, workspace: string, given?: Given): Promise<Step> {
  const done = await step(workspace, given)
  if (done.code !== 0)
    throw new Error(`ours ended with ${done.code} in ${workspace}:\n${done.text.trimEnd()}`)
  return done
}
