import type { ParsedDocument } from '../read/parse.ts'

/** Whether readers of a document may be readers of JSON only, which know nothing of plain text. */
export function isJson({ path, text }: Pick<ParsedDocument, 'path' | 'text'>): boolean {
  if (/\.json$/i.test(path)) return true
  if (!/^\ufeff?\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text.replace(/^\ufeff/, ''))
    return true
  } catch {
    return false
  }
}
