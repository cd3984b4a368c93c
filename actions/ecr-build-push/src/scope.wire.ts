import { readFile } from 'node:fs/promises'
import type { Scope } from '@mlops-actions/ecr'
import type { RunContext } from '@mlops-actions/runner'

/**
 * Events that run what is on the ref itself. The others can run on the default branch and still build what somebody
 * without any right has written: `pull_request_target` and `workflow_run` are used to check a pull request out, and
 * `issue_comment` is its command line.
 */
const OF_THE_REF = new Set([
  'push',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
  'create',
  'merge_group',
])

/**
 * `trusted` where this run is of a protected ref or the default branch, and its event runs what is there;
 * everything else, also what cannot be known, is not.
 */
export async function readScope(
  context: Pick<RunContext, 'ref' | 'refProtected' | 'eventName' | 'eventPath'>,
): Promise<Scope> {
  const { ref, refProtected, eventName, eventPath } = context
  // It runs on the default branch only, and its payload has the line of cron, not the repository
  // (https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule).
  if (eventName === 'schedule') return 'trusted'
  if (!OF_THE_REF.has(eventName)) return 'other'
  if (refProtected) return 'trusted'
  const branch = await readDefaultBranch(eventPath)
  return branch !== '' && ref === `refs/heads/${branch}` ? 'trusted' : 'other'
}

/** '' where the payload does not say. */
async function readDefaultBranch(path: string): Promise<string> {
  try {
    const payload = record(JSON.parse(await readFile(path, 'utf8')))
    const branch = record(payload['repository'])['default_branch']
    return typeof branch === 'string' ? branch : ''
  } catch {
    return ''
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
