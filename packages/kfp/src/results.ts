import type { JsonValue } from '@mlops-actions/diagnostics'

/** Something that a task has put out. */
export interface FromTask {
  readonly task: string
  readonly name: string
}
export interface Metric extends FromTask {
  /** May be NaN or infinite: a training can say so. */
  readonly value: number
}
export interface OutputArtifact extends FromTask {
  /** `system.Model`, `system.Metrics`, `system.Dataset`, … */
  readonly type: string
  readonly uri: string
}
export interface OutputParameter extends FromTask {
  readonly value: JsonValue
}

/** All that the tasks of a run have put out. */
export interface Produced {
  readonly metrics: readonly Metric[]
  readonly artifacts: readonly OutputArtifact[]
  readonly parameters: readonly OutputParameter[]
}

export const NOTHING: Produced = { metrics: [], artifacts: [], parameters: [] }

/**
 * Gives each item the name by which a user refers to it: its own, or `task.name` where several tasks have that name with
 * different values. Both names are there where only one task has it, so that either can be written.
 */
export function byReference<T extends FromTask>(
  items: readonly T[],
  same: (left: T, right: T) => boolean,
): {
  readonly short: ReadonlyMap<string, T>
  readonly qualified: ReadonlyMap<string, T>
  readonly ambiguous: readonly string[]
} {
  const short = new Map<string, T>()
  const qualified = new Map<string, T>()
  const ambiguous = new Set<string>()
  for (const item of items) {
    qualified.set(`${item.task}.${item.name}`, item)
    const other = short.get(item.name)
    if (other === undefined) short.set(item.name, item)
    else if (!same(other, item)) ambiguous.add(item.name)
  }
  for (const name of ambiguous) short.delete(name)
  return { short, qualified, ambiguous: [...ambiguous] }
}

/**
 * The numbers of a run: its metrics, and its numeric output parameters where no metric has that name.
 * A name that stands for different values is only there as `task.name`.
 */
export function metricsByName({ metrics, parameters }: Produced): {
  readonly metrics: Readonly<Record<string, number>>
  readonly ambiguous: readonly string[]
} {
  const numbers = parameters.flatMap(({ task, name, value }) =>
    typeof value === 'number' ? [{ task, name, value }] : [],
  )
  const named = new Set(metrics.map(({ name }) => name))
  const all = [...metrics, ...numbers.filter(({ name }) => !named.has(name))]
  const { short, qualified, ambiguous } = byReference(all, (left, right) =>
    Object.is(left.value, right.value),
  )
  const doubtful = new Set(ambiguous)
  const entries = [
    ...[...short].map(([name, { value }]) => [name, value] as const),
    ...[...qualified]
      .filter(([, { name }]) => doubtful.has(name))
      .map(([name, { value }]) => [name, value] as const),
  ]
  return { metrics: Object.fromEntries(entries), ambiguous }
}

/** URIs of output artifacts, named as metrics are. Metrics have a URI too, under which there is often nothing. */
export function artifactsByName({ artifacts }: Produced): Readonly<Record<string, string>> {
  const { short, qualified, ambiguous } = byReference(artifacts, (left, right) => left.uri === right.uri)
  const doubtful = new Set(ambiguous)
  const entries = [
    ...[...short].map(([name, { uri }]) => [name, uri] as const),
    ...[...qualified]
      .filter(([, { name }]) => doubtful.has(name))
      .map(([name, { uri }]) => [name, uri] as const),
  ]
  return Object.fromEntries(entries)
}
