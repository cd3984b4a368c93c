import type { BuildRecord } from './build-record.ts'
import type { StoredImage } from './repository.ts'

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
 * that, of its configuration, which names every layer by its content.
 */
export function isSameImage(made: BuildRecord['made'], stored: StoredImage): boolean {
  if (made.manifest === stored.digest) return true
  const config = stored.manifest.config?.digest
  return config !== undefined && made.config === config
}
