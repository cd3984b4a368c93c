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

/** A text without what matches the pattern. */
export function squeeze(text: string, pattern: RegExp): Squeezed {
  const kept: { readonly from: number; readonly text: string }[] = []
  let end = 0
  for (const { 0: unseen, index } of text.matchAll(pattern)) {
    if (index > end) kept.push({ from: end, text: text.slice(end, index) })
    end = index + unseen.length
  }
  if (end === 0) return { text, at: (index) => index }
  kept.push({ from: end, text: text.slice(end) })
  return { text: kept.map((part) => part.text).join(''), at: placeIn(kept) }
}

function placeIn(
  kept: readonly { readonly from: number; readonly text: string }[],
): (index: number) => number {
  const starts: number[] = []
  for (let part = 0, start = 0; part < kept.length; start += kept[part]?.text.length ?? 0, part += 1)
    starts.push(start)
  return (index) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return (kept[low]?.from ?? 0) + index - (starts[low] ?? 0)
  }
}
