import { describe, expect, test } from '@jest/globals'
import { filterMatches } from '../src/filter-pattern.ts'
import { expandMatrix, matrixJobName } from '../src/matrix.ts'
import { defaultPermissions, permissionViolation, readPermissions } from '../src/permissions.ts'
import { whyNotTriggered } from '../src/triggers.ts'
import { parseUses } from '../src/uses.ts'

describe('a matrix', () => {
  test.each([
    [
      'a cross product',
      { a: [1, 2], b: ['x', 'y'] },
      [
        { a: 1, b: 'x' },
        { a: 1, b: 'y' },
        { a: 2, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ],
    [
      'without the excluded',
      { a: [1, 2], b: ['x', 'y'], exclude: [{ a: 1, b: 'X' }, { a: 2 }] },
      [{ a: 1, b: 'y' }],
    ],
    ['with more in some', { a: [1, 2], include: [{ a: 1, c: true }] }, [{ a: 1, c: true }, { a: 2 }]],
    ['with one more', { a: [1], include: [{ a: 3 }, { d: 4 }] }, [{ a: 1, d: 4 }, { a: 3 }]],
    ['of included ones only', { include: [{ a: 1 }, { b: 2 }] }, [{ a: 1 }, { b: 2 }]],
    [
      'of mappings',
      { v: [{ os: 'a', n: 1 }, { os: 'b' }], exclude: [{ v: { os: 'b' } }] },
      [{ v: { os: 'a', n: 1 } }],
    ],
  ])('is %s', (_, matrix, jobs) => {
    expect(expandMatrix(matrix).map((job) => job.matrix)).toEqual(jobs)
  })

  test('names its jobs by the values of its vectors, not by those that include adds', () => {
    const [first] = expandMatrix({ a: ['linux'], v: [3.1], include: [{ a: 'linux', more: 'm' }] })
    expect(matrixJobName('test', first?.segments ?? [])).toBe('test (linux, 3.1)')
    expect(matrixJobName('x'.repeat(120), [])).toHaveLength(100)
  })

  test.each([
    ['an empty vector', { a: [] }, "Matrix vector 'a' does not contain any values"],
    ['too many jobs', { a: Array.from({ length: 257 }, (_, index) => index) }, 'exceeds the limit of 256'],
  ])('refuses %s', (_, matrix, message) => {
    expect(() => expandMatrix(matrix)).toThrow(message)
  })
})

describe('permissions', () => {
  test.each([
    [
      { 'id-token': 'write' },
      { contents: 'read' },
      "is requesting 'id-token: write', but is only allowed 'id-token: none'",
    ],
    [
      { contents: 'write', actions: 'read' },
      { contents: 'read' },
      "is requesting 'actions: read, contents: write', but is only allowed 'actions: none, contents: read'",
    ],
    [{ contents: 'read' }, { contents: 'write' }, undefined],
    ['write-all', { contents: 'write' }, expect.stringContaining('id-token: write')],
    ['read-all', 'write-all', undefined],
    [{}, {}, undefined],
  ])('of %j within %j', (requested, allowed, violation) => {
    expect(permissionViolation(readPermissions(requested) ?? {}, readPermissions(allowed) ?? {})).toEqual(
      violation,
    )
  })

  test('never grant an identity token by default', () => {
    expect(defaultPermissions('write')['id-token']).toBe('none')
    expect(defaultPermissions('read')).toEqual({ contents: 'read', packages: 'read' })
  })
})

describe('filter patterns', () => {
  test.each([
    [['main'], 'main', true],
    [['releases/*'], 'releases/1', true],
    [['releases/*'], 'releases/1/x', false],
    [['releases/**'], 'releases/1/x', true],
    [['**/docs/**'], 'docs/a.md', true],
    [['**.js'], 'src/js/index.js', true],
    [['v[12].[0-9]+.[0-9]+'], 'v1.10.1', true],
    [['*.jsx?'], 'page.js', true],
    [['src/**', '!src/**/*.md'], 'src/a/b.md', false],
    [['!a', 'a'], 'a', true],
    [['a.b'], 'axb', false],
  ])('%j matches %j: %j', (patterns, name, matches) => {
    expect(filterMatches(patterns, name)).toBe(matches)
  })
})

describe('triggers', () => {
  const push = (ref: string, changedFiles?: string[]) => ({ name: 'push', payload: {}, ref, changedFiles })
  test.each([
    ['push', push('refs/heads/main'), undefined],
    [['push', 'schedule'], push('refs/heads/main'), undefined],
    [{ pull_request: null }, push('refs/heads/main'), 'it runs on pull_request'],
    [{ push: { branches: ['main'] } }, push('refs/heads/dev'), 'dev does not match its branches'],
    [{ push: { branches: ['main'] } }, push('refs/tags/v1'), 'it filters branches and v1 is none'],
    [{ push: { tags: ['v*'] } }, push('refs/tags/v1'), undefined],
    [{ push: { 'branches-ignore': ['dev'] } }, push('refs/heads/dev'), 'dev matches its branches-ignore'],
    [
      { push: { paths: ['src/pipeline/**'] } },
      push('refs/heads/main', ['src/api.py']),
      expect.stringContaining('none of the changed files'),
    ],
    [
      { push: { paths: ['src/pipeline/**'] } },
      push('refs/heads/main', ['a', 'src/pipeline/x.py']),
      undefined,
    ],
    [
      { push: { 'paths-ignore': ['**.md'] } },
      push('refs/heads/main', ['README.md']),
      expect.stringContaining('none of the changed files'),
    ],
    [
      { repository_dispatch: { types: ['new-data-arrived'] } },
      { name: 'repository_dispatch', payload: { action: 'other' }, ref: '' },
      expect.stringContaining('not other'),
    ],
    [
      { repository_dispatch: { types: ['new-data-arrived'] } },
      { name: 'repository_dispatch', payload: { action: 'new-data-arrived' }, ref: '' },
      undefined,
    ],
    [
      { pull_request: null },
      { name: 'pull_request', payload: { action: 'labeled' }, ref: '' },
      expect.stringContaining('not labeled'),
    ],
    [
      { pull_request: { branches: ['main'] } },
      {
        name: 'pull_request',
        payload: { action: 'opened', pull_request: { base: { ref: 'main' } } },
        ref: '',
      },
      undefined,
    ],
    [
      { schedule: [{ cron: '0 2 * * *' }] },
      { name: 'schedule', payload: { schedule: '0 3 * * *' }, ref: '' },
      expect.stringContaining('scheduled at 0 2 * * *'),
    ],
    [{ schedule: [{ cron: '0 2 * * *' }] }, { name: 'schedule', payload: {}, ref: '' }, undefined],
  ])('%j by %j: %j', (on, event, reason) => {
    expect(whyNotTriggered(on, event)).toEqual(reason)
  })

  test.each([
    [{ workflow_run: { workflows: ['ci'] } }, 'workflow_run', 'on.workflow_run.workflows'],
    [{ schedule: [{ cron: '0 2 * * *', timezone: 'Europe/Berlin' }] }, 'schedule', 'on.schedule.timezone'],
  ])('a filter that this runner does not know is refused by name: %j', (on, name, feature) => {
    expect(() => whyNotTriggered(on, { name, payload: {}, ref: '' })).toThrow(
      expect.objectContaining({
        kind: 'config',
        code: 'WORKFLOW_UNSUPPORTED',
        message: expect.stringContaining(`not supported: ${feature}. Run it on GitHub`),
      }),
    )
  })
})

describe('uses', () => {
  test.each([
    ['./a/b', { kind: 'workspace', path: 'a/b' }],
    ['$/actions/x', { kind: 'self', path: 'actions/x' }],
    ['o/r@v1', { kind: 'remote', repository: 'o/r', path: '', ref: 'v1' }],
    ['o/r/a/b@feature/x', { kind: 'remote', repository: 'o/r', path: 'a/b', ref: 'feature/x' }],
  ])('%j', (uses, parsed) => {
    expect(parseUses(uses)).toEqual(parsed)
  })

  test.each(['$/', '$/a@v1', 'o/r', 'nothing'])('refuses %j', (uses) => {
    expect(() => parseUses(uses)).toThrow()
  })
})
