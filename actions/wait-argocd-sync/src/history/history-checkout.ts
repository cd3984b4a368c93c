import { isSameRepository } from '@mlops-actions/argocd'
import type { World } from '@mlops-actions/diagnostics'
import { type Checkout, isAncestor, isKnown, openCheckout, readOrigin } from '@mlops-actions/git'
import type { Contains } from './relation.ts'

/**
 * What a checkout in the workspace says of the repository's history. It may be shallow and old: that one commit contains
 * another is sure, that it does not is not. Undefined where the workspace is of another repository.
 */
export async function openCheckoutHistory(
  world: World,
  workspace: string,
  repository: string,
): Promise<Contains | undefined> {
  const opened = await openCheckout(world, workspace).catch(() => undefined)
  if (opened === undefined) return undefined
  const origin = await readOrigin(opened.checkout)
  if (origin === undefined || !isSameRepository(origin, repository)) return undefined
  return (descendant, ancestor) => containsIn(opened.checkout, descendant, ancestor)
}

async function containsIn(
  checkout: Checkout,
  descendant: string,
  ancestor: string,
): Promise<boolean | undefined> {
  const [one, other] = await Promise.all([isKnown(checkout, descendant), isKnown(checkout, ancestor)])
  if (!one || !other) return undefined
  if (await isAncestor(checkout, ancestor, descendant)) return true
  // Where the other way round holds, the one cannot hold, however shallow the history is.
  return (await isAncestor(checkout, descendant, ancestor)) ? false : undefined
}
