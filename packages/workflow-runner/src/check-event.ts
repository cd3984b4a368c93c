import { Failure } from '@mlops-actions/diagnostics'
import { git } from './git.ts'
import type { PlannedWorkflow } from './plan.ts'
import type { RunOptions } from './run-types.ts'
import { filtersPaths, whyNotTriggered } from './triggers.ts'
import { type Mapping, textOf } from './values.ts'

/** Throws `EVENT_DOES_NOT_TRIGGER` where GitHub would not start this workflow for the event. */
export async function assertTriggered(
  options: RunOptions,
  plan: PlannedWorkflow,
  payload: Mapping,
  ref: string,
): Promise<void> {
  const { name } = options.event
  const { on } = plan.file
  const changedFiles = filtersPaths(on, name)
    ? (options.event.changedFiles ?? (await filesBetween(options, payload)))
    : undefined
  const reason = whyNotTriggered(on, { name, payload, ref, changedFiles })
  if (reason === undefined) return
  throw new Failure({
    kind: 'config',
    code: 'EVENT_DOES_NOT_TRIGGER',
    what: 'The event does not start the workflow',
    on: plan.file.path,
    seen: `${name}: ${reason}`,
    next: 'Send an event that the workflow listens to, or change its triggers',
  })
}

async function filesBetween({ repository }: RunOptions, payload: Mapping): Promise<string[]> {
  const before = textOf(payload['before'])
  const after = textOf(payload['after'])
  if (before === '' || after === '') {
    throw new Failure({
      kind: 'config',
      code: 'CHANGED_FILES_UNKNOWN',
      what: 'The trigger looks at changed files',
      on: 'the event',
      seen: 'neither changedFiles nor before and after in its payload',
      next: 'Give the event one of them',
    })
  }
  const names = await git(['diff', '--name-only', before, after], { cwd: repository.root })
  return names.split('\n').filter((name) => name !== '')
}
