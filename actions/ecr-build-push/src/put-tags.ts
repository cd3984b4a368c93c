import { escapeMarkdown, Failure, failureMarkdown, inlineCode, withDetails } from '@mlops-actions/diagnostics'
import { type ContentKey, putManifest, readMutability, type StoredImage, tagsToPut } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { changedBy, lookAgain, movedTags, type Standing, standingLines, standingReport } from './standing.ts'
import type { Target } from './target.ts'

type Image = Pick<StoredImage, 'digest' | 'mediaType' | 'text'>
type Place = Omit<Target, 'auth'>

/**
 * The tags that are to be set, the likeliest to be refused first. Which are immutable is asked only where that makes a
 * difference: where several have to move.
 * @param digest undefined where nobody knows it yet
 */
export async function orderTags(
  world: ActionWorld,
  target: Place,
  tags: readonly string[],
  digest?: string,
): Promise<readonly string[]> {
  const before = new Map([...target.before].map(([tag, image]) => [tag, image.digest]))
  const order = tagsToPut(tags, digest, before)
  if (order.filter((tag) => before.has(tag)).length < 2) return order
  return tagsToPut(tags, digest, before, await readMutability(world, target))
}

/**
 * Puts tags on an image that is there, one by one, in the order of {@link orderTags}: where one is refused, those after it
 * have not moved.
 * @param all tags of this step, of which a failure says what they name then
 * @throws Failure `conflict` for an immutable tag of another image, or what AWS refused, with the tags that have moved
 */
export async function putTags(
  world: ActionWorld,
  target: Place,
  image: Image,
  {
    order,
    all,
    made,
  }: {
    readonly order: readonly string[]
    readonly all: readonly string[]
    readonly made: 'pushed was' | 'reused would be' | 'merged would be'
  },
): Promise<void> {
  try {
    for (const tag of order) {
      await putManifest(world, target, image, { tag, ours: made })
      world.log.info(`${tag} names ${image.digest}`)
    }
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (!(thrown instanceof Failure)) throw thrown
    throw halfTagged(thrown, target, image, await lookAgain(world, target, all))
  }
}

/** The failure with what stands after it: tags that were set before stay. */
function halfTagged(failure: Failure, target: Place, { digest }: Image, standing: Standing): Failure {
  const moved = movedTags(standing)
  const { what, on, next, kind, code } = failure.details
  const before = moved.length === 0 ? '' : `; moved before that: ${moved.join(', ')}`
  const seen = `${failure.details.seen}${before}`
  const { name } = target.repository
  return withDetails(failure, {
    seen,
    outputs: changedBy(standing),
    summary: [
      `## ❌ ${escapeMarkdown(what)}: ${inlineCode(name)} has not all tags of this step`,
      '',
      ...failureMarkdown({ on, seen, next }),
      ...standingLines(standing),
      `The image is in the repository: ${inlineCode(`${name}@${digest}`)}.`,
      '',
      `kind ${inlineCode(kind)} · code ${inlineCode(code)}`,
      '',
    ].join('\n'),
    report: { outcome: 'failed', repository: name, code, digest, tags: standingReport(standing) },
  })
}

/** Puts the content key on what was built. It only saves the next build, so that nothing of it makes this step fail. */
export async function keepForReuse(
  world: ActionWorld,
  target: Place,
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
