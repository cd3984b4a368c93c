import { Expected } from '@mlops-actions/text'
import { csvField, csvFields } from './csv.ts'

/** Exporters of BuildKit (docker/buildx docs/reference/buildx_build.md, `--output`); `registry` is an image that is pushed. */
const TYPES = ['image', 'registry', 'local', 'tar', 'oci', 'docker', 'cacheonly'] as const

export interface BuildOutput {
  readonly type: (typeof TYPES)[number]
  /** All others, in their order. */
  readonly fields: readonly (readonly [name: string, value: string])[]
}

const WANT = `lines such as type=local,dest=out, with a type of ${TYPES.join(', ')}`

/**
 * A line of CSV (RFC 4180), as buildx reads one.
 * @throws Expected
 */
export function parseOutput(line: string): BuildOutput {
  const pairs = fieldsOf(line).map((field): readonly [string, string] => {
    const at = field.indexOf('=')
    if (at < 1) throw new Expected(WANT)
    return [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()]
  })
  const named = pairs.filter(([name]) => name === 'type')
  const type = TYPES.find((known) => known === named[0]?.[1])
  if (type === undefined || named.length > 1) throw new Expected(WANT)
  return { type, fields: pairs.filter(([name]) => name !== 'type') }
}

export function formatOutput({ type, fields }: BuildOutput): string {
  return [`type=${type}`, ...fields.map(([name, value]) => csvField(`${name}=${value}`))].join(',')
}

/** Whether it says only how the image is packed, and makes nothing beside it. */
export function isImage({ type }: BuildOutput): boolean {
  return type === 'image' || type === 'registry'
}

/** buildx says only the digest of the output that it was given last: that must be the image that is pushed. */
export function pushedLast(outputs: readonly BuildOutput[]): readonly BuildOutput[] {
  return [...outputs.filter((output) => !isImage(output)), ...outputs.filter(isImage)]
}

function fieldsOf(line: string): readonly string[] {
  const fields = csvFields(line)
  if (fields === undefined) throw new Expected(WANT)
  return fields
}
