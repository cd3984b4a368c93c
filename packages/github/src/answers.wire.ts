import { Failure } from '@mlops-actions/diagnostics'
import type { BranchFile, BranchSnapshot } from './branch.ts'

/** `data` of the query in branch.ts. */
export function parseBranch(data: unknown, paths: readonly string[]): BranchSnapshot | undefined {
  const ref = field(field(data, 'repository'), 'ref')
  if (ref === null) return undefined
  const target = field(ref, 'target')
  const nodes = field(field(target, 'history'), 'nodes')
  if (!Array.isArray(nodes)) throw unexpected('history.nodes', nodes)
  return {
    head: text(target, 'oid'),
    history: nodes.map((node) => ({ oid: text(node, 'oid'), message: text(node, 'message') })),
    files: paths.map((path, index) => parseFile(path, field(target, `file${index}`))),
  }
}

function parseFile(path: string, entry: unknown): BranchFile | undefined {
  if (entry === null) return undefined
  const mode = field(entry, 'mode')
  if (typeof mode !== 'number') throw unexpected('mode', mode)
  return { path, mode: mode.toString(8).padStart(6, '0'), oid: text(entry, 'oid') }
}

/** A blob of the REST API: `{ encoding: 'base64', content }`, the content in lines. */
export function parseBlob(data: unknown): Buffer {
  const encoding = field(data, 'encoding')
  if (encoding !== 'base64') throw unexpected('encoding', encoding)
  return Buffer.from(text(data, 'content'), 'base64')
}

/** `data` of the mutation in commit.ts. */
export function parseCreatedCommit(data: unknown): string {
  return text(field(field(data, 'createCommitOnBranch'), 'commit'), 'oid')
}

const STATUSES = ['ahead', 'behind', 'identical', 'diverged'] as const
export type ComparisonStatus = (typeof STATUSES)[number]

export function parseComparison(data: unknown): ComparisonStatus {
  const status = text(data, 'status')
  const known = STATUSES.find((word) => word === status)
  if (known === undefined) throw unexpected('status', status)
  return known
}

function text(value: unknown, key: string): string {
  const found = field(value, key)
  if (typeof found !== 'string') throw unexpected(key, found)
  return found
}

function field(value: unknown, key: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
    return (value as Record<string, unknown>)[key]
  throw unexpected(key, value)
}

function unexpected(key: string, found: unknown): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'GH_SHAPE',
    what: "Cannot read GitHub's answer",
    on: key,
    seen: `${JSON.stringify(found)?.slice(0, 200)} stands where something else was expected`,
    next: 'Check that `GITHUB_API_URL` leads to GitHub and not to a proxy',
  })
}
