import {
  argumentsOf,
  childOf,
  isReference,
  memberOf,
  type Node,
  type Place,
  propertyOf,
  textOf,
  unwrap,
} from './syntax.ts'

/** One import, re-export, dynamic import, `require` or what else loads a module. */
export type Import = {
  /** Undefined when the code computes what it loads. */
  readonly specifier: string | undefined
  readonly line: number
  readonly typeOnly: boolean
}

type Named = Omit<Import, 'line'>

/** Makes functions like `require`: the one that is hard to follow once it has another name. */
const MAKES_REQUIRE = 'createRequire'

/** Finds everything in a source that names another module. */
export function findImports(places: readonly Place[]): readonly Import[] {
  const loaders = new Set(['require', ...places.flatMap(madeRequire)])
  return places.flatMap((place) => {
    const found = declared(place.node) ?? called(place.node, loaders) ?? hidden(place)
    return found === undefined ? [] : [{ ...found, line: place.line() }]
  })
}

/** `import …`, `export … from`, `import x = require()` and `import()` as a type. */
function declared(node: Node): Named | undefined {
  const typeOnly = memberOf(node, 'typeOnly') === true
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return { specifier: textOf(childOf(node, 'source')), typeOnly }
    case 'ExportNamedDeclaration': {
      const source = childOf(node, 'source')
      return source && { specifier: textOf(source), typeOnly }
    }
    case 'TsExternalModuleReference':
      return { specifier: textOf(childOf(node, 'expression')), typeOnly: false }
    case 'TsImportType':
      return { specifier: textOf(childOf(node, 'argument')), typeOnly: true }
    default:
      return undefined
  }
}

/** `import('a')`, `import.meta.resolve('a')`, `require('a')`, `createRequire(here)('a')`, `process.getBuiltinModule('a')`. */
function called(node: Node, loaders: ReadonlySet<string>): Named | undefined {
  if (node.type !== 'CallExpression' || !isLoader(unwrap(childOf(node, 'callee')), loaders)) return undefined
  const [first] = argumentsOf(node)
  return { specifier: first?.type === 'Identifier' ? undefined : textOf(first), typeOnly: false }
}

function isLoader(callee: Node | undefined, loaders: ReadonlySet<string>): boolean {
  if (callee?.type === 'Import') return true
  if (callee?.type === 'Identifier') return loaders.has(textOf(callee) ?? '')
  if (callee?.type === 'CallExpression') return callsMakeRequire(callee)
  if (callee?.type !== 'MemberExpression') return false
  const [object, property] = [unwrap(childOf(callee, 'object')), propertyOf(callee)]
  const name = object?.type === 'Identifier' ? (textOf(object) ?? '') : ''
  if (property === 'require') return name === 'module'
  if (property === 'resolve') return loaders.has(name) || object?.type === 'MetaProperty'
  return property === 'getBuiltinModule'
}

/** `const load = createRequire(here)` -> `load`. */
function madeRequire({ node }: Place): readonly string[] {
  if (node.type !== 'VariableDeclarator') return []
  const value = unwrap(childOf(node, 'init'))
  const name = textOf(childOf(node, 'id'))
  return value !== undefined && name !== undefined && callsMakeRequire(value) ? [name] : []
}

/** By whatever name: only what is called like that, or was imported under another name, makes a `require`. */
function callsMakeRequire(node: Node): boolean {
  if (node.type !== 'CallExpression') return false
  const callee = unwrap(childOf(node, 'callee'))
  const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : textOf(callee)
  const [first] = argumentsOf(node)
  return name === MAKES_REQUIRE || first?.type === 'MetaProperty' || isImportMeta(first)
}

/** `import.meta.url` and its like, which is what a `require` is made from. */
function isImportMeta(node: Node | undefined): boolean {
  return node?.type === 'MemberExpression' && childOf(node, 'object')?.type === 'MetaProperty'
}

/** A loader that is handed on, or about to be made: what it will load cannot be seen. */
function hidden({ node, key, parent, ...place }: Place): Named | undefined {
  const computed = { specifier: undefined, typeOnly: false }
  const text = textOf(node)
  if (text === MAKES_REQUIRE) return computed
  if (text !== 'require' || !isReference({ node, key, parent, ...place })) return undefined
  return key === 'callee' || parent?.node.type === 'MemberExpression' ? undefined : computed
}
