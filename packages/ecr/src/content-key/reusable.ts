import { Failure, type World } from '@mlops-actions/diagnostics'
import type { EcrApi } from '../api.ts'
import type { RepositoryId } from '../repository.ts'
import { findImages, type StoredImage } from '../stored-images.ts'
import { describeImage, type ImageDetail } from './pushed-at.ts'

/** An image that may stand for a build. */
export interface Reusable {
  readonly image: StoredImage
  /** Milliseconds since it was pushed. */
  readonly age: number
  /** The tags that it has. */
  readonly tags: readonly string[]
}

export type ReuseAnswer =
  | ({ readonly ok: true } & Reusable)
  | { readonly ok: false; readonly reason: string; readonly missing?: true; readonly expired?: true }

/**
 * Whether the image under a content key may stand for a build: it is whole, and not older than `maxAge` milliseconds.
 * What cannot be found out is a reason to build, and never one to fail.
 */
export async function findReusable(
  world: Pick<World, 'signal' | 'now'>,
  ecr: EcrApi,
  repository: RepositoryId,
  found: StoredImage | Failure | undefined,
  maxAge: number,
): Promise<ReuseAnswer> {
  if (found === undefined) return { ok: false, reason: 'no image has this content key', missing: true }
  if (found instanceof Failure) return refuseFor(found)
  try {
    const [detail, whole] = await Promise.all([
      describeImage(world, ecr, repository, found.digest),
      isWhole(world, ecr, repository, found),
    ])
    if (!whole) return refuse(`${found.digest} is an index, and not all of its images are there`)
    return judgeAge(found, detail, world.now(), maxAge)
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (!(thrown instanceof Failure)) throw thrown
    return refuseFor(thrown)
  }
}

function judgeAge(
  image: StoredImage,
  detail: ImageDetail | undefined,
  now: number,
  maxAge: number,
): ReuseAnswer {
  if (detail === undefined) return refuse('ECR does not say when the image was pushed')
  const age = Math.max(0, now - detail.pushedAt)
  if (age > maxAge)
    return {
      ok: false,
      reason: `the image with this content key is older than \`max-age\` (pushed ${new Date(detail.pushedAt).toISOString()}): it is built without any cache, so that what a RUN fetches is fetched again`,
      expired: true,
    }
  return { ok: true, image, age, tags: detail.tags }
}

async function isWhole(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  { manifest }: StoredImage,
): Promise<boolean> {
  if (manifest.kind === 'image') return true
  const digests = [...new Set(manifest.manifests.map(({ digest }) => digest))]
  const there = await findImages(call, { ecr, repository }, digests)
  return digests.every((digest) => there?.has(digest))
}

function refuseFor({ details: { what, seen, next } }: Failure): ReuseAnswer {
  return refuse(`${what}: ${seen}. ${next}`)
}

function refuse(reason: string): ReuseAnswer {
  return { ok: false, reason }
}
