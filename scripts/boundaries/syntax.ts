import { parseSync } from '@swc/core'

/** A node of the syntax tree that swc makes; its other members are read by {@link childOf} and {@link textOf}. */
export type Node = { readonly type: string }

/** A node at its place: `key` is the member of `parent` that holds it. Lines are counted only when asked for. */
export type Place = {
  readonly node: Node
  readonly key: string
  readonly parent: Place | undefined
  readonly line: () => number
}

/** Something on one line that a rule forbids; `what` is a sentence that says what to do instead. */
export type Finding = { readonly line: number; readonly what: string }

/** Around an expression these change its type or nothing at all, never its value. */
const WRAPPERS = new Set([
  'ParenthesisExpression',
  'TsAsExpression',
  'TsConstAssertion',
  'TsNonNullExpression',
  'TsSatisfiesExpression',
  'TsTypeAssertion',
])

/** Every node of a TypeScript source, parents first. Throws an Error with the parser's words when it is none. */
export function readSyntax(source: string): readonly Place[] {
  const places: Place[] = []
  const lineAt = lineCounter(source)
  const visit = (value: unknown, key: string, parent: Place | undefined, start: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, key, parent, start)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const at = startOf(value) ?? start
    const place = isNode(value) ? { node: value, key, parent, line: () => lineAt(at) } : parent
    if (place !== undefined && place !== parent) places.push(place)
    for (const [name, child] of Object.entries(value)) {
      if (typeof child === 'object' && name !== 'span') visit(child, place === parent ? key : name, place, at)
    }
  }
  visit(parseSync(source, { syntax: 'typescript', target: 'es2024' }), '', undefined, 1)
  return places
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The node that is the member `name` of another, if it is one. */
export function childOf(node: Node | undefined, name: string): Node | undefined {
  const child = memberOf(node, name)
  return isNode(child) ? child : undefined
}

/** Any member of a node, such as `typeOnly` or `definite`. */
export function memberOf(node: Node | undefined, name: string): unknown {
  const member: unknown = node === undefined ? undefined : Reflect.get(node, name)
  return member
}

/** The name of an identifier, or the text of a literal whose value is known without running anything. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier' || node?.type === 'StringLiteral') return stringOf(memberOf(node, 'value'))
  if (node?.type !== 'TemplateLiteral') return undefined
  const [only, ...more] = listOf(node, 'quasis')
  return more.length === 0 ? stringOf(memberOf(only, 'cooked')) : undefined
}

/** `a.b`, `a?.b` and `a['b']` -> `b`; undefined when the member is computed. */
export function propertyOf(member: Node): string | undefined {
  const property = childOf(member, 'property')
  if (property?.type !== 'Computed') return textOf(property)
  const expression = unwrap(childOf(property, 'expression'))
  return expression?.type === 'Identifier' ? undefined : textOf(expression)
}

/** The arguments of a call or of `new`. */
export function argumentsOf(call: Node): readonly (Node | undefined)[] {
  const list = memberOf(call, 'arguments')
  if (!Array.isArray(list)) return []
  return list.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'expression' in item && isNode(item.expression)
      ? unwrap(item.expression)
      : undefined,
  )
}

/** The nodes of a member that holds a list. */
export function listOf(node: Node, name: string): readonly Node[] {
  const list = memberOf(node, name)
  return Array.isArray(list) ? list.filter(isNode) : []
}

/** Takes parentheses and type assertions off an expression. */
export function unwrap(node: Node | undefined): Node | undefined {
  let inner = node
  while (inner !== undefined && WRAPPERS.has(inner.type)) inner = childOf(inner, 'expression')
  return inner
}

/**
 * Whether an identifier stands for a value: no member's name, no key, no part of a type, no name in an import clause.
 * A name that is being declared counts too, so nothing may be called `process` where `process` is refused.
 */
export function isReference({ node, key, parent }: Place): boolean {
  if (node.type !== 'Identifier' || parent === undefined) return false
  const { type } = parent.node
  if (type.startsWith('Ts')) return WRAPPERS.has(type)
  if (type === 'MemberExpression' || type === 'SuperPropExpression') return key === 'object'
  if (key === 'key') return type === 'AssignmentPatternProperty'
  return !/^Import|^Export.*Specifier$|^(?:Labeled|Break|Continue)Statement$/.test(type) || key === 'orig'
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function startOf(value: object): number | undefined {
  const span: unknown = 'span' in value ? value.span : undefined
  if (typeof span !== 'object' || span === null || !('start' in span)) return undefined
  return typeof span.start === 'number' ? span.start : undefined
}

/** The parser counts UTF-8 bytes, from 1. */
function lineCounter(source: string): (start: number) => number {
  let bytes: Buffer | undefined
  return (start) => {
    bytes ??= Buffer.from(source)
    return bytes
      .subarray(0, start - 1)
      .toString()
      .split('\n').length
  }
}
