import type { Failure } from '@mlops-actions/diagnostics'
import { Lexer } from 'yaml'
import { type ManifestFile, refuse } from '../file.ts'

/**
 * What a manifest may weigh; beyond it a parser can be made to work for minutes or to overflow its stack.
 */
export const LIMITS = { bytes: 2 ** 20, depth: 100, aliases: 100, documents: 200 } as const

interface Weight {
  depth: number
  aliases: number
}

/**
 * Refuses a file that is too large before anything reads it.
 * @throws Failure MANIFEST_TOO_LARGE | MANIFEST_TOO_MANY_DOCUMENTS
 */
export function assertFileWithinLimits({ path, text }: ManifestFile, documents: number): void {
  const bytes = Buffer.byteLength(text)
  if (bytes > LIMITS.bytes)
    throw tooMuch('MANIFEST_TOO_LARGE', path, `${bytes} bytes, at most ${LIMITS.bytes} are read`)
  if (documents > LIMITS.documents) {
    const seen = `${documents} documents, at most ${LIMITS.documents} are read`
    throw tooMuch('MANIFEST_TOO_MANY_DOCUMENTS', path, seen)
  }
}

/**
 * The tokens of a document, which together are its text. Refuses one that is too deep or has too many aliases before
 * it is parsed: only the lexer of `yaml` runs here, which holds one state and never recurses into what it reads.
 * @throws Failure MANIFEST_TOO_DEEP | MANIFEST_TOO_MANY_ALIASES
 */
export function lexWithinLimits({ path, text }: ManifestFile): readonly string[] {
  const tokens = [...new Lexer().lex(text)]
  const { depth, aliases } = weigh(tokens)
  if (depth > LIMITS.depth)
    throw tooMuch('MANIFEST_TOO_DEEP', path, `values are nested more than ${LIMITS.depth} deep`)
  if (aliases > LIMITS.aliases)
    throw tooMuch('MANIFEST_TOO_MANY_ALIASES', path, `${aliases} aliases, at most ${LIMITS.aliases} are read`)
  return tokens
}

// The marks that the lexer of `yaml` puts before a file's first document and before a plain or block
// scalar.
const DOCUMENT_MARK = '\u0002'
const SCALAR_MARK = '\u001f'

function weigh(tokens: readonly string[]): Weight {
  const weight: Weight = { depth: 0, aliases: 0 }
  const columns: number[] = []
  let [column, flow, opensBlock, last] = [0, 0, true, '']
  for (const token of tokens) {
    if (token.startsWith('*') && last !== SCALAR_MARK) weight.aliases += 1
    last = token
    if (token === DOCUMENT_MARK || token === SCALAR_MARK) continue
    if (token === '{' || token === '[') flow += 1
    if (token === '}' || token === ']') flow -= 1
    const isBlank = token.trim() === ''
    if (opensBlock && !isBlank && flow === 0) openColumn(columns, column)
    opensBlock = isBlank ? opensBlock || token.includes('\n') : opensBlock && /^[-?:]$/.test(token)
    weight.depth = Math.max(weight.depth, columns.length + flow)
    column = columnAfter(token, column)
  }
  return weight
}

/**
 * Block collections are open at ever greater columns; what starts further left closes those right of it.
 */
function openColumn(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) > column) columns.pop()
  if (columns.at(-1) !== column) columns.push(column)
}

function columnAfter(token: string, column: number): number {
  const lineEnd = token.lastIndexOf('\n')
  return lineEnd === -1 ? column + token.length : token.length - lineEnd - 1
}

function tooMuch(code: string, path: string, seen: string): Failure {
  return refuse(code, path, seen, 'Split the manifest, or point the action at a smaller file')
}
