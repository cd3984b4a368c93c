import type { Data } from '../tree.ts'
import { formatScalar } from './scalar.ts'

type Entries = Readonly<Record<string, Data>>

/** The lines of a block map or list with these entries, without indentation in front of the outermost. */
export function renderBlock(data: Entries | readonly Data[], step: number): string[] {
  if (isList(data)) return data.flatMap((item) => listItem(item, step))
  return Object.entries(data).flatMap(([key, value]) => mapEntry(key, value, step))
}

/** `{key: value}` or `[value]`, in JSON with quotes. */
export function renderFlow(data: Data, isJson: boolean, gap = ' '): string {
  if (typeof data !== 'object') return formatScalar(data, isJson)
  if (isList(data)) return `[${data.map((item) => renderFlow(item, isJson, gap)).join(`,${gap}`)}]`
  const entries = Object.entries(data).map(([key, value]) => flowEntry(key, value, isJson, gap))
  return `{${entries.join(`,${gap}`)}}`
}

export function flowEntry(key: string, value: Data, isJson: boolean, gap: string): string {
  return `${formatScalar(key, isJson)}:${isJson ? gap : ' '}${renderFlow(value, isJson, gap)}`
}

function mapEntry(key: string, value: Data, step: number): string[] {
  const name = formatScalar(key, false)
  if (typeof value !== 'object') return [`${name}: ${formatScalar(value, false)}`]
  return [`${name}:`, ...indent(renderBlock(value, step), step)]
}

function listItem(item: Data, step: number): string[] {
  const [first = '', ...rest] =
    typeof item === 'object' ? renderBlock(item, step) : [formatScalar(item, false)]
  return [`- ${first}`, ...indent(rest, 2)]
}

export function indent(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => ' '.repeat(columns) + line)
}

function isList(data: Entries | readonly Data[]): data is readonly Data[] {
  return Array.isArray(data)
}
