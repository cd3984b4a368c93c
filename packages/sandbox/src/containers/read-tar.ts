import { checksum } from './tar.ts'

const BLOCK = 512

/** What a header alone says; `other` is for the caller to refuse by name. */
export interface TarRecord {
  /** As written, without trailing slashes. */
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other'
  /** What a link names: any text for a symbolic one, a path of the same root for a hard one; else ''. */
  readonly link: string
  readonly executable: boolean
  readonly body: Buffer
}

/** What headers before an entry say of it. */
interface Extension {
  readonly path?: string | undefined
  readonly link?: string | undefined
  readonly size?: number | undefined
}

/** Reads ustar, pax (`path`, `linkpath`, `size`) and GNU long names. @throws Error for a damaged archive */
export function* readTar(archive: Buffer): Generator<TarRecord> {
  let extension: Extension = {}
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const block = archive.subarray(at, at + BLOCK)
    if (block.every((byte) => byte === 0)) return
    if (parseOctal(block, 148, 8) !== checksum(block))
      throw new Error(`tar: wrong header checksum at byte ${at}`)
    const type = String.fromCharCode(block[156] ?? 0)
    const length = extension.size ?? parseSize(block)
    const body = archive.subarray(at + BLOCK, at + BLOCK + length)
    if (body.length < length) throw new Error(`tar: the archive ends inside an entry at byte ${at}`)
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK
    const more = readExtension(type, body)
    if (more === undefined) yield recordOf(block, body, kind(type), extension)
    extension = more === undefined ? {} : { ...extension, size: undefined, ...more }
  }
}

/** Undefined for an entry itself; a global pax header says nothing that matters here. */
function readExtension(type: string, body: Buffer): Extension | undefined {
  switch (type) {
    case 'x':
      return parsePax(body)
    case 'L':
      return { path: text(body, 0, body.length) }
    case 'K':
      return { link: text(body, 0, body.length) }
    case 'g':
      return {}
    default:
      return undefined
  }
}

function recordOf(block: Buffer, body: Buffer, type: TarRecord['type'], extension: Extension): TarRecord {
  const isLink = type === 'symlink' || type === 'hardlink'
  return {
    path: (extension.path ?? headerName(block)).replace(/\/+$/, ''),
    type,
    link: isLink ? (extension.link ?? text(block, 157, 100)) : '',
    executable: (parseOctal(block, 100, 8) & 0o111) !== 0,
    body,
  }
}

const KINDS: Readonly<Record<string, TarRecord['type']>> = {
  '\u0000': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
}

function kind(type: string): TarRecord['type'] {
  return KINDS[type] ?? 'other'
}

function headerName(block: Buffer): string {
  const prefix = text(block, 257, 5) === 'ustar' ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? field.length : end)
}

function parseOctal(block: Buffer, start: number, length: number): number {
  return Number.parseInt(text(block, start, length).trim() || '0', 8)
}

/** Octal, or base 256 when the first bit is set (GNU, above 8 GiB). */
function parseSize(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) === 0) return parseOctal(block, 124, 12)
  return block.readUIntBE(130, 6)
}

function parsePax(body: Buffer): Extension {
  const records = new Map<string, string>()
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at)
    const length = Number(body.toString('utf8', at, space))
    if (!(length > 0)) throw new Error('tar: malformed pax record')
    const record = body.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  const [path, link, size] = ['path', 'linkpath', 'size'].map((name) => records.get(name))
  return {
    ...(path !== undefined && { path }),
    ...(link !== undefined && { link }),
    ...(size !== undefined && { size: Number(size) }),
  }
}
