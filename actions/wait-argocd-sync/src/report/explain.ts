import type { Argocd } from '@mlops-actions/argocd'
import type { Failure } from '@mlops-actions/diagnostics'
import type { FleetInputs } from '../fleet/crew.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { gatherEvidence } from './evidence.ts'
import type { Explained } from './failure-report.ts'

interface Explaining {
  readonly argocd: Argocd
  readonly inputs: Pick<FleetInputs, 'includePodLogs'>
  readonly fleet: Pick<Fleet, 'members'>
}

/** Of many that failed together these few tell it. */
const MOST_EXPLAINED = 3

/** Finds out more of those that failed, the one that ended the wait first; where none did, of the only one. */
export async function explain(
  failure: Failure,
  { argocd, inputs, fleet }: Explaining,
): Promise<readonly Explained[]> {
  const failed = fleet.members.flatMap((member) =>
    member.ending?.kind === 'failed' ? [{ member, failure: member.ending.failure }] : [],
  )
  const [only, ...others] = fleet.members
  const told =
    failed.length === 0 && only !== undefined && others.length === 0 ? [{ member: only, failure }] : failed
  const first = told.toSorted(
    (one, other) => Number(other.failure === failure) - Number(one.failure === failure),
  )
  return Promise.all(
    first.slice(0, MOST_EXPLAINED).map(async (one) => {
      const { name, eyes, state } = one.member
      const { includePodLogs } = inputs
      const { source, revision, subject } = eyes
      const { troubles } = subject.judge
      const evidence = await gatherEvidence({
        argocd,
        name,
        source,
        revision,
        state,
        troubles,
        includePodLogs,
      })
      return { ...one, evidence }
    }),
  )
}
