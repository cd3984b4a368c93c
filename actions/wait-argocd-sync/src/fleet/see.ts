import type { Application, Argocd } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import type { Member } from './member.ts'
import type { Take } from './refresher.ts'
import type { queryFor } from './select.ts'

/** One request for all: that of one Application says why it cannot be read, a list leaves it out. */
export async function see(
  argocd: Argocd,
  members: readonly Member[],
  query: () => ReturnType<typeof queryFor>,
): Promise<readonly Application[]> {
  const [only, ...others] = members
  if (only === undefined || others.length > 0) return argocd.list(query())
  try {
    return [await argocd.get(only.name)]
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'not-found') return []
    throw thrown
  }
}

export async function takeAll(
  members: readonly Member[],
  seen: readonly Application[],
  take: Take,
  now: number,
): Promise<void> {
  await Promise.all(
    members.map(async (member) => {
      const application = seen.find((one) => isOf(member, one))
      if (application === undefined) member.missingSince ??= now
      else await take(member, application)
    }),
  )
}

export async function read(
  stream: AsyncIterable<Application>,
  find: (application: Application) => Member | undefined,
  push: (member: Member, application: Application) => void,
): Promise<void> {
  for await (const application of stream) {
    const member = find(application)
    if (member !== undefined) push(member, application)
  }
}

/** Whether the member is this Application. */
export function isOf({ name, namespace }: Member, { metadata }: Application): boolean {
  return metadata.name === name.name && metadata.namespace === namespace
}
