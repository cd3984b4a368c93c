import { Failure } from '@mlops-actions/diagnostics'
import type { BuildAnnotation } from './build-annotations.ts'
import type { BuildRecord } from './build-record.ts'
import { lostAnnotations } from './lost-annotations.ts'
import type { StoredImage } from './stored-images.ts'

/** The tag that the registry refused to move, out of what buildx said; undefined where it does not say. */
export function refusedTag({ text, steps }: Pick<BuildRecord, 'text' | 'steps'>): string | undefined {
  const said = [...text, ...steps.map(({ error }) => error ?? '')].join('\n')
  const match =
    /image tag '([\w.-]+)' already exists/.exec(said) ??
    /request to \S+\/manifests\/([\w.-]+?): 400/.exec(said) ??
    /failed to push \S+:([\w.-]+): /.exec(said)
  return match?.[1]
}

/**
 * Whether what was built is the image that is stored: by the digest of its manifest, or, where the builder says only
 * that, of its configuration, which names every layer by its content, but no annotation.
 * @param annotations that were asked for
 */
export function isSameImage(
  made: BuildRecord['made'],
  stored: Pick<StoredImage, 'digest' | 'manifest'>,
  annotations: readonly BuildAnnotation[] = [],
): boolean {
  if (made.manifest === stored.digest) return true
  const { manifest } = stored
  if (manifest.kind === 'index' || made.config !== manifest.config.digest) return false
  return lostAnnotations(annotations, stored, []).length === 0
}

/**
 * The failure of a tag that another image has and keeps.
 * @param image `host/team/model:v1`
 * @param stored digest of the image that has it, where that is known
 * @param ours what was to have it, such as "built was sha256:…"
 */
export function tagTaken(image: string, stored: string | undefined, ours: string, cause?: unknown): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'ECR_TAG_IMMUTABLE',
    what: 'The tag is taken, and this repository does not let a tag move',
    on: image,
    seen: `it is ${stored ?? 'another image'}; ${ours}`,
    next: 'Take a tag of its own, such as the commit or the version, or exempt this tag with a mutability exclusion filter of the repository',
    retryable: false,
    cause,
  })
}
