import { childOf, type Finding, memberOf, type Node, type Place, textOf } from './syntax.ts'

/**
 * What switches the type checker off: `any`, `x as T` and `<T>x` (but not `as const`), `x!`, and `let x!: T`, which
 * claims that somebody will have assigned it.
 */
export function findUncheckedTypes(places: readonly Place[]): readonly Finding[] {
  return places.flatMap(({ node, line }) => {
    const what = problemOf(node)
    return what === undefined ? [] : [{ line: line(), what }]
  })
}

function problemOf(node: Node): string | undefined {
  if (memberOf(node, 'definite') === true) return '`!` asserts an assignment that the compiler cannot see'
  switch (node.type) {
    case 'TsKeywordType':
      return memberOf(node, 'kind') === 'any'
        ? '`any` switches the type checker off; use `unknown` and validate'
        : undefined
    case 'TsAsExpression':
    case 'TsTypeAssertion':
      return `\`as ${nameOf(childOf(node, 'typeAnnotation'))}\` is a cast; validate in a *.wire.ts file instead`
    case 'TsNonNullExpression':
      return '`!` asserts what the compiler cannot see; narrow the type instead'
    default:
      return undefined
  }
}

function nameOf(type: Node | undefined): string {
  const kind = memberOf(type, 'kind')
  return textOf(childOf(type, 'typeName')) ?? (typeof kind === 'string' ? kind : '…')
}
