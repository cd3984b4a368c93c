import type { Document } from 'yaml'
import { invalidFile } from '../invalid.ts'

/** A lock of 100,000 stages is smaller; nothing real comes near. */
export const MAX_YAML_BYTES = 16 * 1024 * 1024
export const MAX_YAML_DEPTH = 60

/** @throws Failure `config` for what people do to such files; the parser's own error for anything else */
export function assertReadable({ errors }: Pick<Document, 'errors'>, text: string, file: string): void {
  const [problem] = errors
  if (problem === undefined) return
  if (/^<{7} /m.test(text))
    throw invalidFile(
      file,
      'it holds the marks of an unfinished merge',
      'Finish the merge: keep one side of each conflict',
    )
  if (problem.code === 'MULTIPLE_DOCS') throw bad(file, 'it holds several documents')
  throw problem
}

/**
 * DVC's YAML takes U+2028 and U+2029 for line breaks, as YAML 1.1 did: it writes the indentation of a new line behind
 * them, and skips it when it reads (ruamel.yaml, emitter.py and scanner.py).
 */
export function unfolded(text: string): string {
  return text.replace(/([\u2028\u2029])[ \t]+/g, '$1')
}

export function bad(file: string, seen: string) {
  return invalidFile(file, seen, 'Restore the file from git, or let DVC write it again')
}
