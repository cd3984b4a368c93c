import type { Job, Step, WorkflowFile } from './workflow-file.wire.ts'

/** Finds a workflow or action of this repository by path (`actions/dvc-push`, `.github/workflows/mlops.yml`). */
export type FindLocal = (path: string) => WorkflowFile | undefined

export type Problem = { readonly line: number; readonly what: string }

/** One rule of the house for workflow files: its name appears in the message, `check` finds what breaks it. */
export type Rule = {
  readonly name: string
  readonly check: (file: WorkflowFile, find: FindLocal) => readonly Problem[]
}

/** Something that a job or a step runs, with what it gives to it. */
export type Use = {
  readonly uses: string
  readonly given: Readonly<Record<string, unknown>>
  readonly path: readonly (string | number)[]
}

/**
 * Path below this repository of a reference to it: `./x` or `$/x` (the repository of the file, at its own commit).
 * The public form with our own name is for the sample product only; anywhere else it is a stranger's moving tag.
 * @param from path of the file that holds the reference
 */
export function localPath(uses: string, from: string): string | undefined {
  const here = /^(?:\.\/|\$\/)([^@]+)$/.exec(uses)?.[1]
  if (here !== undefined || !from.startsWith('test/product/')) return here
  return /^(?:OWNER|mlops-actions)\/mlops-actions\/([^@]+)@v\d+$/.exec(uses)?.[1]
}

export function usesOf(job: Job): readonly Use[] {
  return [job, ...job.steps].flatMap(({ uses, with: given, path }) =>
    uses === undefined ? [] : [{ uses, given, path: [...path, 'uses'] }],
  )
}

export function stepsOf({ jobs }: WorkflowFile): readonly Step[] {
  return jobs.flatMap(({ steps }) => steps)
}
