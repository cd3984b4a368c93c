import { Failure } from '@mlops-actions/diagnostics'
import {
  type BuildRun,
  findImages,
  lostAnnotations,
  type StandingImage,
  type StoredImage,
  verifyImage,
} from '@mlops-actions/ecr'
import { imageSize, imagesOf, type OciManifest } from '@mlops-actions/oci'
import type { ActionWorld } from '@mlops-actions/runner'
import { formatSize } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import type { Built } from './push.ts'
import type { Target } from './target.ts'

/** What the registry has now. */
export interface Verified extends StandingImage {
  readonly digest: string
  /** One of each platform; a single image has the platform ''. */
  readonly images: readonly PlatformImage[]
}

export interface PlatformImage {
  readonly platform: string
  readonly digest: string
  readonly manifest: OciManifest
  /** Digest of its configuration, which names its layers by their content. */
  readonly config: string
  /** Bytes, compressed: what a pull fetches. */
  readonly size: number
  readonly layers: number
}

/**
 * Looks into the registry: every tag must be there and name the image that was pushed.
 * @param tags none: it is looked for by its digest
 * @param known its images where they have been asked for already
 * @throws Failure `integrity` where it does not
 */
export async function verify(
  world: ActionWorld,
  target: Omit<Target, 'auth'>,
  { digest, run }: Pick<Built, 'digest' | 'run'>,
  tags: readonly string[],
  known?: readonly PlatformImage[],
): Promise<Verified> {
  const seen = await verifyImage(world, target, { digest, tags, did: 'pushed' })
  const { image } = seen
  assertBuilt(target, run?.metadata, image)
  return { ...seen, digest: image.digest, images: known ?? (await platformImages(world, target, image)) }
}

/**
 * Docker's own image store pushes what the tag names by then: where jobs share an engine, perhaps another one's image. A
 * configuration names its layers by their content; of an index buildx says none.
 */
function assertBuilt(
  { name }: Pick<Target, 'name'>,
  metadata: BuildRun['metadata'],
  image: StoredImage,
): void {
  const built = metadata?.config
  const stored = image.manifest.kind === 'image' ? image.manifest.config.digest : undefined
  if (built === undefined || stored === undefined || built === stored) return
  throw new Failure({
    kind: 'integrity',
    code: 'ECR_OTHER_IMAGE',
    what: 'Another image was pushed than the one that was built',
    on: name,
    seen: `built was the image with configuration ${built}, and ${image.digest} has the configuration ${stored}`,
    next: 'Does another job build under the same tag with the same Docker engine at the same moment? Give every build a tag of its own, such as the commit',
  })
}

/** The image, or the images of an index. */
export async function platformImages(
  world: ActionWorld,
  target: Omit<Target, 'auth'>,
  image: StoredImage,
): Promise<PlatformImage[]> {
  if (image.manifest.kind === 'image') return describe('', image)
  const children = imagesOf(image.manifest)
  const digests = [...new Set(children.map((child) => child.digest))]
  const found = await findImages(world, target, digests)
  return children.flatMap(({ digest, platform = '' }) => describe(platform, found?.get(digest)))
}

function describe(platform: string, image: StoredImage | undefined): PlatformImage[] {
  if (image === undefined || image.manifest.kind === 'index') return []
  const { digest, manifest } = image
  const { config, layers } = image.manifest
  return [
    { platform, digest, manifest, config: config.digest, size: imageSize(manifest), layers: layers.length },
  ]
}

/**
 * @param state what became of the image by then, for the reader
 * @throws Failure `gate`
 */
export function assertSize(
  name: string,
  images: readonly PlatformImage[],
  most: number | undefined,
  state = PUSHED,
): void {
  const tooBig = images.find(({ size }) => most !== undefined && size > most)
  if (tooBig === undefined || most === undefined) return
  throw new Failure({
    kind: 'gate',
    code: 'IMAGE_TOO_BIG',
    what: 'The image is bigger than it may be',
    on: `${name}@${tooBig.digest}`,
    seen: `${formatSize(tooBig.size)} compressed${tooBig.platform === '' ? '' : ` for ${tooBig.platform}`}; \`max-size\` is ${formatSize(most)}`,
    next: `Make it smaller (a slimmer base, several stages, .dockerignore) or raise \`max-size\`; ${state}`,
  })
}

const PUSHED = 'it was pushed, but do not deploy it'

/**
 * Whether what was pushed has the annotations that were asked for.
 * @throws Failure `integrity`; the image is in the registry by then, and its outputs say so
 */
export function assertAnnotations(
  name: string,
  { image, images }: Pick<Verified, 'image' | 'images'>,
  annotations: Inputs['annotations'],
): void {
  const lost = lostAnnotations(annotations, image, images)
  if (lost.length === 0) return
  throw new Failure({
    kind: 'integrity',
    code: 'ANNOTATIONS_LOST',
    what: 'The image has not the annotations that it was to have',
    on: `${name}@${image.digest}`,
    seen: `missing are ${lost.join(', ')}; the image itself is there`,
    next: 'Update the builder, which left them out without a word, or leave the input `annotations` away',
  })
}
