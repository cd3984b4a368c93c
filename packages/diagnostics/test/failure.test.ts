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
