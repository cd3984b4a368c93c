import { type BaseImages, familiarName, readReference } from './base-images.ts'
import { Unkeyable } from './unkeyable.ts'

/** What a build context says that is an image. */
export const IMAGE = 'docker-image://'

type Texts = ReadonlyMap<string, string>

/**
 * The contexts of a build that stands on the very images of its key: each image that the Dockerfile names by a tag gets
 * a context of that name, which is the image by its digest. Docker's own engine takes an image that it has under the tag,
 * however old, and a tag can move between a look and a build
 * (moby/buildkit `frontend/dockerui/namedcontext.go`; docker/buildx docs/reference/buildx_build.md, "--build-context").
 * @param digests of every image that the Dockerfile or a context names
 * @throws Unkeyable where a context would be lost on the build, or change more than the base
 */
export function pinBases(contexts: Texts, named: BaseImages, digests: Texts): Texts {
  const images = named.images.filter((image) => readReference(image).digest === undefined)
  if (images.length > 0) assertTakesContexts(named.frontend)
  assertNoStage(images, named.stages)
  const pins = images.map((image) => [image, pin(image, digests)] as const)
  const others = [...contexts].map(([name, value]): [string, string] =>
    value.startsWith(IMAGE) ? [name, pin(value.slice(IMAGE.length), digests)] : [name, value],
  )
  return new Map([...others, ...pins])
}

function pin(image: string, digests: Texts): string {
  const isPinned = readReference(image).digest !== undefined
  return isPinned ? `${IMAGE}${image}` : `${IMAGE}${image}@${digests.get(image)}`
}

/** Its releases since 1.4 (docs.docker.com/build/buildkit/frontend); a mirror keeps the end of the name. */
const TAKES_CONTEXTS =
  /(?:^|\/)docker\/dockerfile(?:-upstream)?(?::(?:latest|labs|master|master-labs|1|1-labs|1\.(?:[4-9]|[1-9]\d)(?:[.-][\w.-]+)?))?(?:@sha256:[0-9a-f]{64})?$/

/** buildx demands of a frontend that it knows contexts, and a build that worked without them would fail. */
function assertTakesContexts(frontend: string | undefined): void {
  if (frontend === undefined || TAKES_CONTEXTS.test(frontend)) return
  throw new Unkeyable(
    `${frontend} reads the Dockerfile, and takes no base by its digest from outside, which docker/dockerfile does since 1.4: name such a one, or the bases by digest`,
  )
}

/** The context would stand for that stage, and nothing of the stage would run. */
function assertNoStage(images: readonly string[], stages: readonly string[]): void {
  const same = images.find((image) => stages.includes(familiarName(image)))
  if (same !== undefined)
    throw new Unkeyable(
      `${same} in the Dockerfile is a stage and the image of a base: give the stage another name, or the base a tag`,
    )
}
