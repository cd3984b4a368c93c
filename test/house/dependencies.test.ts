import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

// docs/dependencies.md against the package files and the lock: what is used stands there, and nothing else does.

interface PackageFile {
  readonly name?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const readPackage = (file: string): PackageFile => JSON.parse(readFileSync(file, 'utf8'))
const LOCK: { readonly packages: Readonly<Record<string, { readonly version?: string }>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
)
/** Which no bundle imports (docs/adr/0003). */
const OF_TESTS = new Set(['@mlops-actions/sandbox', '@mlops-actions/workflow-runner'])
const ROOT = readPackage('package.json')
const MEMBERS = globSync('{packages,actions}/*/package.json').map(readPackage)
const namesOf = (given: PackageFile['dependencies'] = {}): string[] =>
  Object.keys(given).filter((name) => !name.startsWith('@mlops-actions/'))

const bundled = MEMBERS.filter(({ name = '' }) => !OF_TESTS.has(name)).flatMap(({ dependencies }) =>
  namesOf(dependencies),
)
const others = [ROOT, ...MEMBERS].flatMap(({ devDependencies, optionalDependencies, ...member }) => [
  ...namesOf(devDependencies),
  ...namesOf(optionalDependencies),
  ...(OF_TESTS.has(member.name ?? '') ? namesOf(member.dependencies) : []),
])

/** The cells of the rows below a heading, head and rule left out. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const section = readFileSync('docs/dependencies.md', 'utf8')
    .split(/^## /m)
    .find((one) => one.startsWith(heading))
  const lines = (section ?? '').split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
const isNamed = (named: readonly string[]) => (name: string) =>
  named.some((one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))))

describe('docs/dependencies.md', () => {
  const inBundles = rowsBelow('In the bundles')
  const inTests = rowsBelow('To build and test')

  test('names what is in the bundles, and nothing else', () => {
    const named = inBundles.flatMap(([cell]) => namesIn(cell))
    expect(named.toSorted()).toEqual([...new Set(bundled)].toSorted())
  })

  test('names everything that builds and tests, and nothing that nobody uses', () => {
    const named = inTests.flatMap(([cell]) => namesIn(cell))
    const missing = others.filter((name) => !isNamed([...named, ...bundled])(name))
    expect(missing).toEqual([])
    expect(named.filter((one) => !others.some(isNamed([one])))).toEqual([])
  })

  test('says of each what it is for', () => {
    expect([...inBundles, ...inTests].filter(([, what = '']) => what.length < 10)).toEqual([])
  })

  test('names the major version that the lock file has', () => {
    const said = [...inBundles, ...inTests].flatMap(([cell = '']) => {
      const [, name, major] = /^`([^`]+)` (\d+)$/.exec(cell) ?? []
      return name === undefined ? [] : [[name, major]]
    })
    const locked = said.map(([name]) => [name, LOCK.packages[`node_modules/${name}`]?.version?.split('.')[0]])
    expect(said).toEqual(locked)
    expect(said.map(([name]) => name)).toEqual(expect.arrayContaining([...new Set(bundled)]))
  })
})

test('versions are exact, so that the lock file is all there is to read', () => {
  const all = [ROOT, ...MEMBERS].flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  )
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
