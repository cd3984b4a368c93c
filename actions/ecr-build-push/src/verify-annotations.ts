import { Failure } from '@mlops-actions/diagnostics'
import { type EcrApi, findDigests, lostAnnotations } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Target } from './target.ts'
import type { Verified } from './verify.ts'

/**
 * Looks into the registry whether what was pushed has the annotations that were asked for.
 * @throws Failure `integrity`; the image is in the registry by then, and its outputs say so
 */
export async function verifyAnnotations(
  { annotations }: Pick<Inputs, 'annotations'>,
  world: ActionWorld,
  ecr: EcrApi,
  { repository, name }: Pick<Target, 'repository' | 'name'>,
  { digest, images }: Verified,
): Promise<void> {
  if (annotations.length === 0) return
  const digests = [...new Set([digest, ...images.map((image) => image.digest)])]
  const found = await findDigests(world, ecr, repository, digests)
  const top = found?.get(digest)
  const lost = top === undefined ? [] : lostAnnotations(annotations, top, [...(found?.values() ?? [])])
  if (lost.length === 0) return
  throw new Failure({
    kind: 'integrity',
    code: 'ANNOTATIONS_LOST',
    what: 'The image has not the annotations that it was to have',
    on: `${name}@${digest}`,
    seen: `missing are ${lost.join(', ')}; the image itself is there`,
    next: 'Update the builder, which left them out without a word, or leave the input `annotations` away',
  })
}
