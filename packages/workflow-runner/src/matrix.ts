import { isMapping, type Json, listOf, type Mapping, mappingOf, textOf } from './values.ts'

/** One job of a matrix: its `matrix` context and the values that GitHub appends to the job's name. */
export interface MatrixJob {
  readonly matrix: Mapping
  readonly segments: readonly string[]
}

const MOST_JOBS = 256

/**
 * Expands an evaluated `strategy.matrix`: cross product, `exclude`, then `include`, which adds to
 * combinations that it does not contradict and otherwise stands alone
 * (actions/runner:src/Sdk/WorkflowParser/Conversion/MatrixBuilder.cs).
 */
export function expandMatrix(value: Json): MatrixJob[] {
  const { include, exclude, ...vectors } = mappingOf(value)
  const product = crossProduct(vectors).filter(
    (job) => !listOf(exclude).some((filter) => matches(job, mappingOf(filter))),
  )
  const includes = listOf(include).map(mappingOf)
  const used = new Set<Mapping>()
  const jobs = product.map((matrix) => withIncludes(matrix, vectors, includes, used))
  const alone = includes
    .filter((item) => !used.has(item))
    .map((matrix) => ({ matrix, segments: segmentsOf(matrix) }))
  return checkCount([...jobs, ...alone])
}

/** `build (linux, 3.12)`, at most 100 characters (JobNameBuilder.cs). */
export function matrixJobName(name: string, segments: readonly string[]): string {
  const whole = segments.length === 0 ? name : `${name} (${segments.join(', ')})`
  return whole.length > 100 ? `${whole.slice(0, 97)}...` : whole
}

function crossProduct(vectors: Mapping): Mapping[] {
  const entries = Object.entries(vectors)
  if (entries.length === 0) return []
  return entries.reduce<Mapping[]>(
    (jobs, [name, vector]) => {
      const values = listOf(vector)
      if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`)
      return jobs.flatMap((job) => values.map((item) => ({ ...job, [name]: item })))
    },
    [{}],
  )
}

function withIncludes(
  matrix: Mapping,
  vectors: Mapping,
  includes: readonly Mapping[],
  used: Set<Mapping>,
): MatrixJob {
  const extra: Mapping = {}
  for (const include of includes) {
    const filter = Object.fromEntries(Object.entries(include).filter(([key]) => key in vectors))
    if (!matches(matrix, filter)) continue
    used.add(include)
    Object.assign(extra, Object.fromEntries(Object.entries(include).filter(([key]) => !(key in vectors))))
  }
  return { matrix: { ...matrix, ...extra }, segments: segmentsOf(matrix) }
}

function matches(value: Json, filter: Json): boolean {
  if (isMapping(filter)) {
    return (
      isMapping(value) && Object.entries(filter).every(([key, item]) => matches(value[key] ?? null, item))
    )
  }
  if (Array.isArray(filter)) {
    return (
      Array.isArray(value) &&
      value.length === filter.length &&
      filter.every((item, at) => matches(value[at] ?? null, item))
    )
  }
  return typeof value !== 'object' && textOf(value).toLowerCase() === textOf(filter).toLowerCase()
}

function segmentsOf(value: Json): string[] {
  if (isMapping(value)) return Object.values(value).flatMap(segmentsOf)
  if (Array.isArray(value)) return value.flatMap(segmentsOf)
  return value === null || value === '' ? [] : [textOf(value)]
}

function checkCount(jobs: MatrixJob[]): MatrixJob[] {
  if (jobs.length === 0) throw new Error('Matrix must define at least one vector')
  if (jobs.length > MOST_JOBS)
    throw new Error(`Matrix of ${jobs.length} jobs exceeds the limit of ${MOST_JOBS}`)
  return jobs
}
