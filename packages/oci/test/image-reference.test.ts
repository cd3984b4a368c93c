import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatImageReference,
  type ImageReference,
  parseImageReference,
  sameRepository,
} from '../src/index.ts'

const SHA = `sha256:${'9a41'.repeat(16)}`

describe('parseImageReference', () => {
  const readable: [string, ImageReference][] = [
    ['nginx', { path: 'nginx' }],
    ['team/model:v1', { path: 'team/model', tag: 'v1' }],
    ['localhost/model', { host: 'localhost', path: 'model' }],
    ['localhost:5000/model', { host: 'localhost:5000', path: 'model' }],
    ['127.0.0.1:5000/ml/churn:v2', { host: '127.0.0.1:5000', path: 'ml/churn', tag: 'v2' }],
    ['[::1]:5000/churn', { host: '[::1]:5000', path: 'churn' }],
    ['REGISTRY/churn', { host: 'REGISTRY', path: 'churn' }],
    ['ghcr.io/a/b_c/d__e/f--g:1.2_3-x', { host: 'ghcr.io', path: 'a/b_c/d__e/f--g', tag: '1.2_3-x' }],
    [`model@${SHA}`, { path: 'model', digest: SHA }],
    [
      `1234.dkr.ecr.eu-west-1.amazonaws.com/churn:v1@${SHA}`,
      { host: '1234.dkr.ecr.eu-west-1.amazonaws.com', path: 'churn', tag: 'v1', digest: SHA },
    ],
  ]
  test.each(readable)('reads %s and writes it back unchanged', (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference)
    expect(formatImageReference(reference)).toBe(text)
  })

  const refused = [
    ['nothing', ''],
    ['upper case in the path', 'team/Model'],
    ['a scheme', 'https://ghcr.io/team/model'],
    ['a blank', 'team/model v1'],
    ['a new line', 'team/model:v1\n'],
    ['a leading dash', '--upload-pack=x'],
    ['an empty tag', 'model:'],
    ['a tag with a slash', 'ghcr.io/model:a/b:c'],
    ['a tag of 129 characters', `model:${'a'.repeat(129)}`],
    ['a short digest', 'model@sha256:9a41'],
    ['an upper-case digest', `model@${SHA.toUpperCase()}`],
    ['two digests', `model@${SHA}@${SHA}`],
    ['a name of 256 characters', 'a'.repeat(256)],
    ['a host without a path', 'ghcr.io/'],
    ['a port that is no number', 'ghcr.io:x/model'],
    ['an empty path segment', 'team//model'],
    ['three underscores', 'a___b'],
    ['a host with an underscore, which the grammar alone would take for a path', 'a.a_a/model'],
    ['shell syntax', 'model:$(id)'],
  ]
  test.each(refused)('refuses %s', (_what, text) => {
    expect(() => parseImageReference(text)).toThrow('want ')
  })

  test('agrees with the grammar, and with what makes a name a host, on random text', () => {
    const component = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*'
    const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
    const anchored = new RegExp(
      `^(?:${label}(?:\\.${label})*(?::[0-9]+)?/)?${component}(?:/${component})*(?::[\\w][\\w.-]{0,127})?$`,
    )
    // `splitDockerDomain` of normalize.go: with one of these before the first slash it is a host, and must be a legal one.
    const host = new RegExp(`^${label}(?:\\.${label})*(?::[0-9]+)?$`)
    const hasLegalHost = (text: string) => {
      const [first = '', ...path] = text.split('/')
      return path.length === 0 || !/[.:A-Z]/.test(first) || host.test(first)
    }
    const alphabet = fc.string({ unit: fc.constantFrom(...'aZ09._-:/@ $\n'), maxLength: 12 })
    fc.assert(
      fc.property(alphabet, (text) => {
        expect(isReference(text)).toBe(anchored.test(text) && hasLegalHost(text))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('sameRepository', () => {
  const pairs: [string, string, boolean][] = [
    ['nginx', 'docker.io/library/nginx:1.27', true],
    ['index.docker.io/team/app', 'team/app', true],
    ['ghcr.io/team/app:v1', `ghcr.io/team/app@${SHA}`, true],
    ['GHCR.io/team/app', 'ghcr.io/team/app', true],
    ['ghcr.io/team/app', 'team/app', false],
    ['ghcr.io/team/app', 'ghcr.io/team/app2', false],
    ['localhost:5000/app', 'localhost:5001/app', false],
  ]
  test.each(pairs)('%s and %s: %s', (one, other, same) => {
    expect(sameRepository(parseImageReference(one), parseImageReference(other))).toBe(same)
  })
})

function isReference(text: string): boolean {
  try {
    parseImageReference(text)
    return true
  } catch {
    return false
  }
}
