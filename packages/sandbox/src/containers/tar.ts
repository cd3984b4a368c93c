/** A file or a directory; the only kinds that the sandbox packs. */
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

export function checksum(block: Buffer): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0)
}
