import { type Argocd, childrenNamed } from '@mlops-actions/argocd'
import { escapeMarkdown } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { formatCount } from '@mlops-actions/text'
import { createCrew, type FleetInputs } from './fleet/crew.ts'
import { isGood, judge, type Member, offer } from './fleet/member.ts'
import { countsOf, worstOf } from './fleet/outcome.ts'
import { selectApplications } from './fleet/select.ts'
import { planSync } from './fleet/sync.ts'
import { notesOf } from './report/result.ts'
import { type Standing, standingJson, standingOf, standingsTable } from './report/standings.ts'

/**
 * One look at each Application, after Argo CD has compared once, and how it stands now. Nothing is waited for and nothing
 * is changed, so nothing but a look that cannot be had is a failure.
 */
export async function observeOnce(
  inputs: Omit<FleetInputs, 'revision'> & { readonly revision: string | undefined },
  world: ActionWorld,
  argocd: Argocd,
): Promise<ActionResult> {
  const started = world.now()
  const { applications, deleting, missing } = await selectApplications(argocd, inputs)
  if (missing !== undefined) throw missing
  const { revision } = inputs
  const crew = createCrew({ ...inputs, revision: revision ?? '' }, world, argocd)
  try {
    const members = applications.map((one) =>
      revision === undefined ? crew.ofItself(one) : crew.ofCommit(one),
    )
    await Promise.all(members.map((member, at) => look(member, argocd, applications[at])))
    for (const member of members) judge(member, started, world.now())
    const standings = members.map((member) => standingNow(member))
    const notes = [
      ...deleting.map((name) => `Not looked at: ${name} is being deleted`),
      ...members.flatMap((member) => [
        ...notesOf(
          member,
          [...(member.state?.paused ?? []), ...(member.state?.unproven ?? [])],
          members.length,
        ),
        ...childrenNote(member, inputs.children),
        ...syncNote(member, inputs.sync),
      ]),
    ]
    for (const note of notes) world.log.info(note)
    return resultOf(standings, notes)
  } finally {
    await crew.close()
  }
}

/** A refresh is a look that has compared with Git; where none comes back, what was seen before will do. */
async function look(
  member: Member,
  argocd: Argocd,
  seen: Parameters<typeof offer>[1] | undefined,
): Promise<void> {
  const application =
    (await member.eyes.subject.observer.refresh()) ?? seen ?? (await argocd.get(member.name))
  await offer(member, application)
}

/** What is good at this look is called live here: that it stays so is not looked at. */
function standingNow(member: Member): Standing {
  const standing = standingOf(member, 0)
  if (member.ending !== undefined || !isGood(member)) return standing
  return { ...standing, result: member.state?.relation === 'newer' ? 'superseded' : 'live', reason: '' }
}

/** A wait goes on with them once this one is live; a look is one at what was named. */
function childrenNote({ name, state }: Member, children: FleetInputs['children']): readonly string[] {
  const made = state === undefined || children === 'none' ? 0 : childrenNamed(state.application).length
  return made === 0 ? [] : [`Not looked at: ${formatCount(made, 'Application')} that ${name.name} has made`]
}

/** What a wait with this `sync` would do now. */
function syncNote({ name, state, sync }: Member, policy: FleetInputs['sync']): readonly string[] {
  const plan = state === undefined ? undefined : planSync(state, policy, sync)
  return plan?.kind === 'sync' ? [`Would start a sync of ${name.name}: ${plan.why}`] : []
}

function resultOf(standings: readonly Standing[], notes: readonly string[]): ActionResult {
  const results = standings.map(({ result }) => result)
  const result = worstOf(results)
  const one = standings.find((standing) => standing.result === result)
  const items = standings.map(standingJson)
  const applications = { total: standings.length, counts: countsOf(results), items }
  const isGood = result === 'live' || result === 'superseded'
  const subject = standings.length === 1 ? (one?.name ?? '') : `${standings.length} Applications`
  return {
    outputs: {
      result,
      revision: one?.revision ?? '',
      'sync-status': one?.syncStatus ?? '',
      'health-status': one?.healthStatus ?? '',
      phase: one?.phase ?? '',
      images: [...new Set(standings.flatMap(({ images }) => images))],
      url: one?.link ?? '',
      'waited-seconds': 0,
      applications,
      changed: false,
    },
    summary: [
      `## ${isGood ? '✅' : '👀'} ${escapeMarkdown(subject)}: ${result} now`,
      '',
      'One look; nothing was waited for and nothing was changed.',
      '',
      ...standingsTable(standings),
      ...notes.map((note) => `- ${escapeMarkdown(note)}`),
      '',
    ].join('\n'),
    report: { application: standings.map(({ name }) => name).join(', '), result, applications },
  }
}
