import type { Random } from './random.ts'

/** What is to be written: text that is meant to read back as it is, a token that is written as it is, or several of them. */
export type Written =
  | { readonly text: string }
  | { readonly token: string }
  | { readonly list: readonly Written[] }
  | { readonly map: readonly (readonly [key: string, value: Written])[] }

export const text = (value: string): Written => ({ text: value })
export const token = (value: string): Written => ({ token: value })
export const list = (...items: readonly Written[]): Written => ({ list: items })
export const map = (...pairs: readonly (readonly [string, Written])[]): Written => ({ map: pairs })

/** How likely a hand is to leave DVC's own form wherever it could. */
interface Hand {
  readonly random: Random
  readonly oddness: number
  /** Whether it may write lists and mappings in one line. */
  readonly braces: boolean
  readonly eol: string
  /** Scalars that have an anchor, by their content. */
  readonly anchors: Map<string, string>
}

/** A file as an odd but mostly legal hand writes it: quotes, comments, anchors, braces, tags, line ends. */
export function writeByHand(value: Written, random: Random, oddness: number, braces = true): string {
  const eol = random.chance(oddness / 2) ? '\r\n' : '\n'
  const hand: Hand = { random, oddness, braces, eol, anchors: new Map() }
  const isOdd = () => random.chance(oddness / 2)
  const head = isOdd()
    ? random.pick(['---', '--- # data', '%YAML 1.2\n---', '# by hand', '', '---\n\n# x'])
    : ''
  const tail = isOdd() ? random.pick(['...', '# end', '  # end', '', '\n', '...\n# end']) : ''
  const body = block(value, 0, hand).replace(/^\n/, '')
  const whole = [head, body, tail].filter((part) => part !== '').join('\n') + (isOdd() ? '' : '\n')
  const mark = random.chance(oddness / 4) ? '\ufeff' : ''
  return mark + whole.replaceAll('\n', eol)
}

function isOdd({ random, oddness }: Hand): boolean {
  return random.chance(oddness)
}

/** Behind a colon or a dash, with the blank or line break that has to stand there. */
function block(value: Written, indent: number, hand: Hand): string {
  const { random } = hand
  if ('token' in value) return ` ${value.token}`
  if ('text' in value) return ` ${scalar(value.text, indent, hand)}`
  if (hand.braces && random.chance(hand.oddness / 4)) return ` ${flow(value, hand)}`
  const pad = ' '.repeat(indent)
  if ('list' in value) {
    if (value.list.length === 0) return ' []'
    const step = isOdd(hand) ? random.pick([0, 1, 2, 4]) : 0
    const deeper = ' '.repeat(indent + step)
    return value.list
      .map((item) => `\n${comment(deeper, hand)}${deeper}-${blockItem(item, indent + step, hand)}`)
      .join('')
  }
  if (value.map.length === 0) return ' {}'
  return value.map.map((pair) => `\n${comment(pad, hand)}${pad}${entry(pair, indent, hand)}`).join('')
}

/** A mapping begins beside its dash. */
function blockItem(value: Written, indent: number, hand: Hand): string {
  if (!('map' in value) || value.map.length === 0) return block(value, indent + 2, hand)
  const written = block(value, indent + 2, hand)
  return written.startsWith('\n') && !written.startsWith('\n#') ? written.replace(/^\n +/, ' ') : written
}

function entry([key, value]: readonly [string, Written], indent: number, hand: Hand): string {
  const { random } = hand
  const name = random.chance(hand.oddness / 4)
    ? random.pick([`"${key}"`, `'${key}'`, `!!str '${key}'`])
    : isPlain(key) || random.chance(hand.oddness / 4)
      ? key
      : `'${key}'`
  const inner = 'map' in value ? indent + (isOdd(hand) ? random.pick([1, 2, 4]) : 2) : indent
  const behind = block(value, inner, hand)
  const isLine = !behind.includes('\n') && !('list' in value)
  const remark = isLine && random.chance(hand.oddness / 4) ? random.pick([' # x', '   # "y"', '  ']) : ''
  return `${name}:${behind}${remark}`
}

function comment(pad: string, hand: Hand): string {
  return hand.random.chance(hand.oddness / 8) ? hand.random.pick([`${pad}# why\n`, '\n', `# out\n`]) : ''
}

/** In braces. */
function flow(value: Written, hand: Hand): string {
  const { random } = hand
  if ('token' in value) return value.token
  if ('text' in value) return quoted(value.text, hand)
  const end = random.chance(0.2) ? random.pick([',', ' ', ', ']) : ''
  if ('list' in value)
    return `[${value.list.map((item) => flow(item, hand)).join(random.pick([', ', ' , ']))}${value.list.length > 0 ? end : ''}]`
  return `{${value.map.map(([key, item]) => `${isPlain(key) ? key : `'${key}'`}: ${flow(item, hand)}`).join(', ')}${value.map.length > 0 ? end : ''}}`
}

function scalar(value: string, indent: number, hand: Hand): string {
  const { random, anchors } = hand
  if (!isOdd(hand)) return isPlain(value) ? value : `'${value.replaceAll("'", "''")}'`
  const known = anchors.get(value)
  if (known !== undefined && random.chance(0.7)) return `*${known}`
  const pad = ' '.repeat(indent + 2)
  const written = random.pick([
    () => (isPlain(value) ? value : quoted(value, hand)),
    () => quoted(value, hand),
    () => `!!str ${quoted(value, hand)}`,
    // DVC takes it for a number, and minds that in some places only.
    () => (/^\d+$/.test(value) ? quoted(value, hand) : `! ${quoted(value, hand)}`),
    () =>
      /[\n\r \u2028]/.test(value) || value === ''
        ? quoted(value, hand)
        : `${random.pick(['|-', '>-', '|-2', '>-  # x'])}\n${pad}${value}`,
    () => (isPlain(value) ? `\n${pad}${value.replace(/ (?=\w)/, `\n${pad}`)}` : quoted(value, hand)),
  ])()
  if (!random.chance(0.2) || written.startsWith('|') || written.startsWith('>') || written.startsWith('\n'))
    return written
  const name = `a${anchors.size}`
  anchors.set(value, name)
  return `&${name} ${written}`
}

function quoted(value: string, { random }: Hand): string {
  if (!/[\n\r\t\u007f]/.test(value) && random.chance(0.5)) return `'${value.replaceAll("'", "''")}'`
  const escaped = (char: string) => {
    if (char === '"' || char === '\\') return `\\${char}`
    const code = char.codePointAt(0) ?? 0
    if (code >= 0x20 && code !== 0x7f && random.chance(0.85)) return char
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`
    return code > 0xff || random.chance(0.5)
      ? `\\u${code.toString(16).padStart(4, '0')}`
      : `\\x${code.toString(16).padStart(2, '0')}`
  }
  return `"${[...value].map(escaped).join('')}"`
}

/** Whether nothing about it could be taken for something else. */
function isPlain(value: string): boolean {
  return (
    /^[\p{L}_./][\p{L}\p{N}_./ -]*$/u.test(value) &&
    !/ $|^(true|false|null|yes|no|on|off|\.\.\.)$/i.test(value) &&
    !/^\.(inf|nan)$/i.test(value)
  )
}
