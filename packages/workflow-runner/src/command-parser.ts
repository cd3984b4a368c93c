/**
 * The runner's two parsers of workflow commands in a line of output, ported from
 * actions/runner:src/Runner.Common/ActionCommand.cs. Exported for tests that prove text to be harmless.
 */
export interface WorkflowCommand {
  /** As written; names are compared without case. */
  readonly name: string
  /** Keys in lower case. */
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** The commands every runner knows (`internal-set-repo-path` exists for its own plugin only). */
export const KNOWN_COMMANDS: readonly string[] = [
  'stop-commands',
  'add-mask',
  'add-path',
  'set-env',
  'set-output',
  'save-state',
  'add-matcher',
  'remove-matcher',
  'debug',
  'notice',
  'warning',
  'error',
  'group',
  'endgroup',
  'echo',
]

type Escapes = readonly (readonly [code: string, text: string])[]

// Replaced in this order: %25 comes last, so that an escaped escape survives.
const V1_ESCAPES: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]
const V2_DATA_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const V2_PROPERTY_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]

// .NET's Char.IsWhiteSpace, which differs from JavaScript's trim (it has U+0085 and lacks U+FEFF).
const LEADING_WHITE_SPACE = /^[\t-\r\u0085\p{Z}]+/u

// The runner finds its second `::` by a comparison of .NET that skips characters without weight, such as U+200B.
const SEPARATOR = /:[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\p{Cf}]*:/u

/** What the runner would take as a command in this line: the `::name::` form first, then `##[name]`. */
export function parseCommand(
  line: string,
  known: Iterable<string> = KNOWN_COMMANDS,
): WorkflowCommand | undefined {
  const names = new Set([...known].map((name) => name.toLowerCase()))
  return parseV2(line, names) ?? parseV1(line, names)
}

/** `::name key=value,key=value::data`, at the start of the line after white space. */
export function parseCommandV2(
  line: string,
  known: Iterable<string> = KNOWN_COMMANDS,
): WorkflowCommand | undefined {
  return parseV2(line, new Set([...known].map((name) => name.toLowerCase())))
}

/** `##[name key=value;key=value]data`, anywhere in the line. */
export function parseCommandV1(
  line: string,
  known: Iterable<string> = KNOWN_COMMANDS,
): WorkflowCommand | undefined {
  return parseV1(line, new Set([...known].map((name) => name.toLowerCase())))
}

function parseV2(line: string, names: ReadonlySet<string>): WorkflowCommand | undefined {
  const message = line.replace(LEADING_WHITE_SPACE, '')
  if (!message.startsWith('::')) return undefined
  const end = message.slice(2).search(SEPARATOR) + 2
  if (end < 2) return undefined
  const { name, rest } = splitHead(message.slice(2, end))
  if (!names.has(name.toLowerCase())) return undefined
  const data = decode(message.slice(end + 2), V2_DATA_ESCAPES)
  return { name, properties: propertiesOf(rest.trim(), ',', V2_PROPERTY_ESCAPES), data }
}

function parseV1(line: string, names: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const { name, rest } = splitHead(line.slice(start + 3, end))
  if (!names.has(name.toLowerCase())) return undefined
  return {
    name,
    properties: propertiesOf(rest, ';', V1_ESCAPES),
    data: decode(line.slice(end + 1), V1_ESCAPES),
  }
}

function splitHead(head: string): { name: string; rest: string } {
  const space = head.indexOf(' ')
  return space < 0 ? { name: head, rest: '' } : { name: head.slice(0, space), rest: head.slice(space + 1) }
}

function propertiesOf(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const pairs = text.split(separator).flatMap((pair) => {
    const bare = pair.replace(/^=+/, '')
    const at = bare.indexOf('=')
    const value = bare.slice(at + 1)
    return at < 0 || value === '' ? [] : [[bare.slice(0, at).toLowerCase(), decode(value, escapes)] as const]
  })
  return Object.fromEntries(pairs)
}

function decode(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [code, plain]) => result.replaceAll(code, plain), text)
}
