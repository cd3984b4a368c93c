import { DescribeRepositoriesCommand, type Repository } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr } from './api.ts'
import { type AskedRepository, identity, nameOf } from './repository.ts'

/** Whether a tag stays on the image that has it. */
export type IsImmutable = (tag: string) => boolean

type Mutability = Pick<Repository, 'imageTagMutability' | 'imageTagMutabilityExclusionFilters'>

/**
 * Asks which tags of a repository are immutable. Undefined where nobody says it: a role need not have the right to.
 * @throws what ends the step
 */
export async function readMutability(
  call: Pick<World, 'signal'>,
  place: AskedRepository,
): Promise<IsImmutable | undefined> {
  const { repositoryName, ...registry } = identity(place.repository)
  const command = new DescribeRepositoriesCommand({ repositoryNames: [repositoryName], ...registry })
  const asked = {
    what: 'Cannot see which tags may move',
    on: nameOf(place),
    action: 'ecr:DescribeRepositories',
  }
  try {
    const { repositories } = await callEcr(call, place.ecr, asked, (abortSignal) =>
      place.ecr.client.send(command, { abortSignal }),
    )
    const [found] = repositories ?? []
    return found && isImmutableIn(found)
  } catch (thrown) {
    call.signal.throwIfAborted()
    if (!(thrown instanceof Failure)) throw thrown
    return undefined
  }
}

/** API reference, ImageTagMutabilityExclusionFilter: in a filter only `*` means something. */
export function isImmutableIn({
  imageTagMutability = 'MUTABLE',
  imageTagMutabilityExclusionFilters: filters = [],
}: Mutability): IsImmutable {
  const excluded = filters.map(({ filter = '' }) => wildcard(filter))
  const isImmutable = imageTagMutability.startsWith('IMMUTABLE')
  return (tag) => excluded.some((pattern) => pattern.test(tag)) !== isImmutable
}

function wildcard(filter: string): RegExp {
  const parts = filter.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
