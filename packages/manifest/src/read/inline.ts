import { Failure } from '@mlops-actions/diagnostics'
import { openManifest } from './manifest.ts'

/** A document of a manifest inside of another one. */
export interface InlineDocument {
  readonly document: number
  readonly value: unknown
}

/** What a text says, if it is a manifest; nothing if it is not one, as a path to a file. */
export function documentsInText(text: string): InlineDocument[] {
  try {
    const manifest = openManifest({ path: '', text })
    return manifest.documents.map((document) => ({
      document: document.index,
      value: manifest.parse(document).value,
    }))
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}
