import { posix } from 'node:path'
import { CONFUSING_NAMES, MEMBER_NAMES, NAMES, WELL_ESCAPED_NAMES } from './names.ts'
import type { Random } from './random.ts'
import { type Node, textFile } from './tree.ts'
import type { DvcVersion } from './versions.ts'

/** An output that `dvc add` tracks. */
export interface TrackedPlan {
  /** Relative to the DVC repository. */
  readonly path: string
  readonly node: Node
  /** Written into its .dvc file by hand, as users do. */
  readonly remote: 'second' | undefined
  readonly push: boolean
  readonly remarks: boolean
}

/** In git, beside each output that is a link to it. */
export const LINKED = 'linked by outputs'

/** Above what is sent in parts, and not a multiple of it. */
const LARGE = 9 * 1024 * 1024 + 5

/** @param version which DVC tracks it: older ones do not take every name */
export function planTracked(
  random: Random,
  folder: string,
  count: number,
  version: DvcVersion,
): TrackedPlan[] {
  const isNew = version === 'newest'
  const members = isNew ? [...MEMBER_NAMES, ...CONFUSING_NAMES] : MEMBER_NAMES
  return random.some(isNew ? [...NAMES, ...WELL_ESCAPED_NAMES] : NAMES, count).map((name) => ({
    path: posix.join(folder, random.pick(['', '', 'sub', 'de ep/er']), name),
    node: planNode({ random, members }),
    remote: random.chance(0.15) ? 'second' : undefined,
    push: random.chance(0.92),
    remarks: random.chance(0.1),
  }))
}

function planNode(folder: Folder): Node {
  const { random } = folder
  if (random.chance(0.05)) return { kind: 'link', target: LINKED }
  return random.chance(0.55) ? planFolder(folder, 3) : planFile(random, planSize(random))
}

/** What `.dvcignore` keeps out of every directory, and that an exception lets one in again. */
export const IGNORE_FILE = '# not data\n*.tmp\n!keep.tmp\nscratch/\n'

/** DVC's patterns do not look past a line break in the name of a folder. */
export function isIgnoredByDvc(path: string): boolean {
  const names = path.split('/')
  const from = names.findIndex((name) => name.includes('\n'))
  return names
    .slice(0, from === -1 ? names.length : from + 1)
    .some((name) => name === 'scratch' || (name.endsWith('.tmp') && name !== 'keep.tmp'))
}

function planSize(random: Random): number {
  return random.chance(0.02) ? LARGE : random.integer(1, 200)
}

function planFile(random: Random, length: number): Node {
  const executable = random.chance(0.3)
  const content = random.pick([
    () => random.bytes(length),
    () => Buffer.from(`a,b\r\n${length},2\r\n`),
    () => Buffer.from(`${length} lines\n`.repeat(3)),
    () => Buffer.alloc(0),
  ])
  return {
    kind: 'file',
    content: length === LARGE ? Buffer.alloc(LARGE, random.bytes(61)) : content(),
    executable,
  }
}

interface Folder {
  readonly random: Random
  /** Names to choose from. */
  readonly members: readonly string[]
}

function planFolder({ random, members }: Folder, depth: number): Node {
  const names = random.some(members, random.integer(0, 6))
  const entries = new Map<string, Node>(
    names.map((name) => [name, planMember({ random, members }, depth, name)]),
  )
  const [first] = [...entries].find(([, node]) => node.kind === 'file') ?? []
  if (first !== undefined && random.chance(0.3)) entries.set('link to file', { kind: 'link', target: first })
  if (random.chance(0.15)) entries.set('link to folder', { kind: 'link', target: '.' })
  if (random.chance(0.15)) entries.set('nothing', { kind: 'folder', entries: new Map() })
  for (const name of random.some(['a.tmp', 'keep.tmp', 'scratch'], random.integer(0, 2)))
    entries.set(name, name === 'scratch' ? planFolder({ random, members }, 0) : textFile(name))
  return { kind: 'folder', entries }
}

/** DVC reads these before it knows that they lie in an output, and git takes one for rules. */
const READ_BY_OTHERS: Readonly<Record<string, string>> = {
  '.gitignore': '/nothing\n',
  'dvc.yaml': 'stages: {}\n',
  'dvc.lock': "schema: '2.0'\n",
}

function planMember({ random, members }: Folder, depth: number, name: string): Node {
  const text = READ_BY_OTHERS[name]
  if (text !== undefined) return textFile(text)
  const mayHold = depth > 0
  if (mayHold && random.chance(0.25)) return planFolder({ random, members }, depth - 1)
  return planFile(random, random.integer(1, 90))
}
