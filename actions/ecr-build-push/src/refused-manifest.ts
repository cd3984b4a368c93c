import { type Failure, withDetails } from '@mlops-actions/diagnostics'
import {
  type BuildRequest,
  type BuildRun,
  findImages,
  isSameImage,
  readMutability,
  type StoredImage,
  tagTaken,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Target } from './target.ts'

/** What a refused manifest is taken for until somebody has looked. */
export const TAKEN = 'ECR_TAG_IMMUTABLE'

/** The image that has the tag where it is the one that was built; otherwise the failure. */
export async function whatKeeps(
  world: ActionWorld,
  target: Target,
  tag: string,
  { record, failure }: BuildRun & { readonly failure: Failure },
  { annotations }: Pick<BuildRequest, 'annotations'>,
): Promise<StoredImage | Failure> {
  const stored = (await findImages(world, target, [tag]))?.get(tag)
  if (stored === undefined) return refusedForAnotherReason(failure)
  if (isSameImage(record.made, stored, annotations)) return stored
  // Where the role may not ask, it stays with the likeliest reason.
  const isImmutable = await readMutability(world, target)
  if (isImmutable?.(tag) === false) return refusedForAnotherReason(failure)
  const built = record.made.manifest ?? `the image with configuration ${record.made.config ?? 'unknown'}`
  return tagTaken(`${target.name}:${tag}`, stored.digest, `built was ${built}`, failure)
}

/** The daemon hides why a manifest was refused; it was not the tag. */
export function refusedForAnotherReason(failure: Failure): Failure {
  return withDetails(failure, {
    kind: 'upstream',
    code: 'ECR_MANIFEST_REFUSED',
    next: 'Look at the repository: it refused the manifest, and no tag is in the way. Is `provenance` on, or the repository bound to another kind of artifact?',
  })
}
