import { expect, test } from '@jest/globals'
import type { ApplicationName, ResourceTree } from '@mlops-actions/argocd'
import { testWorld } from '../../../test/harness/world.ts'
import { createFrugal } from '../src/fleet/frugal.ts'
import { application, before, live, node, syncAt, treeOf, unwell, WANTED } from './state.ts'

const NAME = { name: 'churn-prod' }
const SYNCED = application()
const OUT_OF_SYNC = application({ status: { sync: syncAt('OutOfSync', WANTED) } })

/** How often each is asked for, of a cluster with that tree. */
function counting(tree: ResourceTree = treeOf(node('ConfigMap', 'settings'))) {
  const world = testWorld()
  const asked = { trees: 0, windows: 0 }
  const frugal = createFrugal(world, {
    tree: async (_name: ApplicationName) => {
      asked.trees += 1
      return tree
    },
    blockingWindow: async (_name: ApplicationName) => {
      asked.windows += 1
      return undefined
    },
    applicationSet: () => Promise.reject(new Error('not asked for here')),
  })
  const look = async (seen: typeof SYNCED, afterMs: number) => {
    await world.sleep(afterMs)
    frugal.saw(seen)
    await frugal.argocd.tree(NAME)
    await frugal.argocd.blockingWindow(NAME)
  }
  return { asked, look }
}

test('the tree of what is synced is read at every look: there it decides', async () => {
  const { asked, look } = counting()
  for (let at = 0; at < 5; at += 1) await look(SYNCED, 1_300)
  expect(asked).toEqual({ trees: 5, windows: 1 })
})

test('that of one that waits to be synced is read once a minute, though it is compared again and again', async () => {
  const { asked, look } = counting()
  for (let at = 0; at < 9; at += 1) {
    const { status, ...same } = OUT_OF_SYNC
    await look({ ...same, status: { ...status, reconciledAt: before(-at) } }, 15_000)
  }
  expect(asked).toEqual({ trees: 3, windows: 3 })
})

test('is read again when the Application changes', async () => {
  const { asked, look } = counting()
  await look(OUT_OF_SYNC, 0)
  await look(live({ operation: {}, status: OUT_OF_SYNC.status }).application, 2_000)
  await look(OUT_OF_SYNC, 2_000)
  expect(asked.trees).toBe(3)
})

test('is read at every look while something in it is not well', async () => {
  const { asked, look } = counting(treeOf(node('Pod', 'churn-x', unwell('Degraded'))))
  for (let at = 0; at < 5; at += 1) await look(OUT_OF_SYNC, 15_000)
  expect(asked.trees).toBe(5)
})

test('is read once for the many events of one moment', async () => {
  const { asked, look } = counting()
  for (let at = 0; at < 20; at += 1) await look(SYNCED, 10)
  expect(asked.trees).toBe(1)
})
