import { readFile } from 'node:fs/promises'

export interface BuildMetadata {
  /** Of what was pushed: an image, or an index. */
  readonly digest: string | undefined
  /** Of the image's configuration: the same for the same content, however it is packed. */
  readonly config: string | undefined
}

/** Reads what `--metadata-file` holds (docker/buildx docs/reference/buildx_build.md); undefined where nothing was written. */
export async function readMetadata(path: string): Promise<BuildMetadata | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseMetadata(text)
}

/** A file that is no JSON object is taken for one that says nothing: the digest then comes from the registry or not at all. */
export function parseMetadata(text: string): BuildMetadata {
  const metadata = parseRecord(text)
  return {
    digest: digest(metadata['containerimage.digest']),
    config: digest(metadata['containerimage.config.digest']),
  }
}

function digest(value: unknown): string | undefined {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value) ? value : undefined
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
