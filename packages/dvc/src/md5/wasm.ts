/** Bytes of a program, in the order in which they stand. */
export type Code = number | readonly Code[]

/** The types of values. */
export const I32 = 0x7f
export const V128 = 0x7b

/** The instructions that `md5/program.ts` needs (WebAssembly 2.0, 5.4). */
export const op = {
  end: 0x0b,
  loop: [0x03, 0x40],
  repeat: [0x0d, 0x00],
  get: (local: number): Code => [0x20, unsigned(local)],
  set: (local: number): Code => [0x21, unsigned(local)],
  tee: (local: number): Code => [0x22, unsigned(local)],
  i32: {
    const: (value: number): Code => [0x41, signed(value)],
    load: (offset: number): Code => [0x28, 0, unsigned(offset)],
    store: (offset: number): Code => [0x36, 0, unsigned(offset)],
    add: 0x6a,
    and: 0x71,
    or: 0x72,
    xor: 0x73,
    rotl: 0x77,
  },
  /** `i32x4`, where numbers are meant. */
  v128: {
    load: (offset: number): Code => [0xfd, 0x00, 0, unsigned(offset)],
    loadSplat: (offset: number): Code => [0xfd, 0x09, 0, unsigned(offset)],
    store: (offset: number): Code => [0xfd, 0x0b, 0, unsigned(offset)],
    shuffle: (bytes: Code): Code => [0xfd, 0x0d, bytes],
    not: [0xfd, 0x4d],
    and: [0xfd, 0x4e],
    andnot: [0xfd, 0x4f],
    or: [0xfd, 0x50],
    xor: [0xfd, 0x51],
    shl: [0xfd, 0xab, 0x01],
    shr: [0xfd, 0xad, 0x01],
    add: [0xfd, 0xae, 0x01],
  },
} as const

/** A function that returns nothing: its parameters are of type I32, its other locals all of one type. */
export interface Routine {
  readonly name: string
  readonly parameters: number
  readonly locals: number
  readonly type: typeof I32 | typeof V128
  readonly body: Code
}

/** A module with these functions and one memory of so many pages of 64 KiB; all of them are exported (5.5). */
export function assemble(routines: readonly Routine[], pages: number): Uint8Array<ArrayBuffer> {
  const types = routines.map(({ parameters }) => [0x60, vector(Array<Code>(parameters).fill(I32)), 0])
  const exported = (name: string, kind: number, index: number) => [sized([...Buffer.from(name)]), kind, index]
  const bodies = routines.map(({ locals, type, body }) => sized([1, unsigned(locals), type, body, op.end]))
  const module = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, types),
    section(
      3,
      routines.map((_, at) => at),
    ),
    section(5, [[0, unsigned(pages)]]),
    section(7, [exported('memory', 2, 0), ...routines.map(({ name }, at) => exported(name, 0, at))]),
    section(10, bodies),
  ]
  return Uint8Array.from(flatten(module))
}

function section(id: number, items: readonly Code[]): Code {
  return [id, sized(vector(items))]
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items]
}

function sized(code: Code): Code {
  const bytes = flatten(code)
  return [unsigned(bytes.length), bytes]
}

function flatten(code: Code, bytes: number[] = []): number[] {
  if (typeof code === 'number') bytes.push(code)
  else for (const part of code) flatten(part, bytes)
  return bytes
}

/** LEB128 (5.2.2). */
function unsigned(value: number): Code {
  return value < 0x80 ? value : [(value & 0x7f) | 0x80, unsigned(value >>> 7)]
}

function signed(value: number): Code {
  const isLast = value >= -0x40 && value < 0x40
  return isLast ? value & 0x7f : [(value & 0x7f) | 0x80, signed(value >> 7)]
}
