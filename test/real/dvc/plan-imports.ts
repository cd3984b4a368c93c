import type { Random } from './random.ts'

/** What another repository or folder gives. */
export interface ImportPlan {
  readonly command: 'import' | 'import-url'
  /** In the registry: another DVC repository on this machine, whose `plain` is in git and the rest in DVC. */
  readonly from: 'table.csv' | 'images' | 'plain/notes.txt'
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
    from: random.pick(['table.csv', 'images', 'plain/notes.txt']),
    to: random.pick([`imported ${at}`, `in/ported-${at}`]),
  }))
}
