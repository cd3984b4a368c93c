/**
 * A reader and writer of the protobuf wire format (protobuf.dev/programming-guides/encoding), as far as ML Metadata
 * needs it: a message is a map of field numbers to raw values, and its reader knows what each means.
 */
export type Message = ReadonlyMap<number, readonly Field[]>

/** Varints up to 2^53 as numbers; 64-bit and length-delimited values as bytes. */
export type Field = number | Buffer

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

/** @throws Error for bytes that are no message */
export function decodeMessage(bytes: Buffer): Message {
  const fields = new Map<number, Field[]>()
  let offset = 0
  const take = (length: number): Buffer => {
    if (offset + length > bytes.length) throw new Error('a protobuf message ends too early')
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  const varint = (): number => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = take(1).readUInt8()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return Number(BigInt.asIntN(64, value))
    }
    throw new Error('a protobuf varint is too long')
  }
  const field = (wireType: number): Field => {
    if (wireType === VARINT) return varint()
    if (wireType === FIXED64) return take(8)
    if (wireType === BYTES) return take(varint())
    if (wireType === FIXED32) return take(4)
    throw new Error(`protobuf wire type ${wireType} is not known`)
  }
  while (offset < bytes.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    const value = field(tag % 8)
    fields.set(number, [...(fields.get(number) ?? []), value])
  }
  return fields
}

/** The last value of a field, as proto3 reads repeated singular fields. */
export function numberAt(message: Message, field: number): number | undefined {
  const value = message.get(field)?.at(-1)
  return typeof value === 'number' ? value : undefined
}

export function textAt(message: Message, field: number): string {
  const value = message.get(field)?.at(-1)
  return Buffer.isBuffer(value) ? value.toString('utf8') : ''
}

export function doubleAt(message: Message, field: number): number | undefined {
  const value = message.get(field)?.at(-1)
  return Buffer.isBuffer(value) && value.length === 8 ? value.readDoubleLE() : undefined
}

/** Undefined where the field is absent; an empty message is present. */
export function messageAt(message: Message, field: number): Message | undefined {
  return messagesAt(message, field).at(-1)
}

export function messagesAt(message: Message, field: number): readonly Message[] {
  return (message.get(field) ?? []).flatMap((value) => (Buffer.isBuffer(value) ? [decodeMessage(value)] : []))
}

/** `map<string, V>`: repeated messages of key 1 and value 2. */
export function mapAt(message: Message, field: number): ReadonlyMap<string, Message> {
  return new Map(
    messagesAt(message, field).map((entry) => [textAt(entry, 1), messageAt(entry, 2) ?? new Map()]),
  )
}

export function encodeText(field: number, text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([encodeVarint(field * 8 + BYTES), encodeVarint(bytes.length), bytes])
}

export function encodeNumber(field: number, value: number): Buffer {
  return Buffer.concat([encodeVarint(field * 8 + VARINT), encodeVarint(value)])
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
