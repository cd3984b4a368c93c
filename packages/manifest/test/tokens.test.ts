import { describe, expect, test } from '@jest/globals'
import { lexWithinLimits } from '../src/caps.ts'
import { changedScalars } from '../src/tokens.ts'

function changed(before: string, after: string): string[] | undefined {
  const [old, now] = [before, after].map((text) => lexWithinLimits({ path: 'f.yaml', text }))
  return changedScalars(old ?? [], now ?? [])
}

describe('two texts of a manifest differ in scalars alone', () => {
  const alone: [what: string, before: string, after: string, scalars: string[]][] = [
    ['in nothing', 'a: 1\n', 'a: 1\n', []],
    ['in a plain one', 'a: x:1 # note\n', 'a: x:2 # note\n', ['x:2']],
    ['in one that gets quotes', 'a: x\nb: y\n', 'a: "1"\nb: y\n', ['"1"']],
    ['in two, in the order of the text', "{a: x, b: 'y'}\n", "{a: z, b: 'w'}\n", ['z', "'w'"]],
    ['in one over two lines', 'a: x\n  y\nb: 1\n', 'a: z\nb: 1\n', ['z']],
    ['in one of the last of many documents', 'a: 1\n---\n- x\n', 'a: 1\n---\n- y\n', ['y']],
  ]
  test.each(alone)('%s', (_what, before, after, scalars) => {
    expect(changed(before, after)).toEqual(scalars)
  })

  const more: [what: string, before: string, after: string][] = [
    ['a block scalar that becomes a flow scalar', 'a: |-\n  x\n', 'a: x\n'],
    ['a value where there was none', 'a:\n', 'a: x\n'],
    ['a key more', 'a: x\n', 'a: x\nb: y\n'],
    ['a scalar that ends its list', '[x, y]\n', '[x], y]\n'],
    ['a comment', 'a: x # 1\n', 'a: x # 2\n'],
    ['a value with an anchor', 'a: &i x\nb: *i\n', 'a: &i y\nb: *i\n'],
    ['a value with an anchor on the line before', 'a: &i # note\n  x\nb: *i\n', 'a: &i # note\n  y\nb: *i\n'],
    ['a value with a tag', 'a: !!str 1\n', 'a: !!str 2\n'],
    ['an alias', 'a: &i x\nb: *i\nc: &j y\n', 'a: &i x\nb: *j\nc: &j y\n'],
    ['the body of a block scalar', 'a: |\n  x\n', 'a: |\n  x\n  y\nb: 1\n'],
  ]
  test.each(more)('and not where they differ in %s', (_what, before, after) => {
    expect(changed(before, after)).toBeUndefined()
  })
})
