import { Failure } from '@mlops-actions/diagnostics'
import { type EcrApi, findDigests, findTags, imageSize, type StoredImage } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { formatSize } from '@mlops-actions/text'
import type { Built } from './push.ts'
import type { Target } from './target.ts'

/** What the registry has now. */
export interface Verified {
  readonly digest: string
  /** What stands under that digest; undefined where only tags were looked at, and none names it. */
  readonly image: StoredImage | undefined
  /** Images by tag, after this step. */
  readonly after: ReadonlyMap<string, StoredImage>
  /** One of each platform; a single image has the platform ''. */
  readonly images: readonly PlatformImage[]
}

export interface PlatformImage {
  readonly platform: string
  readonly digest: string
  /** Digest of its configuration, which names its layers by their content. */
  readonly config: string | undefined
  /** Bytes, compressed: what a pull fetches. */
  readonly size: number
  readonly layers: number
}

const LOOKS = 3
const PAUSE_MS = 500

/**
 * Looks into the registry: every tag must be there and name the image that was pushed.
 * @throws Failure `integrity` where it does not
 */
export async function verifyPush(
  world: ActionWorld,
  ecr: EcrApi,
  target: Omit<Target, 'auth'>,
  { metadata, kept }: Built,
  tags: readonly string[],
): Promise<Verified> {
  for (let look = 1; ; look++) {
    const after = (await findTags(world, ecr, target.repository, tags)) ?? new Map<string, StoredImage>()
    const digest =
      metadata?.digest ?? tags.map((tag) => after.get(tag)?.digest).find((one) => one !== undefined)
    const wrong = tags.find(
      (tag) => !after.has(tag) || (!kept.includes(tag) && after.get(tag)?.digest !== digest),
    )
    if (digest !== undefined && wrong === undefined) {
      const image = [...after.values()].find((one) => one.digest === digest)
      return { digest, image, after, images: await platformImages(world, ecr, target, image) }
    }
    if (look === LOOKS) throw mismatch(target, wrong ?? tags.join(', '), digest, after)
    await world.sleep(PAUSE_MS)
  }
}

/** The same for an image that has no tag. */
export async function verifyDigest(
  world: ActionWorld,
  ecr: EcrApi,
  target: Omit<Target, 'auth'>,
  digest: string | undefined,
): Promise<Verified> {
  for (let look = 1; ; look++) {
    const found =
      digest === undefined ? undefined : await findDigests(world, ecr, target.repository, [digest])
    const image = found?.get(digest ?? '')
    if (image !== undefined)
      return {
        digest: image.digest,
        image,
        after: new Map(),
        images: await platformImages(world, ecr, target, image),
      }
    if (digest === undefined || look === LOOKS) throw mismatch(target, '', digest, new Map())
    await world.sleep(PAUSE_MS)
  }
}

async function platformImages(
  world: ActionWorld,
  ecr: EcrApi,
  { repository }: Pick<Target, 'repository'>,
  image: StoredImage | undefined,
): Promise<PlatformImage[]> {
  if (image === undefined) return []
  const { manifest } = image
  if (manifest.config !== undefined) return [describe('', image)]
  const digests = manifest.children.map((child) => child.digest)
  const found = await findDigests(world, ecr, repository, digests)
  return manifest.children.flatMap((child) => {
    const one = found?.get(child.digest)
    return one === undefined ? [] : [describe(child.platform ?? '', one)]
  })
}

function describe(platform: string, { digest, manifest }: StoredImage): PlatformImage {
  return {
    platform,
    digest,
    config: manifest.config?.digest,
    size: imageSize(manifest),
    layers: manifest.layers.length,
  }
}

/** @throws Failure `gate`; the image is in the registry by then, and its outputs say so */
export function assertSize(name: string, images: readonly PlatformImage[], most: number | undefined): void {
  const tooBig = images.find(({ size }) => most !== undefined && size > most)
  if (tooBig === undefined || most === undefined) return
  throw new Failure({
    kind: 'gate',
    code: 'IMAGE_TOO_BIG',
    what: 'The image is bigger than it may be',
    on: `${name}@${tooBig.digest}`,
    seen: `${formatSize(tooBig.size)} compressed${tooBig.platform === '' ? '' : ` for ${tooBig.platform}`}; \`max-size\` is ${formatSize(most)}`,
    next: 'Make it smaller (a slimmer base, several stages, .dockerignore) or raise `max-size`; it was pushed, but do not deploy it',
  })
}

function mismatch(
  { name }: Pick<Target, 'name'>,
  tag: string,
  digest: string | undefined,
  after: ReadonlyMap<string, StoredImage>,
): Failure {
  const pushed = digest ?? 'an image whose digest buildx did not say'
  const isTagged = tag !== ''
  return new Failure({
    kind: 'integrity',
    code: 'ECR_DIGEST',
    what: 'The registry has not the image that was pushed',
    on: isTagged ? `${name}:${tag}` : name,
    seen: isTagged
      ? `pushed was ${pushed}, and the tag is ${after.get(tag)?.digest ?? 'not there'}`
      : `pushed was ${pushed}, and it is not there`,
    next: isTagged
      ? 'Does another job push the same tag at the same moment? Give every build a tag of its own, such as the commit'
      : 'Run the step again; does a lifecycle policy or another job remove images without a tag?',
  })
}
