import { Failure, type World } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict, waitFor } from '@mlops-actions/wait'
import { type AskedRepository, nameOf } from './repository.ts'
import { findImages, type StoredImage } from './stored-images.ts'

/** What is to stand in a repository by now. */
export interface WantedImage {
  /** Undefined where nobody has said it: then it is what the tags name. */
  readonly digest: string | undefined
  /** None: it is looked for by its digest. */
  readonly tags: readonly string[]
  /** How it came there, for failures. */
  readonly did: 'pushed' | 'promoted'
}

/** What stands there. */
export interface StandingImage {
  readonly image: StoredImage
  /** Images by tag. */
  readonly after: ReadonlyMap<string, StoredImage>
}

/** What a repository has may be seen a moment later. */
const PATIENCE_MS = 2_000
const PAUSE_MS = 500

/**
 * Looks into the repository, again for a moment, until the image stands there under each of its tags.
 * @throws Failure `integrity` where it does not
 */
export async function verifyImage(
  world: World,
  place: AskedRepository,
  wanted: WantedImage,
): Promise<StandingImage> {
  const { digest, tags } = wanted
  const references = tags.length > 0 || digest === undefined ? tags : [digest]
  const { value } = await waitFor(world, {
    what: 'the image to be seen in the registry',
    on: nameOf(place),
    observe: async () => (await findImages(world, place, references)) ?? new Map<string, StoredImage>(),
    evaluate: (found, waited) => evaluateImage(place, wanted, found, waited),
    interval: PAUSE_MS,
    timeout: 60_000,
    next: 'Run the step again; if it stays, look at https://health.aws.amazon.com',
  })
  return value
}

/** Pure: whether the image stands there. */
function evaluateImage(
  place: AskedRepository,
  { digest, tags, did }: WantedImage,
  found: ReadonlyMap<string, StoredImage>,
  waited: number,
): Verdict<StandingImage> {
  const meant = digest ?? tags.map((tag) => found.get(tag)?.digest).find((one) => one !== undefined)
  const image = [...found.values()].find((one) => one.digest === meant)
  const wrong = tags.find((tag) => meant === undefined || found.get(tag)?.digest !== meant)
  if (image !== undefined && wrong === undefined)
    return done({ image, after: new Map([...found].filter(([reference]) => tags.includes(reference))) })
  const seen = tags.length === 0 ? 'it is not there' : `the tag is ${digestOf(found, wrong ?? tags[0])}`
  if (waited < PATIENCE_MS) return pending(seen)
  return failed(
    new Failure({
      kind: 'integrity',
      code: 'ECR_DIGEST',
      what: `The registry has not the image that was ${did}`,
      on: `${nameOf(place)}${tags.length === 0 ? '' : `:${wrong ?? tags.join(', ')}`}`,
      seen: `${did} was ${meant ?? 'an image whose digest the builder did not say'}, and ${seen}`,
      next:
        tags.length === 0
          ? 'Run the step again; does a lifecycle policy or another job remove images without a tag?'
          : 'Does another job move the same tag at the same moment? Give every build a tag of its own, such as the commit, or let only one job at a time do so (`concurrency`)',
    }),
  )
}

function digestOf(found: ReadonlyMap<string, StoredImage>, tag = ''): string {
  return found.get(tag)?.digest ?? 'not there'
}
