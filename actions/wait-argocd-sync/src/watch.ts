import type { Argocd } from '@mlops-actions/argocd'
import { shortRevision } from '@mlops-actions/argocd'
import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { waitFor } from '@mlops-actions/wait'
import { waitForApplications } from './fleet/appear.ts'
import { createCrew, type FleetInputs } from './fleet/crew.ts'
import { createExpand } from './fleet/expand.ts'
import { createFleet, type Fleet } from './fleet/fleet.ts'
import { failureOf, type Member } from './fleet/member.ts'
import { resultOf, worstFailure } from './fleet/outcome.ts'
import { startSync } from './fleet/start-sync.ts'
import { adviceFor } from './report/advice.ts'
import { explain } from './report/explain.ts'
import { explainFailure, succeed } from './report/result.ts'

/** Looks until the commit is live in every Application, can no longer become so, or the time is over; says how it went in every case. */
export async function waitUntilLive(
  inputs: FleetInputs,
  world: ActionWorld,
  argocd: Argocd,
): Promise<ActionResult> {
  const started = world.now()
  const notes: string[] = []
  const note = (sentence: string) => {
    notes.push(sentence)
    world.log.info(sentence)
  }
  const crew = createCrew(inputs, world, argocd)
  try {
    const { applications, deleting } = await waitForApplications(argocd, inputs, world)
    for (const name of deleting) note(`Not waited for: ${name} is being deleted`)
    const fleet = createFleet(world, {
      argocd,
      inputs,
      started,
      members: applications.map((application) => crew.ofCommit(application)),
      expand: createExpand(world, { argocd, crew, inputs, note }),
      act: (member) => startSync(argocd, world, inputs.sync, member),
    })
    return await waitForFleet({ inputs, world, argocd, fleet, notes, started })
  } catch (thrown) {
    // What is refused before there is anything to wait for says of the commit that it will not be live, too.
    const result = thrown instanceof Failure ? resultOf(thrown) : undefined
    throw thrown instanceof Failure && result !== undefined
      ? withDetails(thrown, { outputs: { result } })
      : thrown
  } finally {
    await crew.close()
  }
}

interface Watch {
  readonly inputs: FleetInputs
  readonly world: ActionWorld
  readonly argocd: Argocd
  readonly fleet: Fleet
  readonly notes: readonly string[]
  readonly started: number
}

async function waitForFleet(watch: Watch): Promise<ActionResult> {
  const { inputs, world, fleet, notes, started } = watch
  const { members } = fleet
  const ended = () => ({ inputs, members, notes, started, ended: world.now() })
  const which = members.length === 1 ? `${members[0]?.name.name}` : `${members.length} Applications`
  try {
    await waitFor<void, void>(world, {
      what: `${which} to be live at ${shortRevision(inputs.revision)}`,
      on: members.length === 1 ? `Application ${which}` : which,
      observe: () => fleet.look(),
      events: (signal) => fleet.events(signal),
      evaluate: () => fleet.evaluate(),
      interval: (waited) => (waited < BUSY_MS ? inputs.interval : QUIET * inputs.interval),
      intervalWithoutEvents: inputs.interval / 2,
      dueIn: () => fleet.dueIn(),
      timeout: inputs.timeout - (world.now() - started),
      next: 'Look at the Application in Argo CD; the summary shows what was seen last',
    })
    return succeed(ended())
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    const failure = closeMembers(thrown, members, world.now() - started)
    const explained = failure.kind === 'cancelled' ? [] : await explain(failure, watch)
    throw explainFailure(failure, ended(), explained)
  }
}

/** Argo CD is mostly asked in the first minute; later the stream tells, and a look now and then sees that it does. */
const BUSY_MS = 60_000
const QUIET = 1.5

/** Where all that were seen are live, it was their children that were waited for. */
const UNSEEN =
  'Raise `timeout`, or look at whether the login may see the children; `children: none` waits for what was named alone'

/**
 * Where the time is over it is over for all that have not ended, each with its own reason and advice. One that failed
 * before is the cause all the same.
 */
function closeMembers(failure: Failure, members: readonly Member[], waited: number): Failure {
  if (failure.code !== 'WAIT_TIMEOUT') return failure
  const open = members.filter(({ ending }) => ending === undefined)
  const before = worstFailure(members.flatMap(failureOf))
  for (const member of open) {
    const { blocked } = member.eyes.subject.judge
    const next = adviceFor(member) ?? failure.details.next
    const own = {
      on: `Application ${member.name.name}`,
      seen: `after ${Math.round(waited / 1_000)} s: ${member.reason}`,
    }
    const mine = withDetails(failure, members.length === 1 ? { next } : { ...own, next })
    // What only a rule or a person can end was waited for; that it was in vain makes it no time-out.
    member.ending = { kind: 'failed', failure: blocked ?? mine, waited }
  }
  const first = worstFailure(open.flatMap(failureOf))
  const isBlocked = first !== undefined && first.code !== 'WAIT_TIMEOUT'
  return before ?? (isBlocked ? first : withDetails(failure, { next: first?.details.next ?? UNSEEN }))
}
