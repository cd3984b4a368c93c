import { isIP } from 'node:net'
import {
  type BuildAnnotation,
  type BuildOutput,
  type BuildSsh,
  bringsPassword,
  parseAnnotation,
  parseOutput,
} from '@mlops-actions/ecr'
import { parseImageReference } from '@mlops-actions/oci'
import { Expected, parseLines, parseList } from '@mlops-actions/text'
import { CONTROL } from './values.ts'

/** Agents and keys by their paths; `undefined` where the text is a key itself, which no message may quote. */
export type SshInput = readonly BuildSsh[] | undefined

/** The armour of a key, or a line out of the middle of one. */
const KEY_TEXT = /PRIVATE KEY|^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/m

/** Lines of `id`, `id=socket` or `id=key,key`. */
export function parseSsh(text: string): SshInput {
  if (KEY_TEXT.test(text)) return undefined
  return eachOnce('lines of id, id=socket or id=key,key, paths of files', parseLines(text), (line) => {
    const [, id, paths] = /^([A-Za-z0-9_][\w.-]*)(?:=(.*))?$/.exec(line) ?? []
    const files = paths?.split(',') ?? []
    if (id === undefined || CONTROL.test(line) || !files.every((file) => /^[^-]/.test(file))) return undefined
    return [id, { id, paths: files }]
  })
}

export function parseAnnotations(text: string): readonly BuildAnnotation[] {
  const lines = parseLines(text)
  if (lines.some((line) => CONTROL.test(line))) throw new Expected('lines without control characters')
  return lines.map(parseAnnotation)
}

const POWERS = ['', 'k', 'm', 'g', 't']

/** Bytes, by powers of 1024 as Docker counts them (docker/go-units, `RAMInBytes`): `128m`, `2g`, `64MiB`. */
export function parseShmSize(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(?:i?b)?$/i.exec(text) ?? []
  const bytes = Math.floor(Number(number) * 1024 ** POWERS.indexOf(unit.toLowerCase()))
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  throw new Expected('a size as Docker writes it, such as 128m or 2g')
}

/** Names of limits (docker/go-units, `ulimit.go`). */
const LIMITS =
  'core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack'
const ULIMIT = new RegExp(`^(${LIMITS})=(-1|\\d{1,15})(?::(-1|\\d{1,15}))?$`)

export function parseUlimits(text: string): readonly string[] {
  const want =
    'lines of name=soft or name=soft:hard, such as nofile=1024:2048, the soft one not above the hard one'
  return eachOnce(want, parseLines(text), (line) => {
    const [, name, soft, hard = soft] = ULIMIT.exec(line) ?? []
    return name === undefined || limit(soft) > limit(hard) ? undefined : [name, line]
  })
}

/** -1 is none at all. */
function limit(text = ''): number {
  return text === '-1' ? Number.POSITIVE_INFINITY : Number(text)
}

/** `host:ip` or `host=ip`, an address of IPv6 with or without brackets, or `host-gateway`. */
export function parseAddHosts(text: string): readonly string[] {
  const want = 'lines of host:ip, the address of IPv4, of IPv6 or host-gateway'
  return eachOnce(want, parseList(text), (item) => {
    const [, host, given = ''] = /^([A-Za-z0-9][\w.-]*)[:=](.+)$/.exec(item) ?? []
    const ip = given.replace(/^\[(.*)\]$/, '$1')
    if (host === undefined || (isIP(ip) === 0 && ip !== 'host-gateway') || ip.includes('%')) return undefined
    return [host.toLowerCase(), `${host}=${ip}`]
  })
}

/** `true`, `false` or `generator=image`; more fields of CSV would be other options of buildx. */
export function parseSbom(text: string): string {
  if (text === 'true' || text === 'false') return text
  const [, image = ''] = /^generator=([\w.:/@-]+)$/.exec(text) ?? []
  try {
    parseImageReference(image)
    return text
  } catch {
    const generator = text.replace(/^.*?generator=/, '')
    throw new Expected('true, false or generator=image', { holdsSecret: bringsPassword(generator) })
  }
}

export function parseOutputs(text: string): readonly BuildOutput[] {
  return parseLines(text).map((line) => {
    const output = parseOutput(line)
    if (CONTROL.test(line) || output.fields.some(([name, value]) => name === 'dest' && !/^[^-]/.test(value)))
      throw new Expected('lines such as type=local,dest=out, whose path does not begin with -')
    return output
  })
}

/** @throws Expected where one is not of that form, or a name stands twice */
function eachOnce<T>(
  want: string,
  lines: readonly string[],
  read: (line: string) => readonly [name: string, value: T] | undefined,
): readonly T[] {
  const found = new Map<string, T>()
  for (const line of lines) {
    const [name, value] = read(line) ?? []
    if (name === undefined || value === undefined) throw new Expected(want)
    if (found.has(name)) throw new Expected(`${want}, each once (${name} stands twice)`)
    found.set(name, value)
  }
  return [...found.values()]
}
