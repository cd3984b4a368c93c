/** What `moby.buildkit.v1.Control/Info` says of a BuildKit (moby/buildkit api/services/control/control.proto). */
export interface BuildkitInfo {
  /** `v0.25.2`; a build of a developer says `v0.0.0+unknown`. */
  readonly version: string
}

/** A message of gRPC without content: not compressed, no bytes (grpc/grpc doc/PROTOCOL-HTTP2.md). */
export const EMPTY_MESSAGE = Buffer.alloc(5)
export const INFO_PATH = '/moby.buildkit.v1.Control/Info'

/** Field 1 of the answer is the version, and field 2 of that its text. Undefined for bytes that are no such answer. */
export function parseInfo(body: Buffer): BuildkitInfo | undefined {
  if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) return undefined
  const version = fieldOf(fieldOf(body.subarray(5), 1), 2)
  return version === undefined ? undefined : { version: version.toString('utf8') }
}

/** The first field of that number that has a length (protobuf.dev/programming-guides/encoding); others are passed over. */
function fieldOf(message: Buffer | undefined, wanted: number): Buffer | undefined {
  if (message === undefined) return undefined
  for (let at = 0; at < message.length; ) {
    const [key, afterKey] = readVarint(message, at)
    const [value, afterValue] = readVarint(message, afterKey)
    const type = key % 8
    if (type !== 0 && type !== 2) return undefined
    const end = type === 2 ? afterValue + value : afterValue
    if (end > message.length) return undefined
    if (type === 2 && Math.floor(key / 8) === wanted) return message.subarray(afterValue, end)
    at = end
  }
  return undefined
}

/** Seven bits in each byte, the lowest first; one that does not end ends the message. */
function readVarint(message: Buffer, start: number): readonly [value: number, next: number] {
  let value = 0
  for (let at = start, factor = 1; at < message.length; at++, factor *= 128) {
    const byte = message[at] ?? 0
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return [value, at + 1]
  }
  return [Number.MAX_SAFE_INTEGER, message.length]
}

/** The first that heeds SOURCE_DATE_EPOCH, without which the same content has another digest each time. */
export const OLDEST_BUILDKIT = '0.11'

/** Whether it is older than that; of a build without a version nobody can say. */
export function isTooOld({ version }: BuildkitInfo): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? []
  if (major === undefined || Number(major) > 0 || version.includes('+unknown')) return false
  return Number(minor) < 11
}
