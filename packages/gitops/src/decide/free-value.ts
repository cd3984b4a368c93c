import type { FreeValue } from './change-set.ts'

/**
 * What a text can mean as a value of a manifest: the number or boolean that is written like that, or else the text itself.
 * Numbers in other spellings (`1.10`, `010`, `1e3`) are read differently by different readers, and so are text.
 */
export function parseFreeValue(text: string): { readonly value: FreeValue; readonly orElse?: FreeValue } {
  if (text === 'true' || text === 'false') return { value: text === 'true', orElse: text }
  const number = Number(text)
  return String(number) === text && Number.isFinite(number)
    ? { value: number, orElse: text }
    : { value: text }
}
