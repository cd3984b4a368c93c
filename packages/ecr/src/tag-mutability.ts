import type { Repository } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { describeRepository } from './describe-repository.ts'
import type { AskedRepository } from './repository.ts'

/** Whether a tag stays on the image that has it. */
export type IsImmutable = (tag: string) => boolean

type Mutability = Pick<Repository, 'imageTagMutability' | 'imageTagMutabilityExclusionFilters'>

/**
 * Asks which tags of a repository are immutable; at ECR Public none is. Undefined where nobody says it: a role need not have
 * the right to.
 * @throws what ends the step
 */
export async function readMutability(
  call: Pick<World, 'signal'>,
  { ecr, repository }: AskedRepository,
): Promise<IsImmutable | undefined> {
  if (ecr.gallery !== undefined) return () => false
  try {
    const found = await describeRepository(call, ecr, repository, 'Cannot see which tags may move')
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
