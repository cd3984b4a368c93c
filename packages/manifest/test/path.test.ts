import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parsePath, resolvePath } from '../src/targets/path.ts'
import { formatPath } from '../src/tree.ts'

const OBJECT = {
  spec: {
    containers: [
      { name: 'a', image: 'a:1' },
      { name: 'b c', image: 'b:1' },
      { name: 'twice' },
      { name: 'twice' },
    ],
  },
  'a.b/c': { 'x"y': 1 },
}

describe('a path', () => {
  const paths: [text: string, path: (string | number)[]][] = [
    ['spec.containers[0].image', ['spec', 'containers', 0, 'image']],
    ['spec.containers[name=a].image', ['spec', 'containers', 0, 'image']],
    ['spec.containers[name="b c"].image', ['spec', 'containers', 1, 'image']],
    ['spec.containers[image=a:1]', ['spec', 'containers', 0]],
    ['["a.b/c"]["x\\"y"]', ['a.b/c', 'x"y']],
    ['spec.new-key', ['spec', 'new-key']],
  ]
  test.each(paths)('%s leads to one place', (text, path) => {
    expect(resolvePath(OBJECT, parsePath(text))).toEqual(path)
  })

  test.each(['spec.containers[name=gone].image', 'spec.containers[name=twice]', 'spec[name=a]'])(
    '%s leads nowhere, or to more than one',
    (text) => {
      expect(resolvePath(OBJECT, parsePath(text))).toBeUndefined()
    },
  )

  test.each(['', '.', '.a', 'a.', 'a..b', 'a[', 'a[]', 'a[x]', 'a[0', '["\\x"]', 'a b', 'a[0]b'])(
    '%j is none',
    (text) => {
      expect(() => parsePath(text)).toThrow(expect.objectContaining({ code: 'MANIFEST_PATH_INVALID' }))
    },
  )

  test('that is written is read back as the same', () => {
    const step = fc.oneof(fc.string(), fc.stringMatching(/^[\w.$/-]{1,8}$/), fc.nat())
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
      { numRuns: 500 },
    )
  })
})
