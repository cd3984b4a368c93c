import { Failure, inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import { lookUpImages } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Target } from './target.ts'

/** What a tag named before this step and what it names now, by digest; undefined is free. */
export interface StandingTag {
  readonly tag: string
  readonly before: string | undefined
  readonly now: string | undefined
}

/** What the tags of a step that failed are now; `seen` is false where nobody could look again. */
export interface Standing {
  readonly seen: boolean
  readonly tags: readonly StandingTag[]
}

/** Looks again: of what a step did that failed half way, only the registry knows. It never throws. */
export async function lookAgain(
  world: ActionWorld,
  target: Omit<Target, 'auth'>,
  tags: readonly string[],
): Promise<Standing> {
  const found = await lookUpImages(world, target, tags).catch(() => undefined)
  const images = [...(found ?? [])]
  // Of an image that cannot be read nobody knows which one it is.
  const seen = found !== undefined && !images.some(([, image]) => image instanceof Failure)
  const now = new Map(
    images.flatMap(([tag, image]) => (image instanceof Failure ? [] : [[tag, image.digest]])),
  )
  return {
    seen,
    tags: tags.map((tag) => ({ tag, before: target.before.get(tag)?.digest, now: now.get(tag) })),
  }
}

/** Those that name another image than before. */
export function movedTags({ seen, tags }: Standing): readonly string[] {
  return seen ? tags.filter(({ before, now }) => before !== now).map(({ tag }) => tag) : []
}

/** The output of a step that failed; none where nobody knows, and without a look nothing was pushed by then. */
export function changedBy(standing?: Standing): { readonly changed?: boolean } {
  if (standing?.seen === false) return {}
  return { changed: standing !== undefined && movedTags(standing).length > 0 }
}

export function standingLines({ seen, tags }: Standing): readonly string[] {
  return [...tags.map((tag) => `- ${standingSentence(tag, seen)}`), '']
}

function standingSentence({ tag, before, now }: StandingTag, seen: boolean): string {
  const name = inlineCode(tag)
  const [was, is] = [before, now].map((digest) => (digest === undefined ? 'free' : inlineCode(digest)))
  if (!seen) return `${name} was ${was} before; what it is now could not be seen`
  return before === now ? `${name} is still ${is}` : `${name} is now ${is}, and was ${was}`
}

export function standingReport({ seen, tags }: Standing): JsonValue {
  return tags.map(({ tag, before, now }) => ({
    tag,
    before: before ?? null,
    ...(seen ? { after: now ?? null } : {}),
  }))
}
