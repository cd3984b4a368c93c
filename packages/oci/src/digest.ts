import { Expected } from '@mlops-actions/text'

/** The identity of a blob or manifest: `sha256:` and 64 lower-case hexadecimal digits. */
export interface Digest {
  readonly algorithm: string
  readonly hex: string
}

/** OCI image-spec descriptor.md: the registered algorithms and how many digits each has. */
const REGISTERED: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }
const GRAMMAR = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-fA-F]{32,})$/
const WANT = 'a digest such as sha256:9a41… with 64 lower-case hexadecimal digits'

/**
 * Reads `algorithm:hex` by the grammar of OCI image-spec descriptor.md, digits hexadecimal as
 * distribution/reference wants them; a registered algorithm has exactly its length, in lower case.
 * @throws Expected
 */
export function parseDigest(text: string): Digest {
  const [, algorithm = '', hex = ''] = GRAMMAR.exec(text) ?? []
  if (algorithm === '') throw new Expected(WANT)
  const length = REGISTERED[algorithm]
  if (length !== undefined && (hex.length !== length || hex !== hex.toLowerCase())) throw new Expected(WANT)
  return { algorithm, hex }
}

export function formatDigest({ algorithm, hex }: Digest): string {
  return `${algorithm}:${hex}`
}

/** `sha256:` and twelve digits: enough to tell two of them apart in a table. */
export function shortDigest(digest: string): string {
  return digest.slice(0, digest.indexOf(':') + 13)
}
