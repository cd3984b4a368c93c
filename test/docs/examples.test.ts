import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parseAllDocuments, parseDocument } from 'yaml'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const OURS = /^OWNER\/mlops-actions\/(actions\/[\w-]+|\.github\/workflows\/[\w-]+\.yml)@v1$/

interface Declared {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>
  readonly secrets: Readonly<Record<string, { readonly required?: boolean }>>
}

interface Use {
  readonly uses: string
  readonly with: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, unknown>>
}

/** Markdown that a user reads. */
function pages(): string[] {
  const actions = readdirSync(join(ROOT, 'actions')).map((name) => `actions/${name}/README.md`)
  const guides = readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
  return ['README.md', ...actions, ...guides].filter((page) => existsSync(join(ROOT, page)))
}

function yamlBlocks(page: string): string[] {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map((match) =>
    String(match[1]),
  )
}

/** Everything in a YAML value that uses something of this collection. */
function usesIn(value: unknown): Use[] {
  if (Array.isArray(value)) return value.flatMap(usesIn)
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(usesIn)
  const use = value as Partial<Use>
  if (typeof use.uses !== 'string' || !use.uses.includes('mlops-actions/')) return inner
  return [{ uses: use.uses, with: use.with ?? {}, secrets: use.secrets ?? {} }, ...inner]
}

function declaredBy(uses: string): Declared {
  const path = OURS.exec(uses)?.[1] ?? ''
  const file = path.startsWith('actions/') ? join(ROOT, path, 'action.yml') : join(ROOT, path)
  const content = parseDocument(readFileSync(file, 'utf8')).toJS()
  const contract = path.startsWith('actions/') ? content : content.on.workflow_call
  return { inputs: contract.inputs ?? {}, secrets: contract.secrets ?? {} }
}

/** `with: { … }` stands for inputs that the example is not about. */
function isAbridged(use: Use): boolean {
  return Object.keys(use.with).includes('…')
}

function missing(
  given: Readonly<Record<string, unknown>>,
  declared: Declared['inputs'] | Declared['secrets'],
): string[] {
  return Object.entries(declared).flatMap(([name, { required }]) =>
    required === true && !(name in given) ? [name] : [],
  )
}

const blocks = pages().flatMap((page) =>
  yamlBlocks(page).map((block, index) => ({ page, number: index + 1, block })),
)
const uses = blocks.flatMap(({ page, number, block }) =>
  parseAllDocuments(block)
    .flatMap((document) => usesIn(document.toJS()))
    .map((use) => ({ page, number, use })),
)

describe('every example in the documentation', () => {
  test('there are examples', () => expect(uses.length).toBeGreaterThan(8))

  test.each(blocks.map(({ page, number, block }) => [page, number, block] as const))(
    '%s, block %i is YAML',
    (_page, _number, block) => {
      expect(parseAllDocuments(block).flatMap((document) => document.errors.map(String))).toEqual([])
    },
  )

  test.each(uses.map(({ page, number, use }) => [page, number, use.uses, use] as const))(
    '%s, block %i uses %s rightly',
    (_page, _number, name, use) => {
      expect(name).toMatch(OURS)
      if (isAbridged(use)) return
      const declared = declaredBy(name)
      expect(Object.keys(use.with).filter((input) => !(input in declared.inputs))).toEqual([])
      expect(Object.keys(use.secrets).filter((secret) => !(secret in declared.secrets))).toEqual([])
      expect(missing(use.with, declared.inputs)).toEqual([])
      expect(missing(use.secrets, declared.secrets)).toEqual([])
    },
  )
})

test.each(pages().map((page) => [page]))('every link of %s leads somewhere', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => String(match[1]))
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([])
})
