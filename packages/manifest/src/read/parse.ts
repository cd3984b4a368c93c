import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml'
import { type ManifestFile, refuse } from '../file.ts'
import { lexWithinLimits } from './caps.ts'
import type { DocumentText } from './documents.ts'
import { assertSound, PLAIN_OMAP } from './sound.ts'
import { assertNoTemplate, looksLikeTemplate, templateFailure } from './template.ts'

/** A document as a tree with positions, which count from its start, and as the value that Kubernetes would read. */
export interface ParsedDocument extends DocumentText {
  readonly path: string
  /** Not there when nothing but comments is. */
  readonly tree: Document.Parsed | undefined
  readonly value: unknown
  /** 1-based line in the file of an offset into the document. */
  lineAt(offset: number): number
}

/** What parsing finds, wherever the text stands. */
export type Parsed = Pick<ParsedDocument, 'tree' | 'value'>

/**
 * Parses one document; JSON is read as the YAML that it is. Merge keys are resolved, as Kubernetes does though
 * YAML 1.2 dropped them.
 * @throws Failure for text beyond the limits, templates, and anything that is not valid YAML (a key that
 * stands twice and an alias to what it stands in included)
 */
export function parseDocument(path: string, document: DocumentText): ParsedDocument {
  const { text } = document
  const tokens = lexWithinLimits({ path, text })
  const composer = new Composer({
    merge: true,
    logLevel: 'silent',
    // Its own check compares every key with every other, which takes a minute for 1 MiB; see sound.ts.
    uniqueKeys: false,
    customTags: (tags) => [PLAIN_OMAP, ...tags],
  })
  const [tree, second] = [...composer.compose(parseTokens(tokens))]
  const { lineAt } = locate(path, document, { tree, value: undefined })
  for (const one of [tree, second]) {
    if (one === undefined) continue
    assertNoTemplate({ path, text }, one, lineAt)
    assertValid({ path, text }, one, lineAt)
    assertSound(path, one, lineAt)
  }
  if (second !== undefined) throw unclear(`${path}:${lineAt(second.range[0])}`)
  return locate(path, document, { tree, value: tree && plainValue(path, tree) })
}

/** As `Parser.parse` does with the text: reading the tokens is a third of its work, and they are there. */
function* parseTokens(tokens: readonly string[]): Generator<CST.Token, void> {
  const parser = new Parser()
  for (const token of tokens) yield* parser.next(token)
  yield* parser.end()
}

/** What was parsed of a text, for a document that has this text. */
export function locate(path: string, document: DocumentText, { tree, value }: Parsed): ParsedDocument {
  let lines: LineCounter | undefined
  const lineAt = (offset: number): number => {
    lines ??= countLines(document.text)
    return document.firstLine + lines.linePos(offset).line - 1
  }
  return { ...document, path, tree, value, lineAt }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
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

function plainValue(path: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    if (cause instanceof ReferenceError) {
      const seen = 'its aliases expand without end'
      throw refuse('MANIFEST_TOO_MANY_ALIASES', path, seen, 'Write the values out instead of aliases', cause)
    }
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw refuse('MANIFEST_INVALID', path, seen, 'Correct the YAML; nothing was changed', cause)
  }
}

function unclear(on: string): Error {
  return refuse(
    'MANIFEST_INVALID',
    on,
    'a document starts here without `---`',
    'Put `---` between the documents',
  )
}
