/** An object as a page of ListObjectsV2 says it, still in the encoding of the page. */
export interface ScannedObject {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** With its quotes. */
  readonly etag: string
  readonly storageClass: string | undefined
}

export interface ScannedPage {
  readonly objects: readonly ScannedObject[]
  /** The page without its objects. */
  readonly rest: string
}

const OPEN = '<Contents>'
const CLOSE = '</Contents>'
const END = /<\/(?:\w+:)?ListBucketResult>\s*$/

/**
 * Takes the objects out of a page whose `Contents` have the fixed shape that S3 gives them, some twenty times faster than
 * an XML parser would. Whatever has another shape is left to one.
 * @returns undefined where an object in it is not of that shape
 */
export function scanPage(text: string): ScannedPage | undefined {
  const objects: ScannedObject[] = []
  const outside: string[] = []
  let at = 0
  for (let next = text.indexOf(OPEN); next !== -1; next = text.indexOf(OPEN, at)) {
    const end = text.indexOf(CLOSE, next)
    const object = end === -1 ? undefined : scanObject(text, next + OPEN.length, end)
    if (object === undefined) return undefined
    if (next > at) outside.push(text.slice(at, next))
    objects.push(object)
    at = end + CLOSE.length
  }
  outside.push(text.slice(at))
  return { objects, rest: outside.join('') }
}

/** Whether a page ends as one does; a parser may close by itself what was cut off. */
export function isWholePage(text: string): boolean {
  return END.test(text)
}

function scanObject(text: string, start: number, end: number): ScannedObject | undefined {
  const fields: Fields = { Key: '', Size: '', ETag: '', StorageClass: '' }
  for (let at = start; at < end; ) {
    if (text.charCodeAt(at) <= SPACE) at += 1
    else {
      const next = scanField(text, at, fields)
      if (next === undefined || next > end) return undefined
      at = next
    }
  }
  const { Key, Size, ETag, StorageClass } = fields
  if (Key === '' || ETag === '' || !/^\d+$/.test(Size)) return undefined
  const storageClass = StorageClass === '' ? undefined : StorageClass
  return { key: unescapeXml(Key), size: Number(Size), etag: unescapeXml(ETag), storageClass }
}

interface Fields {
  Key: string
  Size: string
  ETag: string
  StorageClass: string
}

const [SPACE, SLASH] = [0x20, 0x2f]
/** The only elements of an object that have elements of their own. */
const NESTED = new Set(['Owner', 'RestoreStatus'])

/** Reads `<Name>text</Name>` at `at`, or an empty or known nested element; returns where it ends. */
function scanField(text: string, at: number, fields: Fields): number | undefined {
  const close = text.indexOf('>', at)
  const name = text.slice(at + 1, close)
  if (name.endsWith('/') && isName(name.slice(0, -1))) return close + 1
  const next = text.indexOf('<', close)
  if (text[at] !== '<' || next === -1 || !isName(name)) return undefined
  if (isEndOf(text, next, name)) {
    if (name === 'Key' || name === 'Size' || name === 'ETag' || name === 'StorageClass')
      fields[name] = text.slice(close + 1, next)
    return next + name.length + 3
  }
  const end = NESTED.has(name) ? text.indexOf(`</${name}>`, next) : -1
  return end === -1 ? undefined : end + name.length + 3
}

/** Whether `</name>` stands there. */
function isEndOf(text: string, at: number, name: string): boolean {
  const isClosing = text.charCodeAt(at + 1) === SLASH && text.startsWith(name, at + 2)
  return isClosing && text[at + 2 + name.length] === '>'
}

/** Letters only: no attribute, no comment, no prefix. */
function isName(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at) | 0x20
    if (letter < 0x61 || letter > 0x7a) return false
  }
  return text !== ''
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  // Those around every ETag; what they become is part of no other entity.
  const unquoted = text.replaceAll('&quot;', '"')
  if (!unquoted.includes('&')) return unquoted
  return unquoted.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return NAMED[name] ?? whole
  })
}
