/** A file or a directory; the only kinds that the sandbox packs and unpacks. */
export interface TarEntry {
  /** Relative, with `/`, without a trailing slash. */
  readonly path: string
  readonly type: 'file' | 'directory'
  readonly executable: boolean
  readonly body: Buffer
}

const BLOCK = 512

/** Packs as POSIX ustar with root as owner and no times: the same entries give the same bytes everywhere. */
export function packTar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => [
    ...paxHeader(entry.path),
    header(entry),
    entry.body,
    padding(entry.body.length),
  ])
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

function header(entry: TarEntry): Buffer {
  const directory = entry.type === 'directory'
  const mode = directory || entry.executable ? 0o755 : 0o644
  return headerBlock(
    directory ? `${entry.path}/` : entry.path,
    directory ? '5' : '0',
    mode,
    entry.body.length,
  )
}

function headerBlock(name: string, type: string, mode: number, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  block.write(asciiCut(name), 0, 100, 'latin1')
  block.write(octal(mode, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(size, 11), 124)
  block.write(octal(0, 11), 136)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write('ustar\u000000', 257)
  block.write(`${octal(checksum(block), 6)}\u0000 `, 148)
  return block
}

/** Names that ustar cannot hold stand in a pax record before their entry (POSIX.1-2001, pax "path"). */
function paxHeader(path: string): Buffer[] {
  if (path.length < 100 && /^[\u0020-\u007e]*$/.test(path)) return []
  const rest = ` path=${path}\n`
  let length = Buffer.byteLength(rest)
  while (String(length).length + Buffer.byteLength(rest) !== length)
    length = String(length).length + Buffer.byteLength(rest)
  const body = Buffer.from(`${length}${rest}`)
  return [headerBlock('PaxHeader', 'x', 0o644, body.length), body, padding(body.length)]
}

function asciiCut(name: string): string {
  return name.replace(/[^\u0020-\u007e]/g, '_').slice(0, 100)
}

function octal(value: number, width: number): string {
  return value.toString(8).padStart(width, '0')
}

function checksum(block: Buffer): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0)
}

/** What a header alone says; `link` and `other` are for the caller to refuse by name. */
export interface TarRecord {
  readonly path: string
  readonly type: 'file' | 'directory' | 'link' | 'other'
  readonly executable: boolean
  readonly body: Buffer
}

/** Reads ustar, pax (`path`, `size`) and GNU long names. @throws Error for a damaged archive */
export function* readTar(archive: Buffer): Generator<TarRecord> {
  let longName: string | undefined
  let size: number | undefined
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const block = archive.subarray(at, at + BLOCK)
    if (block.every((byte) => byte === 0)) return
    if (parseOctal(block, 148, 8) !== checksum(block))
      throw new Error(`tar: wrong header checksum at byte ${at}`)
    const type = String.fromCharCode(block[156] ?? 0)
    const length = size ?? parseSize(block)
    const body = archive.subarray(at + BLOCK, at + BLOCK + length)
    if (body.length < length) throw new Error(`tar: the archive ends inside an entry at byte ${at}`)
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK
    size = undefined
    if (type === 'x') {
      const records = parsePax(body)
      longName = records.get('path') ?? longName
      size = records.has('size') ? Number(records.get('size')) : undefined
    } else if (type === 'L') {
      longName = text(body, 0, body.length)
    } else if (type !== 'g') {
      const path = (longName ?? headerName(block)).replace(/\/+$/, '')
      longName = undefined
      yield { path, type: kind(type), executable: (parseOctal(block, 100, 8) & 0o111) !== 0, body }
    }
  }
}

function kind(type: string): TarRecord['type'] {
  if (type === '0' || type === '\u0000') return 'file'
  if (type === '5') return 'directory'
  return type === '1' || type === '2' ? 'link' : 'other'
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

function parsePax(body: Buffer): Map<string, string> {
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
  return records
}
