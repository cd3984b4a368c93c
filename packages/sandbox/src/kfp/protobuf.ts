/** Encoded fields of one message, in order (protobuf.dev, "Encoding"). */
export type Message = readonly Buffer[]

export function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)])
}

export function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([varint(field * 8 + 1), bytes])
}

export function bytesField(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content])
}

export function textField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text))
}

export function messageField(field: number, message: Message): Buffer {
  return bytesField(field, Buffer.concat(message))
}

/** One entry of a `map<string, Message>`. */
export function mapField(field: number, key: string, value: Message): Buffer {
  return messageField(field, [textField(1, key), messageField(2, value)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 128)
  } while (rest !== 0n)
  return Buffer.from(bytes)
}

export interface DecodedField {
  readonly field: number
  /** Of wire type 0. */
  readonly number: number
  /** Of wire type 2. */
  readonly bytes: Buffer
}

/** @throws RangeError when the bytes end within a field */
export function decodeMessage(bytes: Buffer): readonly DecodedField[] {
  const fields: DecodedField[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const tag = readVarint(bytes, offset)
    const wire = tag.value & 7
    const first = readVarint(bytes, tag.end)
    const field = tag.value >>> 3
    if (wire === 0) {
      fields.push({ field, number: first.value, bytes: Buffer.alloc(0) })
      offset = first.end
    } else if (wire === 2) {
      const end = first.end + first.value
      if (end > bytes.length) throw new RangeError('truncated message')
      fields.push({ field, number: 0, bytes: bytes.subarray(first.end, end) })
      offset = end
    } else {
      offset = tag.end + (wire === 1 ? 8 : 4)
    }
  }
  return fields
}

function readVarint(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0n
  for (let end = start, shift = 0n; end < bytes.length; end += 1, shift += 7n) {
    const byte = bytes.readUInt8(end)
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return { value: Number(value), end: end + 1 }
  }
  throw new RangeError('truncated varint')
}
