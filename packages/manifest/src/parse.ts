import { type Document, LineCounter, parseAllDocuments } from 'yaml'
import { assertWithinLimits } from './caps.ts'
import { type ManifestFile, refuse } from './file.ts'
import { assertSound, PLAIN_OMAP } from './sound.ts'
import { assertNoTemplate, looksLikeTemplate, templateFailure } from './template.ts'

/** A manifest as a tree with positions, and as the plain values that Kubernetes would read. */
export interface ParsedManifest {
  readonly file: ManifestFile
  readonly documents: readonly Document.Parsed[]
  readonly values: readonly unknown[]
  /** 1-based line of an offset into the text. */
  lineAt(offset: number): number
}

/**
 * Parses every document of a manifest; JSON is read as the YAML that it is. Merge keys are resolved, as
 * Kubernetes does though YAML 1.2 dropped them.
 * @throws Failure for text beyond the limits, templates, and anything that is not valid YAML (a key that
 * stands twice and an alias to what it stands in included)
 */
export function parseManifest(file: ManifestFile): ParsedManifest {
  assertWithinLimits(file)
  const lines = new LineCounter()
  const parsed = parseAllDocuments(file.text, {
    lineCounter: lines,
    merge: true,
    logLevel: 'silent',
    // Its own check compares every key with every other, which takes a minute for 1 MiB; see sound.ts.
    uniqueKeys: false,
    customTags: (tags) => [PLAIN_OMAP, ...tags],
  })
  const documents = 'empty' in parsed ? [] : [...parsed]
  const lineAt = (offset: number): number => lines.linePos(offset).line
  for (const document of documents) {
    assertNoTemplate(file, document, lineAt)
    assertValid(file, document)
    assertSound(file, document, lineAt)
  }
  return { file, documents, values: documents.map((document) => plainValue(file, document)), lineAt }
}

function assertValid(file: ManifestFile, { errors: [error] }: Document.Parsed): void {
  if (error === undefined) return
  const on = `${file.path}:${error.linePos?.[0].line ?? 1}`
  if (looksLikeTemplate(file.text)) throw templateFailure(on, error)
  const [message = ''] = error.message.split('\n')
  throw refuse(
    'MANIFEST_INVALID',
    on,
    `${error.code}: ${message}`,
    'Correct the YAML; nothing was changed',
    error,
  )
}

function plainValue(file: ManifestFile, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    const seen = 'its aliases expand without end'
    throw refuse(
      'MANIFEST_TOO_MANY_ALIASES',
      file.path,
      seen,
      'Write the values out instead of aliases',
      cause,
    )
  }
}
