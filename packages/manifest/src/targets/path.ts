import type { Failure } from '@mlops-actions/diagnostics'
import { refuse } from '../file.ts'
import { childOf, itemsOf, type Path } from '../tree.ts'

/** A key, an index, or the list item that has a key with this value. */
export type Step = string | number | { readonly key: string; readonly value: string }

const STEP =
  /\.?([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\[([\w$.-]+)=(?:("(?:[^"\\]|\\.)*")|([^\]"]*))\]/y

/**
 * Reads `spec.predictor.containers[name=kserve-container].image`, `["a.b/c"]` and `[0]`; what `formatPath` writes is
 * read back as the same path.
 * @throws Failure MANIFEST_PATH_INVALID
 */
export function parsePath(text: string): readonly Step[] {
  const steps: Step[] = []
  const step = new RegExp(STEP)
  while (step.lastIndex < text.length) {
    const at = step.lastIndex
    const match = step.exec(text)
    const isDotted = text.charAt(at) === '.'
    if (match === null || (match[1] !== undefined && isDotted === (at === 0))) throw invalid(text)
    steps.push(stepOf(match))
  }
  if (steps.length === 0) throw invalid(text)
  return steps
}

function stepOf([, name, index, quoted, key, quotedValue, value = '']: readonly (
  | string
  | undefined
)[]): Step {
  if (name !== undefined) return name
  if (index !== undefined) return Number(index)
  if (quoted !== undefined) return unquote(quoted)
  return { key: key ?? '', value: quotedValue === undefined ? value : unquote(quotedValue) }
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch (cause) {
    throw invalid(text, cause)
  }
}

/** The path with the index of each selected list item; undefined where not exactly one item has it. */
export function resolvePath(root: unknown, steps: readonly Step[]): Path | undefined {
  let value = root
  const path: (string | number)[] = []
  for (const step of steps) {
    const found = typeof step === 'object' ? indexOf(value, step.key, step.value) : step
    if (found === undefined) return undefined
    path.push(found)
    value = childOf(value, found)
  }
  return path
}

function indexOf(list: unknown, key: string, value: string): number | undefined {
  const matches = itemsOf(list).flatMap((item, index) =>
    String(childOf(item, key)) === value ? [index] : [],
  )
  return matches.length === 1 ? matches[0] : undefined
}

function invalid(path: string, cause?: unknown): Failure {
  return refuse(
    'MANIFEST_PATH_INVALID',
    `path ${JSON.stringify(path)}`,
    'it is no path',
    'Write it as spec.containers[name=server].image, keys with other characters as ["a.b/c"]',
    cause,
  )
}
