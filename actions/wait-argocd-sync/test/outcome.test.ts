import { describe, expect, test } from '@jest/globals'
import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import { countsOf, resultOf, worstOf } from '../src/fleet/outcome.ts'

const failure = (kind: FailureKind, code: string) =>
  new Failure({ kind, code, what: 'x', on: 'x', seen: 'x', next: 'x' })

describe('a failure', () => {
  test.each<[FailureKind, string, string | undefined]>([
    ['policy', 'ARGOCD_AUTO_SYNC_OFF', 'blocked'],
    ['policy', 'ARGOCD_WINDOW', 'blocked'],
    ['policy', 'HTTP_403', 'blocked'],
    ['policy', 'ROLLOUT_CREATE_REFUSED', 'failed'],
    ['quota', 'ROLLOUT_CREATE_REFUSED', 'failed'],
    ['workload', 'ARGOCD_SYNC_FAILED', 'failed'],
    ['config', 'ARGOCD_PINNED', 'failed'],
    ['conflict', 'ARGOCD_SUPERSEDED', 'failed'],
    ['not-found', 'HTTP_404', 'failed'],
    ['timeout', 'WAIT_TIMEOUT', 'timeout'],
    ['timeout', 'HTTP_TIMEOUT', undefined],
    ['auth', 'HTTP_401', undefined],
    ['upstream', 'HTTP_503', undefined],
    ['cancelled', 'CANCELLED', undefined],
  ])('of kind %s and code %s has the result %s', (kind, code, result) => {
    expect(resultOf(failure(kind, code))).toBe(result)
  })
})

test('the step is called after its worst Application', () => {
  expect(worstOf(['live', 'superseded', 'live'])).toBe('superseded')
  expect(worstOf(['pending', 'timeout', 'blocked', 'failed', 'live'])).toBe('failed')
  expect(worstOf([])).toBeUndefined()
})

test('results are counted, those that there are', () => {
  expect(countsOf(['live', 'failed', 'live'])).toEqual({ failed: 1, live: 2 })
})
