import type { Import } from './imports.ts'
import {
  argumentsOf,
  childOf,
  type Finding,
  isReference,
  memberOf,
  type Node,
  type Place,
  propertyOf,
  textOf,
} from './syntax.ts'

/** Members of `process` that belong to the runner package: environment, streams and exit status. */
const OF_PROCESS = new Set(
  'env stdin stdout stderr exit exitCode abort reallyExit emitWarning loadEnvFile binding mainModule report _rawDebug'.split(
    ' ',
  ),
)
const OF_GLOBAL = new Set(['process', 'console', 'globalThis', 'global', 'require'])
const MODULES = new Set(['process', 'node:process', 'console', 'node:console'])
/** Functions that take a file descriptor, of which 1 and 2 are the streams of the process. */
const BY_DESCRIPTOR = new Set(
  'write writev writeSync writevSync writeFileSync appendFileSync WriteStream'.split(' '),
)

/**
 * Uses of the environment, the standard streams and the runner's variables. Only the runner package may have them.
 * Elsewhere `process` and `globalThis` may stand before a dot only, since whatever else is done with them cannot be
 * followed: `const { env } = process`, `f(process)`, `process[name]`.
 */
export function findRunnerAccess(places: readonly Place[], imports: readonly Import[]): readonly Finding[] {
  const imported = imports
    .filter(({ specifier, typeOnly }) => !typeOnly && MODULES.has(specifier ?? ''))
    .map(({ line, specifier }) => access(line, `an import of ${specifier}`))
  const used = places.flatMap((place) => {
    const what = globalUse(place) ?? runnerVariable(place) ?? streamByDescriptor(place.node)
    return what === undefined ? [] : [access(place.line(), what)]
  })
  return [...used, ...imported]
}

function access(line: number, what: string): Finding {
  return { line, what: `${what} belongs to the runner package; take the value from the world or an input` }
}

function globalUse(place: Place): string | undefined {
  if (!isReference(place)) return undefined
  const name = textOf(place.node) ?? ''
  if (name === 'console') return name
  if (name === 'process') return memberUse(place, OF_PROCESS)
  return name === 'globalThis' || name === 'global' ? memberUse(place, OF_GLOBAL) : undefined
}

function memberUse({ node, key, parent }: Place, refused: ReadonlySet<string>): string | undefined {
  const name = textOf(node)
  if (parent?.node.type !== 'MemberExpression' || key !== 'object') return `${name} as a value`
  const property = propertyOf(parent.node)
  if (property === undefined) return `${name}[…]`
  return refused.has(property) ? `${name}.${property}` : undefined
}

/** `env.GITHUB_SHA`, `'GITHUB_SHA'`, `'GITHUB_' + name`, `${name}` behind `GITHUB_`; a sentence may mention them. */
function runnerVariable({ node, parent }: Place): string | undefined {
  const text = textOf(node) ?? pieceOf(node)
  if (node.type === 'TemplateLiteral' || text === undefined) return undefined
  if (/^\$?\{?GITHUB_[A-Z0-9_]*\}?$/.test(text)) return text
  const isOpen = node.type === 'TemplateElement' && memberOf(node, 'tail') === false
  const isJoined = node.type === 'StringLiteral' && parent?.node.type === 'BinaryExpression'
  return (isOpen || isJoined) && /\bGITHUB_[A-Z0-9_]*$/.test(text) ? text : undefined
}

function pieceOf(node: Node): string | undefined {
  const cooked = node.type === 'TemplateElement' ? memberOf(node, 'cooked') : undefined
  return typeof cooked === 'string' ? cooked : undefined
}

function streamByDescriptor(node: Node): string | undefined {
  const path = node.type === 'StringLiteral' ? (textOf(node) ?? '') : ''
  // From 3 on they are files that a child was given.
  if (/^\/dev\/(?:stdout|stderr|fd\/(?![3-9]$))|^\/proc\/self\/(?:fd|environ)/.test(path)) return path
  if (node.type === 'KeyValueProperty' && textOf(childOf(node, 'key')) === 'fd') {
    const fd = memberOf(childOf(node, 'value'), 'value')
    return typeof fd === 'number' ? `fd ${fd}` : undefined
  }
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined
  const callee = childOf(node, 'callee')
  const name = (callee?.type === 'MemberExpression' ? propertyOf(callee) : textOf(callee)) ?? ''
  const descriptor = memberOf(argumentsOf(node)[0], 'value')
  return BY_DESCRIPTOR.has(name) && typeof descriptor === 'number'
    ? `${name} to descriptor ${descriptor}`
    : undefined
}
