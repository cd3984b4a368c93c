import type { BranchFile, BranchSnapshot } from './branch.ts'
import { field, nodes, number, text, unexpected, word } from './json.wire.ts'

/** `data` of the query in branch.ts. */
export function parseBranch(data: unknown, paths: readonly string[]): BranchSnapshot | undefined {
  const ref = field(field(data, 'repository'), 'ref')
  if (ref === null) return undefined
  const target = field(ref, 'target')
  return parseSnapshot(target, paths)
}

/** `data` of the query for a commit in branch.ts. */
export function parseCommit(data: unknown, paths: readonly string[]): BranchSnapshot | undefined {
  const commit = field(field(data, 'repository'), 'object')
  return commit === null ? undefined : parseSnapshot(commit, paths)
}

/** A Commit with its history and the files asked for. */
function parseSnapshot(target: unknown, paths: readonly string[]): BranchSnapshot {
  return {
    head: text(target, 'oid'),
    history: parseCommits(target),
    files: paths.map((path, index) => parseFile(path, field(target, `file${index}`))),
  }
}

function parseFile(path: string, entry: unknown): BranchFile | undefined {
  if (entry === null) return undefined
  return { path, mode: number(entry, 'mode').toString(8).padStart(6, '0'), oid: text(entry, 'oid') }
}

export interface HistoryPage {
  readonly commits: BranchSnapshot['history']
  /** Where the next page starts; undefined on the last one. */
  readonly next: string | undefined
}

/** `data` of the query in file-history.ts. */
export function parseHistoryPage(data: unknown): HistoryPage {
  const commit = field(field(data, 'repository'), 'object')
  const info = field(field(commit, 'history'), 'pageInfo')
  return {
    commits: parseCommits(commit),
    next: field(info, 'hasNextPage') === true ? text(info, 'endCursor') : undefined,
  }
}

function parseCommits(commit: unknown): BranchSnapshot['history'] {
  return nodes(commit, 'history').map((node) => ({ oid: text(node, 'oid'), message: text(node, 'message') }))
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

export interface ChangedFile {
  readonly path: string
  /** `added`, `modified`, `removed`, … */
  readonly status: string
  /** Of the blob; of a removed one the last. */
  readonly sha: string | null
}

/** The files of a comparison. */
export function parseChangedFiles(data: unknown): ChangedFile[] {
  const files = field(data, 'files')
  if (!Array.isArray(files)) throw unexpected('files', files)
  return files.map((file) => ({
    path: text(file, 'filename'),
    status: text(file, 'status'),
    sha: field(file, 'sha') === null ? null : text(file, 'sha'),
  }))
}

export function parseComparison(data: unknown): ComparisonStatus {
  return word(data, 'status', STATUSES)
}
