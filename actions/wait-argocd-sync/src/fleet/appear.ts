import type { Argocd } from '@mlops-actions/argocd'
import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import { done, pending, waitFor } from '@mlops-actions/wait'
import type { Inputs } from '../inputs.ts'
import { type Selection, selectApplications } from './select.ts'

/** An app of apps makes its Applications a moment after the commit. */
export const APPEAR_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 2_000

/**
 * The Applications that are meant, once all of them are there.
 * @throws Failure `not-found` where one has not come within a minute; as {@link selectApplications}
 */
export async function waitForApplications(argocd: Argocd, inputs: Inputs, world: World): Promise<Selection> {
  let missing: Failure | undefined
  const timeout = Math.min(APPEAR_WITHIN_MS, inputs.timeout)
  try {
    const { value } = await waitFor<Selection, Selection>(world, {
      what: 'the Application to be there',
      on: 'Argo CD',
      observe: () => selectApplications(argocd, inputs),
      evaluate: (selection) => {
        missing = selection.missing
        return missing === undefined ? done(selection) : pending(missing.details.seen)
      },
      interval: LOOK_EVERY_MS,
      timeout,
      next: '',
    })
    return value
  } catch (thrown) {
    const isOver = thrown instanceof Failure && thrown.code === 'WAIT_TIMEOUT'
    if (!isOver || missing === undefined) throw thrown
    throw withDetails(missing, { seen: `${missing.details.seen}, for ${Math.round(timeout / 1_000)} s` })
  }
}
