import type { Masker } from './masker.ts'
import type { Annotation } from './run-types.ts'

/** Takes down what one step says: masked log lines, annotations and its summary. */
export interface Recorder {
  readonly line: (text: string) => void
  /** Shown only in a run with debug on. */
  readonly debug: (text: string) => void
  readonly issue: (
    level: Annotation['level'],
    message: string,
    place?: Omit<Annotation, 'level' | 'message'>,
  ) => void
  readonly summary: (markdown: string) => void
  readonly taken: () => { annotations: Annotation[]; log: string[]; summary: string }
}

export interface RecorderSinks {
  readonly masker: Masker
  readonly debug: boolean
  readonly onLine: (text: string) => void
  readonly onAnnotation: (annotation: Annotation) => void
  readonly onSummary: (markdown: string) => void
}

const MOST_PER_LEVEL = 10
const LONGEST_MESSAGE = 4096

export function createRecorder({ masker, debug, onLine, onAnnotation, onSummary }: RecorderSinks): Recorder {
  const annotations: Annotation[] = []
  const log: string[] = []
  const summaries: string[] = []
  const line = (text: string) => {
    for (const part of masker.mask(text).split(/\r\n|\r|\n/)) {
      log.push(part)
      onLine(part)
    }
  }
  return {
    line,
    debug: (text) => {
      if (debug) line(`##[debug]${text}`)
    },
    issue(level, message, place = {}) {
      line(`##[${level}]${message}`)
      if (annotations.filter((known) => known.level === level).length >= MOST_PER_LEVEL) return
      const annotation = {
        level,
        ...maskedPlace(place, masker),
        message: masker.mask(message).slice(0, LONGEST_MESSAGE),
      }
      annotations.push(annotation)
      onAnnotation(annotation)
    },
    summary(markdown) {
      const masked = markdown.split('\n').map(masker.mask).join('\n')
      summaries.push(masked)
      onSummary(masked)
    },
    taken: () => ({ annotations, log, summary: summaries.join('\n') }),
  }
}

function maskedPlace(
  place: Omit<Annotation, 'level' | 'message'>,
  masker: Masker,
): Omit<Annotation, 'level' | 'message'> {
  return place.title === undefined ? place : { ...place, title: masker.mask(place.title) }
}
