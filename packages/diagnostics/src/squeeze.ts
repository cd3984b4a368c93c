/**
 * What may stand inside of a secret and not part it for a reader: what nobody sees (Default_Ignorable_Code_Point of
 * Unicode, controls), and line ends, those of Markdown's tables included, with the blanks around them, as whatever wraps
 * long text puts there.
 */
export const UNSEEN =
  /[ \t]*(?:[\n\r\v\f\u0085\u2028\u2029]|<br>)\s*|[\0-\b\x0e-\x1f\x7f-\x9f]|\p{Default_Ignorable_Code_Point}/gu

/** The same and blanks, which are what is left of line ends where lines were joined. */
export const UNSEEN_OR_BLANK = new RegExp(String.raw`\s+|${UNSEEN.source}`, 'gu')

export interface Squeezed {
  readonly text: string
  /** Where a character of it stands in the text that it was made from. */
  readonly at: (index: number) => number
}

/** A text without what matches the pattern. The places are only looked for when somebody asks: hardly any text has a secret. */
export function squeeze(text: string, pattern: RegExp): Squeezed {
  const squeezed = text.replace(pattern, '')
  if (squeezed.length === text.length) return { text, at: (index) => index }
  let place: ((index: number) => number) | undefined
  return {
    text: squeezed,
    at: (index) => {
      place ??= placeIn(text, pattern)
      return place(index)
    },
  }
}

function placeIn(text: string, pattern: RegExp): (index: number) => number {
  // Where each part that was kept begins, in the text and in what was made of it.
  const [origins, starts]: [number[], number[]] = [[], []]
  let [end, start] = [0, 0]
  const keep = (until: number) => {
    if (until === end) return
    origins.push(end)
    starts.push(start)
    start += until - end
  }
  for (const { 0: unseen, index } of text.matchAll(pattern)) {
    keep(index)
    end = index + unseen.length
  }
  keep(text.length)
  return (index) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return (origins[low] ?? 0) + index - (starts[low] ?? 0)
  }
}
