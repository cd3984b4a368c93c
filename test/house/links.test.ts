import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

/** Pages that people read; what is generated or somebody else's is not among them. */
const PAGES = globSync('{*.md,docs/**/*.md,actions/*/*.md,packages/**/*.md,test/**/*.md}').filter(
  (page) => !page.includes('node_modules'),
)

interface Link {
  readonly page: string
  readonly target: string
}

/** Links to files here, without code: what stands in a fence or between backticks is an example. */
function linksOf(page: string): Link[] {
  const prose = readFileSync(page, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target))
}

/** As GitHub makes it of a heading (github-slugger): lower case, without punctuation, `-` for each blank. */
function anchorsOf(page: string): string[] {
  const prose = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function isDead({ page, target }: Link): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  if (!existsSync(file)) return true
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor)
}

describe('the pages', () => {
  test('have no dead link', () => {
    expect(PAGES.length).toBeGreaterThan(30)
    expect(PAGES.flatMap(linksOf).filter(isDead)).toEqual([])
  })

  test('and SECURITY.md name no test that is not there', () => {
    const named = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`((?:packages|test|actions)\/[^`]+)`/g)]
    const paths = named.map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(10)
    expect(paths.filter((path) => globSync(path).length === 0)).toEqual([])
  })

  test('name no decision that does not exist', () => {
    const decisions = globSync('docs/adr/*.md').map((file) => /(\d{4})-/.exec(file)?.[1])
    const named = [...PAGES, ...globSync('{packages,actions}/*/src/**/*.ts')].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/docs\/adr\/(\d{4})/g)].map(([, number]) => number),
    )
    expect([...new Set(named)].filter((number) => !decisions.includes(number))).toEqual([])
  })
})

test('the README leads to every action and every page of docs, once', () => {
  const targets = linksOf('README.md').map(({ target }) => target.replace(/#.*$/, ''))
  const wanted = [
    ...globSync('actions/*/README.md'),
    ...globSync('docs/*.md'),
    'docs/adr',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
  ]
  const counts = wanted.map((page) => [page, targets.filter((target) => target === page).length])
  expect(counts.filter(([, count]) => count === 0)).toEqual([])
  const below = readFileSync('README.md', 'utf8').split('## More')[1] ?? ''
  expect(wanted.filter((page) => below.split(`(${page})`).length > 2)).toEqual([])
})
