import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HOSTILE_TEXT, HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { formatPullRequest, headBranchName } from '../src/index.ts'

const TEXT = {
  title: undefined,
  message: 'Deploy churn: image\n\nMlops-Image: r/churn:v2\n',
  values: [{ name: 'image', before: 'r/churn:v1', after: 'r/churn:v2' }],
  diff: '--- a\n+++ b\n-v1\n+v2\n',
  links: [
    { text: 'Run 100', url: 'https://github.com/acme/churn/actions/runs/100' },
    { text: 'Commit', url: '' },
  ],
}

describe('the text of a pull request', () => {
  test('says what changes, shows it, and links to where it comes from', () => {
    const { title, body } = formatPullRequest(TEXT)
    expect(title).toBe('Deploy churn: image')
    expect(body).toContain('| image | `r/churn:v1` | `r/churn:v2` |')
    expect(body).toContain('```diff\n--- a\n+++ b\n-v1\n+v2')
    expect(body).toContain('- [Run 100](https://github.com/acme/churn/actions/runs/100)')
    expect(body).not.toContain('[Commit]')
  })

  test('has the title that is asked for', () => {
    expect(formatPullRequest({ ...TEXT, title: 'chore: churn v2' }).title).toBe('chore: churn v2')
  })

  test('fits into what GitHub takes, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom(...HOSTILE_TEXT, ...HOSTILE_VALUES)),
        fc.integer({ min: 0, max: 100_000 }),
        (text, length) => {
          const diff = `+${text}\n`.repeat(length / 20)
          const values = [{ name: text, before: text.repeat(100), after: text }]
          const { title, body } = formatPullRequest({ ...TEXT, message: text, diff, values })
          expect(title.length).toBeLessThanOrEqual(256)
          expect(title).not.toMatch(/[\u0000-\u001f]/)
          expect(body.length).toBeLessThan(65_536)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('mentions nobody and ends no block that it is in', () => {
    const value = '``` | @ann #12 </details> ![x](http://evil)'
    const { body } = formatPullRequest({
      ...TEXT,
      values: [{ name: '@ann', before: value, after: value }],
      diff: `+${value}\n+\`\`\`\n+# Heading`,
    })
    expect(body).not.toMatch(/^# Heading/m)
    expect(body).toContain('````diff')
    expect(body).not.toMatch(/^\| @ann/m)
  })
})

describe('the branch of a pull request', () => {
  const key = ['https://github.com/acme/churn', 'main', 'k8s/inference.yaml', 'churn', 'image']

  test('is the same for the same thing, and another for every other', () => {
    const name = headBranchName({ service: 'churn', key })
    expect(name).toMatch(/^mlops\/bump\/churn\/[0-9a-f]{10}$/)
    expect(headBranchName({ service: 'churn', key: [...key] })).toBe(name)
    const others = key.map((_, at) => headBranchName({ service: 'churn', key: key.with(at, 'x') }))
    expect(new Set([name, ...others]).size).toBe(key.length + 1)
  })

  test.each([
    ['Churn_Model.v2', 'churn-model-v2'],
    ['../..', 'service'],
    ['', 'service'],
    ['ü@{', 'service'],
    ['a'.repeat(80), 'a'.repeat(50)],
  ])('of %s is a name that git takes', (service, readable) => {
    expect(headBranchName({ service, key }).split('/')[2]).toBe(readable)
  })
})
