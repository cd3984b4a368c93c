/** A code unit where UTF-16 and UTF-8 sort differently: characters beyond the basic plane come last in UTF-8. */
const SURROGATE = /[\ud800-\udfff]/

/** Order of the UTF-8 bytes. */
export function compareKeys(left: string, right: string): number {
  if (left === right) return 0
  if (SURROGATE.test(left) || SURROGATE.test(right))
    return Buffer.compare(Buffer.from(left), Buffer.from(right))
  return left < right ? -1 : 1
}

/** Sorts in place, natively where no key needs more. */
export function sortKeys(keys: string[]): readonly string[] {
  return keys.some((key) => SURROGATE.test(key)) ? keys.sort(compareKeys) : keys.sort()
}

export interface Listing {
  readonly keys: readonly string[]
  readonly prefixes: readonly string[]
  /** Last key or common prefix of this page when more follow. */
  readonly last: string | undefined
}

export interface ListWish {
  readonly prefix: string
  readonly delimiter: string
  /** Only what sorts behind it; a common prefix that equals it is done with. */
  readonly after: string
  readonly maxKeys: number
}

/** Rolls keys up at the delimiter and cuts the page; keys must be in byte order. Looks at no more than it answers. */
export function listKeys(keys: readonly string[], wish: ListWish): Listing {
  const found: string[] = []
  const prefixes: string[] = []
  let last: string | undefined
  for (let at = startOf(keys, wish); at < keys.length; ) {
    const key = keys[at] ?? ''
    if (!key.startsWith(wish.prefix)) break
    const common = commonPrefix(key, wish)
    if (common !== wish.after) {
      if (found.length + prefixes.length >= wish.maxKeys) return { keys: found, prefixes, last }
      if (common === undefined) found.push(key)
      else prefixes.push(common)
      last = common ?? key
    }
    at = common === undefined ? at + 1 : endOfPrefix(keys, common, at)
  }
  return { keys: found, prefixes, last: undefined }
}

function commonPrefix(key: string, { prefix, delimiter }: ListWish): string | undefined {
  if (delimiter === '') return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at === -1 ? undefined : key.slice(0, at + delimiter.length)
}

/** The first key that has the prefix, or sorts behind it, and sorts behind `after`. */
function startOf(keys: readonly string[], { prefix, after }: ListWish): number {
  return firstIndex(keys, 0, (key) => compareKeys(key, prefix) >= 0 && compareKeys(key, after) > 0)
}

/** All keys with one prefix stand side by side. */
function endOfPrefix(keys: readonly string[], prefix: string, from: number): number {
  return firstIndex(keys, from, (key) => !key.startsWith(prefix))
}

/** Binary search; from some key on the question is answered with yes. */
function firstIndex(keys: readonly string[], from: number, question: (key: string) => boolean): number {
  let [low, high] = [from, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (question(keys[middle] ?? '')) high = middle
    else low = middle + 1
  }
  return low
}
