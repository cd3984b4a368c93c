import { isDeepStrictEqual } from 'node:util'
import type { Field, Problem } from '@mlops-actions/runner'

/** What a merge uses. Whatever else there is, or comes to be, is of a build. */
const OF_A_MERGE = new Set([
  'mode',
  'digests',
  'repository',
  'registry',
  'tags',
  'platforms',
  'annotations',
  'max-size',
  'scan',
  'fail-on-severity',
  'ignore',
  'only-fixable',
  'role-to-assume',
  'aws-region',
  'dry-run',
  'timeout',
  'request-timeout',
  'ca-cert',
  'summary',
])

interface ModeInputs {
  readonly mode: 'build' | 'merge'
  readonly digests: readonly string[] | { readonly path: string }
  readonly tags: readonly string[]
  readonly push: boolean
  readonly pushByDigest: boolean
}

/**
 * What goes with which mode: an input that would do nothing is refused.
 * @param value of an input, by its name
 */
export function checkMode(
  fields: Readonly<Record<string, Field<unknown>>>,
  given: ModeInputs,
  value: (name: string) => unknown,
  problem: Problem,
): void {
  const { mode, digests, tags, push, pushByDigest } = given
  const none = !('path' in digests) && digests.length === 0
  if (mode === 'merge') {
    if (none) problem('digests', 'is required with `mode: merge`: the digests to make one image of')
    for (const [name, field] of Object.entries(fields))
      if (!OF_A_MERGE.has(name) && isSet(field, value(name)))
        problem(name, 'is an input of a build, and `mode: merge` builds nothing: leave it away')
  } else if (!none) problem('digests', 'is for `mode: merge`')
  if (mode === 'build' && pushByDigest) {
    if (!push) problem('push-by-digest', 'pushes: it needs `push: true`')
    if (tags.length > 0)
      problem('tags', 'is for the step with `mode: merge`: `push-by-digest` pushes without a tag')
  } else if (tags.length === 0) problem('tags', 'is required, unless `push-by-digest: true`')
}

function isSet(field: Field<unknown>, value: unknown): boolean {
  const unset = field.default === undefined ? field.absent : field.parse(field.default)
  return !isDeepStrictEqual(value, unset)
}
