import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml'
import { lexWithinLimits } from './caps.ts'
import { type ManifestFile, refuse } from './file.ts'
import { assertSound, PLAIN_OMAP } from './sound.ts'
import { assertNoTemplate, looksLikeTemplate, templateFailure } from './template.ts'

/** A manifest as a tree with positions, and as the plain values that Kubernetes would read. */
export interface ParsedManifest {
  readonly file: ManifestFile
  readonly tokens: readonly string[]
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
  const tokens = lexWithinLimits(file)
  const lines = new LineCounter()
  const composer = new Composer({
    merge: true,
    logLevel: 'silent',
    // Its own check compares every key with every other, which takes a minute for 1 MiB; see sound.ts.
    uniqueKeys: false,
    customTags: (tags) => [PLAIN_OMAP, ...tags],
  })
  const documents = [...composer.compose(parseTokens(tokens, lines))]
  const lineAt = (offset: number): number => lines.linePos(offset).line
  for (const document of documents) {
    assertNoTemplate(file, document, lineAt)
    assertValid(file, document, lineAt)
    assertSound(file, document, lineAt)
  }
  return { file, tokens, documents, values: documents.map((document) => plainValue(file, document)), lineAt }
}

/** As `Parser.parse` does with the text: reading the tokens is a third of its work, and they are there. */
function* parseTokens(tokens: readonly string[], lines: LineCounter): Generator<CST.Token, void> {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  for (const token of tokens) yield* parser.next(token)
  yield* parser.end()
}

function assertValid(
  file: ManifestFile,
  { errors: [error] }: Document.Parsed,
  lineAt: (offset: number) => number,
): void {
  if (error === undefined) return
  const on = `${file.path}:${lineAt(error.pos[0])}`
  if (looksLikeTemplate(file.text)) throw templateFailure(on, error)
  const seen = `${error.code}: ${error.message}`
  throw refuse('MANIFEST_INVALID', on, seen, 'Correct the YAML; nothing was changed', error)
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
