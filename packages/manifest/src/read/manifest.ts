import type { ManifestFile } from '../file.ts'
import { assertFileWithinLimits } from './caps.ts'
import { type DocumentText, splitDocuments } from './documents.ts'
import { locate, type Parsed, type ParsedDocument, parseDocument } from './parse.ts'

/** A file of which only those documents are parsed that somebody asks for. */
export interface Manifest {
  readonly file: ManifestFile
  readonly documents: readonly DocumentText[]
  /** What has been parsed, by its text. */
  readonly parsed: Map<string, Parsed>
  /** @throws Failure as {@link parseDocument} */
  parse(document: DocumentText): ParsedDocument
}

/**
 * Opens a manifest, or what an edit has made of one: what did not change is not parsed again.
 * @param firstLine where its text stands in the file, if it is only a part of that
 * @throws Failure MANIFEST_TOO_LARGE | MANIFEST_TOO_MANY_DOCUMENTS
 */
export function openManifest(
  file: ManifestFile,
  firstLine = 1,
  parsed = new Map<string, Parsed>(),
): Manifest {
  const documents = splitDocuments(file.text, firstLine)
  assertFileWithinLimits(file, documents.length)
  const parse = (document: DocumentText): ParsedDocument => {
    const { tree, value } = parsed.get(document.text) ?? parseDocument(file.path, document)
    parsed.set(document.text, { tree, value })
    return locate(file.path, document, { tree, value })
  }
  return { file, documents, parsed, parse }
}
