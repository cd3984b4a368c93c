import { Failure } from '@mlops-actions/diagnostics'
import { type ContentKey, putManifest, type StoredImage, tagsToPut } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Built } from './push.ts'
import type { Target } from './target.ts'

type Image = Pick<StoredImage, 'digest' | 'mediaType' | 'text'>

/**
 * Puts the wanted tags on an image that is there. Those that another image has come first, one by one: they may be
 * refused, and then nothing has moved yet.
 * @throws Failure `conflict` for an immutable tag of another image, or what AWS refused
 */
export async function putTags(
  world: ActionWorld,
  target: Omit<Target, 'auth'>,
  image: Image,
  tags: readonly string[],
  made: 'reused' | 'merged',
): Promise<Built> {
  const { digest } = image
  const before = new Map([...target.before].map(([tag, there]) => [tag, there.digest]))
  for (const tag of tagsToPut(tags, digest, before))
    await putManifest(world, target, image, { tag, ours: `${made} would be` })
  return { digest, kept: [], run: undefined }
}

/** Puts the content key on what was built. It only saves the next build, so that nothing of it makes this step fail. */
export async function keepForReuse(
  world: ActionWorld,
  target: Omit<Target, 'auth'>,
  { tag }: ContentKey,
  image: StoredImage,
): Promise<void> {
  try {
    await putManifest(world, target, image, { tag, ours: 'pushed was' })
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (!(thrown instanceof Failure)) throw thrown
    if (thrown.code === 'ECR_TAG_IMMUTABLE')
      world.log.info(
        `${tag} stays on another image, since this repository lets no tag move: an exclusion filter \`ctx-*\` would let it`,
      )
    else world.log.warn(`The image is pushed, but cannot be reused: ${thrown.message}`)
  }
}
