import { Failure } from '@mlops-actions/diagnostics'

/**
 * A manifest as it stands in a repository: its path there, and every character of it, a byte order mark
 * included.
 */
export interface ManifestFile {
  readonly path: string
  readonly text: string
}

/**
 * The text of a manifest, from which the same bytes come back.
 * @throws Failure MANIFEST_NOT_UTF8: Kubernetes reads nothing else
 */
export function decodeManifest(path: string, bytes: Uint8Array): ManifestFile {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (cause) {
    throw refuse('MANIFEST_NOT_UTF8', path, 'it is not UTF-8 text', 'Save the manifest as UTF-8', cause)
  }
}

/** The failure for a manifest that is left alone because editing it would be a guess. */
export function refuse(code: string, on: string, seen: string, next: string, cause?: unknown): Failure {
  return new Failure({ kind: 'config', code, what: 'Cannot edit the manifest', on, seen, next, cause })
}
