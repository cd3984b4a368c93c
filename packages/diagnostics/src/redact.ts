import { isFrame, rareForms, secretForms } from './secret-forms.ts'
import { squeeze, UNSEEN, UNSEEN_OR_BLANK } from './squeeze.ts'

/** A piece of a secret that is worth hiding: less of it helps nobody, and looks like other words. */
const SHORTEST_PIECE = 12

export interface Redactor {
  /** Remembers a secret and returns every form of it that the runner must hide, none when it is too short or a common word. */
  add(secret: string): string[]
  /** The text with `***` for every secret, in whatever form, and for the pieces of one where it was cut. */
  redact(text: string): string
}

/** From the first character that is hidden to the one behind the last. */
type Range = readonly [start: number, end: number]

/** One way to read a text: past what the pattern matches, for forms that are long enough not to be found by chance. */
interface Reading {
  readonly pattern: RegExp
  readonly shortest: number
  readonly forms: Set<string>
}

/** Replaces known secrets, and the forms in which they travel, by `***`. */
export function createRedactor(): Redactor {
  const told = new Set<string>()
  const readings: readonly Reading[] = [
    { pattern: UNSEEN, shortest: 1, forms: new Set() },
    { pattern: UNSEEN_OR_BLANK, shortest: SHORTEST_PIECE, forms: new Set() },
  ]
  return {
    add(secret) {
      const forms = secretForms(secret).filter((form) => !told.has(form))
      for (const form of forms) told.add(form)
      for (const reading of readings) learn(reading, [...forms, ...rareForms(secret)])
      return forms
    },
    redact: (text) =>
      told.size === 0
        ? text
        : cover(
            text,
            readings.flatMap((reading) => find(reading, text)),
          ),
  }
}

function learn({ pattern, shortest, forms }: Reading, secret: readonly string[]): void {
  for (const form of secret) {
    const { text } = squeeze(form, pattern)
    if (text.length >= shortest) forms.add(text)
  }
}

function find({ pattern, forms }: Reading, text: string): Range[] {
  const { text: squeezed, at } = squeeze(text, pattern)
  const found = [...forms].flatMap((form) => [...whole(squeezed, form), ...pieces(squeezed, form)])
  return found.map(([start, end]): Range => [at(start), at(end - 1) + 1])
}

function whole(text: string, form: string): Range[] {
  return placesOf(text, form).map((start): Range => [start, start + form.length])
}

/** Beginnings of a form that end, and ends of it that begin, where a word does: there it was cut. */
function pieces(text: string, form: string): Range[] {
  if (form.length <= SHORTEST_PIECE) return []
  const beginnings = placesOf(text, form.slice(0, SHORTEST_PIECE)).map((start): Range => {
    let length = SHORTEST_PIECE
    while (length < form.length && text[start + length] === form[length]) length += 1
    return [start, start + length]
  })
  const ends = placesOf(text, form.slice(-SHORTEST_PIECE)).map((start): Range => {
    let length = SHORTEST_PIECE
    while (
      length < form.length &&
      start > 0 &&
      text[start + SHORTEST_PIECE - length - 1] === form.at(-length - 1)
    )
      length += 1
    return [start + SHORTEST_PIECE - length, start + SHORTEST_PIECE]
  })
  return [
    ...beginnings.filter(([, end]) => !isWordCharacter(text[end])),
    ...ends.filter(([start]) => !isWordCharacter(text[start - 1])),
  ].filter(([start, end]) => !isFrame(text.slice(start, end)))
}

function isWordCharacter(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z0-9]/.test(char)
}

function placesOf(text: string, part: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at)
  return places
}

/** The text with one `***` for each run of ranges that touch each other. */
function cover(text: string, ranges: readonly Range[]): string {
  let shown = ''
  let end = 0
  for (const [start, stop] of ranges.toSorted(([a], [b]) => a - b)) {
    if (start > end || shown === '') shown += `${text.slice(end, start)}***`
    end = Math.max(end, stop)
  }
  return ranges.length === 0 ? text : shown + text.slice(end)
}
