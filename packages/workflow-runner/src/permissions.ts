import { isMapping, type Json, textOf } from './values.ts'

export type PermissionLevel = 'none' | 'read' | 'write'

/** Levels by name; a name that is absent is `none`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>

// The order in which GitHub compares and reports them (actions/runner:src/Sdk/WorkflowParser/Permissions.cs).
const PERMISSION_NAMES = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'statuses',
  'security-events',
  'id-token',
  'models',
  'vulnerability-alerts',
] as const

const RANK: Readonly<Record<PermissionLevel, number>> = { none: 0, read: 1, write: 2 }

// Read is the most that can be had of these.
const READ_AT_MOST: ReadonlySet<string> = new Set(['models', 'vulnerability-alerts'])

/** The token of a workflow that declares nothing, by the repository's setting. */
export function defaultPermissions(setting: 'read' | 'write'): Permissions {
  return setting === 'read'
    ? { contents: 'read', packages: 'read' }
    : { ...allAt('write'), 'id-token': 'none' }
}

/** Reads a `permissions:` value; undefined where none is declared. */
export function readPermissions(value: Json | undefined): Permissions | undefined {
  if (value === undefined) return undefined
  if (value === 'read-all') return { ...allAt('read'), 'id-token': 'none' }
  if (value === 'write-all') return allAt('write')
  if (!isMapping(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, level]) => [name, levelOf(textOf(level))]))
}

function allAt(level: PermissionLevel): Permissions {
  return Object.fromEntries(PERMISSION_NAMES.map((name) => [name, READ_AT_MOST.has(name) ? 'read' : level]))
}

function levelOf(text: string): PermissionLevel {
  return text === 'read' || text === 'write' ? text : 'none'
}

/**
 * What of `requested` goes beyond `allowed`, in GitHub's words, or undefined.
 * The sentence ends as GitHub's does: `is requesting 'id-token: write', but is only allowed 'id-token: none'`.
 */
export function permissionViolation(requested: Permissions, allowed: Permissions): string | undefined {
  const names = PERMISSION_NAMES.filter(
    (name) => RANK[requested[name] ?? 'none'] > RANK[allowed[name] ?? 'none'],
  )
  if (names.length === 0) return undefined
  const list = (permissions: Permissions) =>
    names.map((name) => `${name}: ${permissions[name] ?? 'none'}`).join(', ')
  return `is requesting '${list(requested)}', but is only allowed '${list(allowed)}'`
}
