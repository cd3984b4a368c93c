import {
  childOf,
  listOf,
  type Node,
  type Place,
  propertyOf,
  readSyntax,
  textOf,
  unwrap,
} from '../boundaries/syntax.ts'

/**
 * The typed names of all inputs that a source file of an action reads: `inputs.dryRun`, `step.inputs.dryRun`,
 * `const { dryRun } = inputs` and a parameter `{ dryRun }: Inputs`, or of a type that the file makes from `Inputs`.
 */
export function readInputs(source: string): ReadonlySet<string> {
  const places = readSyntax(source)
  const types = inputTypes(places)
  const isInputs = inputsNamed(places, types)
  return new Set(
    places.flatMap(({ node, key, parent }) => {
      if (node.type === 'MemberExpression')
        return isInputs(childOf(node, 'object')) ? (propertyOf(node) ?? []) : []
      if (node.type !== 'ObjectPattern') return []
      const isTyped = mentions(childOf(node, 'typeAnnotation'), types)
      const isTakenApart = key === 'id' && parent !== undefined && isInputs(childOf(parent.node, 'init'))
      return isTyped || isTakenApart ? keysOf(node) : []
    }),
  )
}

/** Tells whether an expression is the inputs: by the name `inputs`, or by a name that was declared with their type. */
function inputsNamed(places: readonly Place[], types: ReadonlySet<string>) {
  const named = places
    .filter(({ node }) => node.type === 'Identifier' && mentions(childOf(node, 'typeAnnotation'), types))
    .flatMap(({ node }) => textOf(node) ?? [])
  const names = new Set(['inputs', ...named])
  return (node: Node | undefined): boolean => {
    const object = unwrap(node)
    if (object?.type === 'MemberExpression') return propertyOf(object) === 'inputs'
    return object?.type === 'Identifier' && names.has(textOf(object) ?? '')
  }
}

function keysOf(pattern: Node): readonly string[] {
  return listOf(pattern, 'properties').flatMap((property) => textOf(childOf(property, 'key')) ?? [])
}

/** `Inputs`, and the types of this file whose declaration mentions it: `type Ask = Pick<Inputs, 'file'>`. */
function inputTypes(places: readonly Place[]): ReadonlySet<string> {
  const types = new Set(['Inputs'])
  for (const { node } of places) {
    const name = node.type === 'TsTypeAliasDeclaration' ? textOf(childOf(node, 'id')) : undefined
    if (name !== undefined && mentions(childOf(node, 'typeAnnotation'), types)) types.add(name)
  }
  return types
}

function mentions(type: Node | undefined, names: ReadonlySet<string>): boolean {
  if (type === undefined) return false
  if (type.type === 'TsTypeReference' && names.has(textOf(childOf(type, 'typeName')) ?? '')) return true
  const parts = ['typeAnnotation', 'typeParams'].map((name) => childOf(type, name))
  return [...parts, ...listOf(type, 'params'), ...listOf(type, 'types')].some((part) => mentions(part, names))
}
