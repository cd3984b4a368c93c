import { describe, expect, test } from '@jest/globals'
import { isSameRepository, type LiveState } from '../src/index.ts'
import { after, judgeOf, OLD, SECOND, type Shape, START, state, text, WANTED } from './fixture.ts'

describe('a commit is live', () => {
  test('when everything is good twice, the second time after a refresh, and has settled', () => {
    const judge = judgeOf()
    expect(text(judge.evaluate(state()))).toBe('pending: synced and healthy; looking once more')
    expect(text(judge.evaluate(state({}, { now: START + 5 * SECOND, refreshed: false })))).toBe(
      'pending: synced and healthy; looking once more',
    )
    expect(text(judge.evaluate(state({}, { now: START + 6 * SECOND })))).toBe(
      'pending: synced and healthy for 6 s of 10 s',
    )
    expect(text(judge.evaluate(state({}, { now: START + 10 * SECOND })))).toBe('done: live')
  })

  test('not by a refresh that was answered without a comparison', () => {
    const lost = (at: number) => state({ reconciledAt: '2026-01-15T12:00:00Z' }, { now: START + at * SECOND })
    const judge = judgeOf()
    for (const at of [0, 5, 10, 60])
      expect(text(judge.evaluate(lost(at)))).toBe('pending: synced and healthy; looking once more')
    expect(text(judge.evaluate(state({}, { now: START + 65 * SECOND })))).toBe('done: live')
  })

  test('by any later comparison: a refresh may do its work and never be answered', () => {
    const unanswered = (now: number) =>
      state({ reconciledAt: new Date(now).toISOString() }, { now, refreshed: false })
    expect(after(30, unanswered)).toBe('done: live')
  })

  test('with the looks that matter coming soon, the first of them after a refresh', () => {
    const judge = judgeOf()
    expect([judge.wantsRefresh, judge.dueIn(START)]).toEqual([false, undefined])
    judge.evaluate(state())
    expect([judge.wantsRefresh, judge.dueIn(START)]).toEqual([true, 1_300])
    judge.evaluate(state({}, { now: START + SECOND }))
    expect([judge.wantsRefresh, judge.dueIn(START + 4 * SECOND)]).toEqual([false, 6 * SECOND])
  })

  test('not when it was good, then was not, and is again: the time starts anew', () => {
    const judge = judgeOf()
    judge.evaluate(state())
    judge.evaluate(state({}, { now: START + 9 * SECOND }))
    expect(text(judge.evaluate(state({ health: 'Progressing' }, { now: START + 10 * SECOND })))).toBe(
      'pending: synced, health Progressing',
    )
    expect(text(judge.evaluate(state({}, { now: START + 11 * SECOND })))).toContain('looking once more')
  })

  test('never at the old commit, however Synced and Healthy it is', () => {
    expect(after(900, (now) => state({ revision: OLD }, { now, relation: 'older' }))).toBe(
      'pending: Argo CD is at bbbbbbb, not yet at aaaaaaa',
    )
    expect(after(900, (now) => state({ revision: 'main' }, { now }))).toBe(
      'pending: Argo CD has not compared yet',
    )
  })

  test('as superseded when a newer commit that contains it is live', () => {
    const newer = (now: number) => state({ revision: OLD }, { now, relation: 'newer' })
    expect(after(30, newer)).toBe('done: superseded')
    expect(after(30, newer, judgeOf({ acceptNewer: false }))).toContain(
      'failed: conflict: Argo CD is already at bbbbbbb',
    )
  })
})

describe('a newer commit', () => {
  const hook = { kind: 'Job', name: 'migrate', hookType: 'PostSync', hookPhase: 'Failed', message: 'exit 1' }

  test('whose own hook failed is not live for all that it is Synced and Healthy', () => {
    const broken = { revision: OLD, phase: 'Failed', syncResources: [hook] }
    expect(text(judgeOf().evaluate(state(broken, { relation: 'newer' })))).toBe(
      'failed: workload: the sync of the newer commit bbbbbbb failed: Failed it\nJob migrate: exit 1',
    )
  })

  const failedBefore = { revision: OLD, phase: 'Failed', operationRevision: WANTED, syncResources: [hook] }

  test('that has yet to be synced may mend a failed sync of the wanted one', () => {
    const mending = { ...failedBefore, sync: 'OutOfSync' }
    const more = { relation: 'newer', operated: 'same' } as const
    expect(text(judgeOf().evaluate(state(mending, more)))).toBe('pending: OutOfSync, no sync has started yet')
  })

  test.each(['same', 'newer'] as const)(
    'that changes nothing here does not hide that the last sync, of a commit that is %s, failed',
    (operated) => {
      expect(text(judgeOf().evaluate(state(failedBefore, { relation: 'newer', operated })))).toBe(
        `failed: workload: the sync of aaaaaaa failed, and none came since: Failed it\nJob migrate: exit 1`,
      )
    },
  )

  test('is not held to what failed before the wanted one', () => {
    const stale = { ...failedBefore, operationRevision: 'c'.repeat(40) }
    expect(after(30, (now) => state(stale, { now, relation: 'newer', operated: 'older' }))).toBe(
      'done: superseded',
    )
  })
})

describe('what can never become live fails at once', () => {
  test.each<[string, Shape, Partial<LiveState>, string]>([
    [
      'being deleted',
      { deletionTimestamp: '2026-01-15T12:00:00Z' },
      {},
      'failed: not-found: the Application is being deleted',
    ],
    [
      'skip-reconcile',
      { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
      {},
      'failed: policy',
    ],
    [
      'a failed sync of this commit',
      { phase: 'Failed', sync: 'OutOfSync' },
      {},
      'failed: workload: the sync of this commit failed: Failed it',
    ],
    [
      'a failed PostSync hook behind Synced and Healthy',
      {
        phase: 'Failed',
        syncResources: [
          { kind: 'Job', name: 'migrate', hookType: 'PostSync', hookPhase: 'Failed', message: 'exit 1' },
        ],
      },
      {},
      'failed: workload: the sync of this commit failed: Failed it\nJob migrate: exit 1',
    ],
    [
      'retries used up',
      { sync: 'OutOfSync', conditions: [{ type: 'SyncError', message: 'Failed last sync attempt' }] },
      {},
      'failed: workload: Failed last sync attempt',
    ],
  ])('%s', (_, shape, more, wanted) => {
    expect(text(judgeOf().evaluate(state(shape, more)))).toContain(wanted)
  })
})

describe('what may pass is waited for', () => {
  test('a failed operation of an older commit is stale', () => {
    const stale = state({ phase: 'Failed', operationRevision: OLD })
    expect(text(judgeOf().evaluate(stale))).toContain('pending: synced and healthy')
  })

  test('a failed sync of this commit, while another one has been asked for', () => {
    const asked = { phase: 'Failed', sync: 'OutOfSync', operation: { sync: { revision: WANTED } } }
    expect(text(judgeOf().evaluate(state(asked)))).toBe('pending: syncing: starting')
    expect(text(judgeOf().evaluate(state({ ...asked, sync: 'Synced' })))).toBe('pending: syncing: starting')
  })

  test('health that was judged before the sync ended says nothing', () => {
    const early = state({ finishedAt: '2026-01-15T12:00:05Z', reconciledAt: '2026-01-15T12:00:00Z' })
    expect(text(judgeOf().evaluate(early))).toBe('pending: synced; health has not been judged since')
  })

  test('Degraded is a failure only after its grace', () => {
    const degraded = (now: number) =>
      state(
        {
          health: 'Degraded',
          resources: [
            { kind: 'InferenceService', name: 'churn', health: { status: 'Degraded', message: 'no' } },
          ],
        },
        { now },
      )
    expect(after(55, degraded)).toContain('pending: synced, health Degraded')
    expect(after(60, degraded)).toBe('failed: workload: Degraded\nInferenceService churn: no')
  })

  test('a branch without the commit is a failure only when it has been so for a while', () => {
    const elsewhere = (now: number) =>
      state({ revision: OLD, targetRevision: 'prod' }, { now, relation: 'diverged' })
    expect(after(15, elsewhere)).toBe(
      'pending: Argo CD is at bbbbbbb, which does not contain aaaaaaa (it follows prod)',
    )
    expect(after(20, elsewhere)).toContain('failed: conflict: Argo CD is at bbbbbbb, which does not contain')
  })

  describe('a comparison error', () => {
    const broken = (message: string) => (now: number) => {
      const conditions = [{ type: 'ComparisonError', message }]
      return state({ revision: OLD, conditions }, { now, relation: 'older' })
    }
    const GENERATING =
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: '

    test('of reaching the repository is a failure only after a minute', () => {
      for (const message of [`${GENERATING}failed to list refs: dial tcp: i/o timeout`, 'cache is cold']) {
        expect(after(55, broken(message))).toContain('pending')
        expect(after(60, broken(message))).toBe(`failed: workload: ComparisonError: ${message}`)
      }
    })

    test('of the manifests is one after half of that, where Argo CD has compared twice', () => {
      const bad = broken(`${GENERATING}yaml: line 3`)
      expect(after(20, bad)).toContain('pending')
      expect(after(25, bad)).toBe(`failed: workload: ComparisonError: ${GENERATING}yaml: line 3`)
      const once = (now: number) => bad(Math.min(now, START + 5 * SECOND))
      expect(after(300, (now) => ({ ...once(now), now }))).toContain('pending')
    })
  })

  describe('an Application that follows something else than the branch of the commit', () => {
    const pinned = (relation: LiveState['relation']) => (now: number) =>
      state({ revision: OLD, targetRevision: OLD }, { now, relation })

    test('says at once that it is pinned to another commit, and fails when nobody moves it', () => {
      for (const relation of ['older', 'unknown', 'elsewhere'] as const) {
        expect(after(25, pinned(relation))).toBe(
          'pending: Argo CD is at bbbbbbb, and its targetRevision is that very commit, so it follows no branch',
        )
        expect(after(30, pinned(relation))).toContain('failed: config: Argo CD is at bbbbbbb, and its target')
      }
    })

    test('is not taken for pinned before Argo CD has compared again, nor where it is pinned to a newer', () => {
      const lost = (now: number) => ({ ...pinned('older')(START), now })
      expect(after(600, lost)).toContain('pending')
      expect(after(30, pinned('newer'))).toBe('done: superseded')
    })

    test('is waited for where the one that makes it moves it to the commit', () => {
      const moved = (now: number) =>
        now < START + 20 * SECOND ? pinned('older')(now) : state({ targetRevision: WANTED }, { now })
      expect(after(60, moved)).toBe('done: live')
    })

    test.each(['prod', 'v1.0.0'])('says so of %s, and fails after half a minute', (targetRevision) => {
      const elsewhere = (now: number) =>
        state({ revision: OLD, targetRevision }, { now, relation: 'elsewhere' })
      expect(after(25, elsewhere)).toBe(
        `pending: Argo CD follows ${targetRevision} (targetRevision), which aaaaaaa is not on`,
      )
      expect(after(30, elsewhere)).toContain(`failed: config: Argo CD follows ${targetRevision}`)
    })
  })

  describe('what Argo CD said before this wait', () => {
    const before = '2026-01-15T11:50:00Z'

    test('of manifests that this commit corrects is no failure until it has compared again', () => {
      const conditions = [{ type: 'ComparisonError', message: 'bad yaml' }]
      const broken = { revision: OLD, sync: 'Unknown', conditions, reconciledAt: before }
      expect(after(600, (now) => state(broken, { now, relation: 'older' }))).toContain('pending')
    })

    test('of a commit that was force-pushed away is no failure until it has compared again', () => {
      const gone = { revision: OLD, reconciledAt: before, finishedAt: before }
      expect(after(600, (now) => state(gone, { now, relation: 'diverged' }))).toContain('pending')
    })

    test.each(['InvalidSpecError', 'UnknownError'])(
      'of the specification (%s) counts: there is no comparison',
      (type) => {
        const conditions = [{ type, message: 'no project' }]
        const invalid = { revision: OLD, sync: 'Unknown', conditions, reconciledAt: before }
        expect(after(60, (now) => state(invalid, { now, relation: 'older' }))).toContain(
          `${type}: no project`,
        )
      },
    )
  })

  test('Degraded gets its grace anew after a sync', () => {
    const judge = judgeOf()
    for (let at = 0; at <= 250; at += 10) {
      const phase = at > 30 && at < 200 ? 'Running' : 'Succeeded'
      const seen = text(judge.evaluate(state({ health: 'Degraded', phase }, { now: START + at * SECOND })))
      expect(seen).toContain('pending')
    }
  })

  test('a newer commit gets the time to begin its sync anew', () => {
    const judge = judgeOf()
    const out = { sync: 'OutOfSync', automated: null, operationRevision: 'c'.repeat(40) }
    for (let at = 0; at <= 50; at += 5) {
      const more = { now: START + at * SECOND, ...(at > 25 ? { relation: 'newer' as const } : {}) }
      const seen = text(judge.evaluate(state({ ...out, revision: at > 25 ? OLD : WANTED }, more)))
      expect(seen).toContain('pending')
    }
  })

  test('a trial run of this commit is no sync of it, however it ends', () => {
    for (const phase of ['Failed', 'Succeeded']) {
      const trial = {
        phase,
        dryRun: true,
        sync: 'OutOfSync',
        resources: [{ kind: 'Service', name: 'x', status: 'OutOfSync' }],
      }
      expect(after(60, (now) => state(trial, { now }))).toContain('pending')
    }
  })

  test('OutOfSync with automated sync off is a policy failure after half a minute, not the deadline', () => {
    expect(after(60, (now) => state({ sync: 'OutOfSync', automated: null }, { now }))).toContain(
      'failed: policy: it is OutOfSync and automated sync is off',
    )
    expect(
      after(60, (now) => state({ sync: 'OutOfSync', automated: { enabled: false } }, { now })),
    ).toContain('failed: policy')
    expect(
      after(60, (now) =>
        state(
          {
            sync: 'OutOfSync',
            resources: [{ kind: 'Service', name: 'x', status: 'OutOfSync', requiresPruning: true }],
          },
          { now },
        ),
      ),
    ).toContain('pruned')
  })

  describe('OutOfSync with automated sync on', () => {
    const different = [{ kind: 'Service', name: 'x', status: 'OutOfSync' }]
    const out = (shape: Shape, more: Partial<LiveState> = {}) =>
      after(600, (now) => state({ sync: 'OutOfSync', resources: different, ...shape }, { now, ...more }))

    test('after a sync of this very commit is drift, which nothing but self-heal would mend', () => {
      expect(out({})).toBe(
        'failed: policy: it was synced at this commit and differs again (Service x), and self-heal is off',
      )
      expect(out({ automated: { selfHeal: true } })).toContain('pending: OutOfSync (Service x)')
    })

    test('and no sync of this commit waits, unless a sync window keeps it waiting', () => {
      const blocking = { kind: 'deny', schedule: '0 22 * * *', duration: '8h' }
      expect(out({ operationRevision: OLD }, { blocking })).toBe(
        'failed: policy: OutOfSync; a sync window keeps it from syncing (deny 0 22 * * *, 8h)',
      )
      expect(out({ operationRevision: OLD })).toContain('has not begun to sync although automated sync is on')
    })

    test('and pruning only is left to the window that keeps it from pruning, where automated sync prunes', () => {
      const blocking = { kind: 'deny', schedule: '0 22 * * *', duration: '8h' }
      const resources = [{ ...different[0], requiresPruning: true }]
      const pruning = { operationRevision: OLD, automated: { prune: true }, resources }
      expect(out(pruning, { blocking })).toContain('failed: policy: OutOfSync; a sync window keeps it from')
    })

    test('fails by the SyncError of this commit, and not by the one of an earlier', () => {
      const error = (commit: string) => ({
        operationRevision: OLD,
        conditions: [{ type: 'SyncError', message: `Failed last sync attempt to [${commit}]: no` }],
      })
      expect(out(error(WANTED))).toContain('failed: workload: Failed last sync attempt')
      expect(out(error(OLD))).toContain('pending: OutOfSync')
    })
  })

  test('a manifest that cannot be compared is said to be that, also where Argo CD names the commit', () => {
    const unknown = (now: number) =>
      state({ sync: 'Unknown', conditions: [{ type: 'ComparisonError', message: 'bad yaml' }] }, { now })
    expect(after(55, unknown)).toBe('pending: Argo CD could not compare: ComparisonError: bad yaml')
    expect(after(60, unknown)).toBe('failed: workload: ComparisonError: bad yaml')
  })

  test('a sync that runs or is being retried says so, and of which commit', () => {
    const running = { phase: 'Running', sync: 'OutOfSync' }
    const retrying = { ...running, finishedAt: '2026-01-15T11:59:00Z', retryCount: 2 }
    const seen = (shape: Shape) => text(judgeOf().evaluate(state(shape)))
    expect(seen(running)).toBe('pending: syncing: Running it')
    expect(seen(retrying)).toBe('pending: the sync is being retried: Running it')
    expect(seen({ ...retrying, operationRevision: OLD })).toBe(
      'pending: the sync of an earlier commit is being retried: Running it',
    )
  })

  test('what keeps the Application from being healthy is named, where Argo CD itself does not', () => {
    const message = 'PredictorReady is False, since MinimumReplicasUnavailable.\nIngressReady is Unknown'
    const health = { status: 'Progressing', message }
    const resources = [
      { kind: 'ConfigMap', name: 'settings' },
      { kind: 'InferenceService', name: 'churn', health },
    ]
    expect(after(600, (now) => state({ health: 'Progressing', resources }, { now }))).toBe(
      'pending: synced, health Progressing: InferenceService churn: PredictorReady is False, since MinimumReplicasUnavailable. IngressReady is Unknown',
    )
  })

  test('Suspended counts as healthy only where it may', () => {
    expect(after(600, (now) => state({ health: 'Suspended' }, { now }))).toBe(
      'pending: synced, health Suspended',
    )
    expect(
      after(30, (now) => state({ health: 'Suspended' }, { now }), judgeOf({ acceptSuspended: true })),
    ).toBe('done: live')
  })
})

describe('a repository', () => {
  test.each([
    ['https://git.example/Octo/GitOps.git', 'git@git.example:octo/gitops', true],
    ['https://user@git.example/octo/gitops/', 'octo/gitops', true],
    ['ssh://git@git.example:2222/octo/gitops', 'ssh://git.example:2222/octo/gitops.git', true],
    ['https://git.example/octo/gitops', 'https://git.example/octo/gitops2', false],
    ['https://git.example/octo/gitops', 'gitops', true],
    ['https://git.example/octo/notgitops', 'gitops', false],
  ])('%s and %s', (a, b, same) => expect(isSameRepository(a, b)).toBe(same))
})
