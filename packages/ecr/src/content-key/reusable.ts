import { createHash } from 'node:crypto'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { EcrApi } from '../api.ts'
import { findDigests, MOST_TAGS, type RepositoryId, type StoredImage } from '../repository.ts'
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
  | { readonly ok: false; readonly reason: string; readonly missing?: true }

/**
 * Whether the image under a content key may stand for a build: it is whole, and not older than `maxAge` milliseconds.
 * What cannot be found out is a reason to build, and never one to fail.
 */
export async function findReusable(
  world: Pick<World, 'signal' | 'now'>,
  ecr: EcrApi,
  repository: RepositoryId,
  found: StoredImage | undefined,
  maxAge: number,
): Promise<ReuseAnswer> {
  if (found === undefined) return { ok: false, reason: 'no image has this content key', missing: true }
  const digest = `sha256:${createHash('sha256').update(found.text).digest('hex')}`
  if (digest !== found.digest) return refuse(`ECR said a manifest of ${digest} for ${found.digest}`)
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
    const { what, seen, next } = thrown.details
    return refuse(`${what}: ${seen}. ${next}`)
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
    return refuse(
      `the image with this content key is older than \`max-age\` (pushed ${new Date(detail.pushedAt).toISOString()})`,
    )
  return { ok: true, image, age, tags: detail.tags }
}

async function isWhole(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  { manifest }: StoredImage,
): Promise<boolean> {
  const digests = [...new Set(manifest.parts.map(({ digest }) => digest))]
  for (let at = 0; at < digests.length; at += MOST_TAGS) {
    const some = digests.slice(at, at + MOST_TAGS)
    const there = await findDigests(call, ecr, repository, some)
    if (some.some((digest) => there?.has(digest) !== true)) return false
  }
  return true
}

function refuse(reason: string): ReuseAnswer {
  return { ok: false, reason }
}
