import type { PlannedWorkflow } from './plan.ts'
import { workflowRef } from './plan.ts'
import type { RunOptions } from './run-types.ts'
import type { SourceRepository } from './sources.ts'
import { type Mapping, mappingOf, textOf } from './values.ts'

/** The `github` context as far as it is the same for all jobs of a run. */
export function githubContext(
  options: RunOptions,
  own: SourceRepository,
  plan: PlannedWorkflow,
  event: Mapping,
): Mapping {
  const server = options.serverUrl ?? 'https://github.com'
  const actor = options.actor ?? own.name.split('/')[0] ?? 'octocat'
  const pull = mappingOf(event['pull_request'])
  return {
    // Set when a job starts: nothing before that may see it.
    token: '',
    event,
    event_name: options.event.name,
    sha: own.sha,
    ref: own.ref,
    ref_name: own.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: own.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    head_ref: textOf(mappingOf(pull['head'])['ref']),
    base_ref: textOf(mappingOf(pull['base'])['ref']),
    repository: own.name,
    repository_id: '1',
    repository_owner: own.name.split('/')[0] ?? '',
    repository_owner_id: '1',
    repositoryUrl: `git://${new URL(server).host}/${own.name}.git`,
    actor,
    actor_id: '1',
    triggering_actor: actor,
    workflow: plan.file.name,
    workflow_ref: workflowRef(own, plan.file.path),
    workflow_sha: own.sha,
    run_id: String(1_000_000_000 + (options.runNumber ?? 1)),
    run_number: String(options.runNumber ?? 1),
    run_attempt: String(options.runAttempt ?? 1),
    server_url: server,
    api_url: options.apiUrl ?? 'https://api.github.com',
    graphql_url: `${options.apiUrl ?? 'https://api.github.com'}/graphql`,
    retention_days: '90',
    secret_source: 'Actions',
  }
}

/** The event payload with the parts that GitHub adds to it: to that of a schedule, none. */
export function eventPayload(
  options: RunOptions,
  own: SourceRepository,
  inputs: Record<string, string> | undefined,
): Mapping {
  if (options.event.name === 'schedule') return { ...options.event.payload }
  const [owner = '', name = ''] = own.name.split('/')
  const repository = {
    full_name: own.name,
    name,
    owner: { login: owner },
    default_branch: options.repository.defaultBranch ?? 'main',
  }
  const dispatched: Mapping = inputs === undefined ? {} : { inputs: { ...inputs } }
  return { repository, sender: { login: options.actor ?? owner }, ...dispatched, ...options.event.payload }
}
