import { childOf, itemsOf, type Path, stringAt } from '../tree.ts'

/** An operation that brings a value in (RFC 6902): where it stands in the patch, and the object that it makes. */
export interface PatchedValue {
  /** From the root of the patch. */
  readonly path: Path
  /** Where in the object the value goes. */
  readonly pointer: Path
  /** An object that has nothing but this value. */
  readonly object: unknown
}

/** Whether a document is a JSON6902 patch: a list of operations. */
export function isJsonPatch(value: unknown): boolean {
  const operations = itemsOf(value)
  return (
    operations.length > 0 &&
    operations.every((one) => stringAt(one, ['op']) !== undefined && stringAt(one, ['path']) !== undefined)
  )
}

/** The values that a JSON6902 patch adds and replaces, each in an object of its own. */
export function patchedValues(patch: unknown): PatchedValue[] {
  return itemsOf(patch).flatMap((operation, index) => {
    const pointer = parsePointer(stringAt(operation, ['path']) ?? '')
    const value = childOf(operation, 'value')
    if (!['add', 'replace'].includes(stringAt(operation, ['op']) ?? '') || value === undefined) return []
    return [{ path: [index, 'value'], pointer, object: build(pointer, value) }]
  })
}

/** RFC 6901: `~1` is `/`, `~0` is `~`; `-` is the place behind a list's last item, here the first of its own list. */
function parsePointer(text: string): Path {
  return text
    .split('/')
    .slice(1)
    .map((token) => {
      if (token === '-') return 0
      const isIndex = /^(?:0|[1-9]\d{0,2})$/.test(token)
      return isIndex ? Number(token) : token.replaceAll('~1', '/').replaceAll('~0', '~')
    })
}

function build([step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  const child = build(rest, value)
  if (typeof step === 'string') return { [step]: child }
  return [...Array.from({ length: step }, () => undefined), child]
}
