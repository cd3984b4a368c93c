import {
  compareOutputs,
  type Inventory,
  listOutputs,
  type Output,
  type OutputChange,
  readCommittedRepository,
  revisionTree,
  selectOutputs,
} from '@mlops-actions/dvc'
import {
  assertWholeHistory,
  type Checkout,
  findMergeBase,
  openCheckout,
  resolveRevision,
} from '@mlops-actions/git'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Work } from './work.ts'

/** How the outputs differ from those of another commit. */
export interface Comparison {
  /** As the user named it. */
  readonly ref: string
  /** What was compared with: where the ways of `ref` and of this checkout part. */
  readonly commit: string
  readonly changes: readonly OutputChange[]
}

/**
 * What this checkout changes of the outputs since it left the base, as a pull request shows its files: what others did on
 * the base meanwhile is not among it. Undefined where nobody asks.
 */
export async function compareWithBase(
  inputs: Inputs,
  world: ActionWorld,
  work: Work,
  { directories }: Pick<Inventory, 'directories'>,
): Promise<Comparison | undefined> {
  const { baseRef: ref } = inputs
  if (ref === undefined) return undefined
  const git = await openCheckout(world, work.repository.root)
  const commit = await findBase(git.checkout, ref)
  const base = await readCommittedRepository(await revisionTree(git, commit), world.env)
  const after = [...work.binding.outputs, ...work.binding.leftOut.map(({ output }) => output)]
  const before = meantInBase(inputs, base.outputs, after)
  const changes = await compareOutputs(before, after, async (output, of) =>
    of === 'after' ? directories.get(output.path) : listFiles(inputs, work, output),
  )
  return { ref, commit, changes }
}

async function findBase(checkout: Checkout, ref: string): Promise<string> {
  const tip = await resolveRevision(checkout, ref)
  const base = await findMergeBase(checkout, tip, await resolveRevision(checkout, 'HEAD'))
  // Without one, either the histories have nothing in common, or this checkout is too short to know.
  if (base === undefined) await assertWholeHistory(checkout, `compare with ${ref}`)
  return base ?? tip
}

/** With targets, of the base too only what they name; an output that is gone is named by its path there. */
function meantInBase(
  { targets }: Inputs,
  before: readonly Output[],
  after: readonly Output[],
): readonly Output[] {
  if (targets.length === 0) return before
  const here = new Set(after.map(({ path }) => path))
  const gone = before.filter(({ path }) => !here.has(path))
  const named = new Set(selectOutputs({ outputs: [...after, ...gone] }, { targets }).map(({ path }) => path))
  return before.filter(({ path }) => here.has(path) || named.has(path))
}

/** From the cache or the remote that this checkout uses; a list that is nowhere leaves the files untold. */
async function listFiles({ remote }: Inputs, { repository, stores, jobs }: Work, output: Output) {
  const { cacheDir, defaultRemote } = repository.config
  const target = output.remote ?? remote?.toLowerCase() ?? defaultRemote ?? ''
  const { outputs } = await listOutputs([{ ...output, target }], stores, cacheDir, jobs)
  return outputs[0]?.entries
}
