import type { Random } from './random.ts'

/** Files and folders, of DVC and of git, and what is in a folder of DVC. */
const SOURCES = ['table.csv', 'images', 'images/deep', 'images/one.png', 'plain', 'plain/notes.txt'] as const

/** What another repository or folder gives. */
export interface ImportPlan {
  readonly command: 'import' | 'import-url'
  /** In the registry: another DVC repository, whose `plain` is in git and the rest in DVC. */
  readonly from: (typeof SOURCES)[number]
  readonly to: string
}

/** What the registry holds. */
export const REGISTRY = {
  'table.csv': 'a,b\n1,2\n',
  'images/one.png': '\u0089PNG one',
  'images/deep/two \u00e9.png': 'two',
  'plain/notes.txt': 'in git\n',
} as const

export function planImports(random: Random, count: number): ImportPlan[] {
  return Array.from({ length: count }, (_, at) => ({
    command: random.pick(['import', 'import-url']),
    from: random.pick(SOURCES),
    to: random.pick([`imported ${at}`, `in/ported-${at}`]),
  }))
}
