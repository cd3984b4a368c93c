import { describe, expect, test } from '@jest/globals'
import {
  cancelled,
  causeChain,
  FAILURE_KINDS,
  Failure,
  messageOf,
  toFailure,
  withDetails,
} from '../src/index.ts'

function push(more: Partial<ConstructorParameters<typeof Failure>[0]> = {}): Failure {
  return new Failure({
    kind: 'policy',
    code: 'GIT_PUSH_REFUSED',
    what: 'Cannot push the commit',
    on: 'main of git.example/gitops',
    seen: 'GH006: Protected branch update failed',
    next: 'Let the App bypass the rule.',
    ...more,
  })
}

describe('a failure', () => {
  test('is one line of four parts', () => {
    expect(push().message).toBe(
      'Cannot push the commit: main of git.example/gitops: GH006: Protected branch update failed. Let the App bypass the rule.',
    )
  })

  test('can be retried when its kind can pass by itself, unless it says otherwise', () => {
    const retryable = FAILURE_KINDS.filter((kind) => push({ kind }).retryable)
    expect(new Set(retryable)).toEqual(new Set(['conflict', 'rate-limit', 'timeout', 'upstream']))
    expect(push({ kind: 'upstream', retryable: false }).retryable).toBe(false)
  })

  test('keeps what it already knew when more is added', () => {
    const more = withDetails(push({ outputs: { 'commit-sha': 'abc' } }), {
      outputs: { 'commit-sha': 'zzz', files: 1 },
      summary: '# no',
    })
    expect(more.details).toMatchObject({
      outputs: { 'commit-sha': 'abc', files: 1 },
      summary: '# no',
      code: 'GIT_PUSH_REFUSED',
    })
  })

  test('anything else that is thrown is a defect of ours', () => {
    expect(toFailure(new TypeError('x is not a function'))).toMatchObject({
      kind: 'internal',
      retryable: false,
    })
    expect(toFailure('oops').details.seen).toBe('oops')
    expect(toFailure(undefined).kind).toBe('internal')
  })

  test.each([
    [{ code: 'ENOSPC', syscall: 'write' }, 'quota', 'a file of this step', 'the disk is full (ENOSPC: no)'],
    [{ code: 'EDQUOT', syscall: 'write' }, 'quota', 'a file of this step', 'used up'],
    [{ code: 'EROFS', path: '/w/a', syscall: 'open' }, 'config', '/w/a', 'read-only'],
    [{ code: 'EACCES', path: '/w/a', syscall: 'open' }, 'config', '/w/a', 'may not'],
  ])('a state of the machine is none: %j', (error, kind, on, seen) => {
    const failure = toFailure(Object.assign(new Error(`${error.code}: no`), error))
    expect(failure).toMatchObject({ kind, retryable: false, code: `SYSTEM_${error.code}` })
    expect(failure.details).toMatchObject({ on, seen: expect.stringContaining(seen) })
  })

  test.each([
    { code: 'EACCES', syscall: 'listen', port: 80 },
    { code: 'EACCES', syscall: 'spawn x', path: 'x' },
    { code: 'ENOENT', syscall: 'open', path: '/w/a' },
    { code: 'toString', syscall: 'write' },
  ])('what is no refused file stays a defect: %j', (error) => {
    expect(toFailure(Object.assign(new Error('no'), error)).kind).toBe('internal')
  })

  test('stays itself', () => {
    const failure = cancelled()
    expect(toFailure(failure)).toBe(failure)
  })
})

describe('causes', () => {
  test('are listed from the outside in, also when they go round', () => {
    const inner = new Error('ECONNRESET')
    const outer = new Error('fetch failed', { cause: inner })
    inner.cause = outer
    expect(causeChain(outer)).toEqual(['fetch failed', 'ECONNRESET'])
  })

  test('an aggregate says what it is made of', () => {
    expect(messageOf(new AggregateError([new Error('a'), new Error('b')]))).toBe('a; b')
    expect(messageOf(new RangeError())).toBe('RangeError')
  })
})
