import { StringDecoder } from 'node:string_decoder'
import { sanitizeLine } from '@mlops-actions/diagnostics'

/** Longer lines are handed on in pieces: a child that never ends one must not fill the memory. */
const LONGEST_LINE = 16 * 1024

export interface LineSplitter {
  push(chunk: Buffer): void
  /** Hands on what is left after the last line end. */
  end(): void
}

/**
 * Output of a child as sanitized lines. A carriage return ends a line too, as progress bars use it; bytes that are
 * not UTF-8 show as U+FFFD.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const emit = (line: string): void => {
    if (line !== '') onLine(sanitizeLine(line))
  }
  const take = (text: string): void => {
    const lines = `${rest}${text}`.split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    for (const line of lines) emit(line)
    while (rest.length > LONGEST_LINE) {
      emit(rest.slice(0, LONGEST_LINE))
      rest = rest.slice(LONGEST_LINE)
    }
  }
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end() {
      take(decoder.end())
      emit(rest)
      rest = ''
    },
  }
}
