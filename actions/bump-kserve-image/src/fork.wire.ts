import { readFile } from 'node:fs/promises'
import { Failure } from '@mlops-actions/diagnostics'
import type { RunContext } from '@mlops-actions/runner'

/** Where the payload of an event says whose code it is about. */
const ORIGINS = [
  { event: /^pull_request/, of: 'pull_request', path: ['head', 'repo', 'full_name'] },
  { event: /^workflow_run$/, of: 'workflow_run', path: ['head_repository', 'full_name'] },
] as const

/**
 * What a fork proposes is not deployed, also where its event (`pull_request_target`, `workflow_run`) runs with the
 * secrets of this repository. A fork that is gone since has no name any more, and a payload that does not say is no
 * proof of the contrary.
 * @throws Failure BUMP_FORK
 */
export async function assertNoFork({
  eventName,
  eventPath,
  repository,
}: Pick<RunContext, 'eventName' | 'eventPath' | 'repository'>): Promise<void> {
  const origin = ORIGINS.find(({ event }) => event.test(eventName))
  if (origin === undefined) return
  const name = [origin.of, ...origin.path].reduce(fieldOf, await readPayload(eventPath))
  if (typeof name === 'string' && name.toLowerCase() === repository.toLowerCase()) return
  throw new Failure({
    kind: 'policy',
    code: 'BUMP_FORK',
    what: 'Refusing to deploy',
    on: `the event ${eventName} of ${repository}`,
    seen:
      typeof name === 'string'
        ? `it is about code of the fork ${name}`
        : 'it does not say whose code it is about',
    next: 'Deploy after the merge, on `push`; `dry-run: true` shows here what would be changed',
  })
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
