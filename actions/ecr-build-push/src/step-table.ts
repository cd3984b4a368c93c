import { inlineCode, type JsonValue } from '@mlops-actions/diagnostics'
import type { BuildRecord, BuildStep } from '@mlops-actions/ecr'
import { formatDuration } from '@mlops-actions/text'

type Steps = Pick<BuildRecord, 'steps'>

const SHOWN = 12

/** The user's own steps and the export; what BuildKit does for itself is not worth a line. */
export function shownSteps({ steps }: Steps): readonly BuildStep[] {
  return steps.filter(
    ({ name, took, cached }) => !/^\[(?:internal|auth)\]|^$/.test(name) && (cached || took !== undefined),
  )
}

export function stepReport(record: Steps): JsonValue {
  return shownSteps(record).map(({ name, took, cached, error }) => ({
    name,
    ms: took ?? null,
    cached,
    ...(error === undefined ? {} : { error }),
  }))
}

/** `3 of 5 steps came from the cache`: steps of the Dockerfile only. */
export function cacheSentence(record: Steps): string {
  const own = record.steps.filter(
    ({ name, took, cached }) => /^\[(?!internal|auth)/.test(name) && (cached || took !== undefined),
  )
  const cached = own.filter((step) => step.cached).length
  return own.length === 0 ? '' : `${cached} of ${own.length} steps came from the cache`
}

/** The longest steps, folded. */
export function stepTable(record: Steps): string[] {
  const steps = [...shownSteps(record)]
    .sort((one, other) => (other.took ?? 0) - (one.took ?? 0))
    .slice(0, SHOWN)
  if (steps.length === 0) return []
  return [
    '<details><summary>Time of each step</summary>',
    '',
    '| step | time |',
    '|:--|--:|',
    ...steps.map(
      ({ name, took, cached }) =>
        `| ${inlineCode(name)} | ${cached ? 'cached' : formatDuration(took ?? 0)} |`,
    ),
    '',
    '</details>',
    '',
  ]
}
