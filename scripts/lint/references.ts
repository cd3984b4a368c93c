import { type FindLocal, localPath, type Problem, usesOf } from './rule.ts'
import type { Job, WorkflowFile } from './workflow-file.wire.ts'

/** GitHub only warns of an unknown input, and does not enforce a required one of an action at all. */
export function inputsExist({ path: from, jobs, lineOf }: WorkflowFile, find: FindLocal): Problem[] {
  return jobs.flatMap(usesOf).flatMap(({ uses, given, path }) => {
    const local = localPath(uses, from)
    if (local === undefined) return []
    const line = lineOf(path)
    const target = find(local)
    if (target === undefined) return [{ line, what: `${uses} does not exist in this repository` }]
    const unknown = Object.keys(given).filter((name) => !target.inputs.has(name))
    const missing = [...target.inputs].filter(([name, { mustBeGiven }]) => mustBeGiven && !(name in given))
    return [
      ...unknown.map((name) => ({ line, what: `${uses} has no input ${name}` })),
      ...missing.map(([name]) => ({ line, what: `${uses} needs the input ${name}` })),
    ]
  })
}

/** An output that does not exist is an empty string at run time, without a word. */
export function outputsExist({ path: from, jobs, lineOf }: WorkflowFile, find: FindLocal): Problem[] {
  const outputsOfJob = (job: Job): ReadonlySet<string> | undefined => {
    const local = job.uses === undefined ? undefined : localPath(job.uses, from)
    return job.uses === undefined
      ? new Set(job.outputs)
      : local === undefined
        ? undefined
        : find(local)?.outputs
  }
  return jobs.flatMap((job) => {
    const line = lineOf(job.path)
    const steps = [...references(job.texts, 'steps')].flatMap(([id, name]) => {
      const step = job.steps.find((candidate) => candidate.id === id)
      if (step === undefined) return [{ line, what: `job ${job.name} has no step with the id ${id}` }]
      const local = step.uses === undefined ? undefined : localPath(step.uses, from)
      const target = local === undefined ? undefined : find(local)
      return target === undefined || target.outputs.has(name)
        ? []
        : [{ line, what: `${step.uses} has no output ${name}` }]
    })
    const needs = [...references(job.texts, 'needs')].flatMap(([id, name]) => {
      const needed = jobs.find((candidate) => candidate.name === id)
      const outputs = needed && outputsOfJob(needed)
      return outputs === undefined || outputs.has(name)
        ? []
        : [{ line, what: `job ${id} has no output ${name}` }]
    })
    return [...steps, ...needs]
  })
}

/** The public action files of this repository all run their committed bundle under the same Node. */
export function actionRunsItsBundle({ kind, path, runs, lineOf }: WorkflowFile): Problem[] {
  const name = /^actions\/([^/]+)\/action\.yml$/.exec(path)?.[1]
  if (kind !== 'action' || name === undefined) return []
  const wanted = { using: 'node24', main: `../../dist/${name}/index.js` }
  return Object.entries(wanted)
    .filter(([key, value]) => runs[key] !== value)
    .map(([key, value]) => ({ line: lineOf(['runs', key]), what: `runs.${key} must be ${value}` }))
}

/** `steps.x.outputs.y` and `needs['x'].outputs['y']` inside expressions, each pair once. */
function references(
  texts: readonly string[],
  context: 'steps' | 'needs',
): Iterable<readonly [string, string]> {
  const member = String.raw`(?:\.([\w-]+)|\[\s*'([^']+)'\s*\])`
  const pattern = new RegExp(String.raw`\b${context}${member}(?:\.outputs|\[\s*'outputs'\s*\])${member}`, 'g')
  const unique = new Map<string, readonly [id: string, output: string]>()
  for (const match of texts.flatMap((text) => [...text.matchAll(pattern)])) {
    const [id, output] = [match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? '']
    unique.set(`${id}.${output}`, [id, output])
  }
  return unique.values()
}
