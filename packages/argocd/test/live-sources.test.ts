import { describe, expect, test } from '@jest/globals'
import { type LiveState, relateVersion, selectPackages, selectSources } from '../src/index.ts'
import { isApplication } from '../src/model/application.wire.ts'
import { after, judgeOf, OLD, state, WANTED } from './fixture.ts'

const DRY = 'c'.repeat(40)
const DIGEST = `sha256:${'1'.repeat(64)}`
const GIT = { repoURL: 'https://git.example/octo/gitops.git', path: 'churn', targetRevision: 'main' }
const CHART = { repoURL: 'https://charts.example', chart: 'churn', targetRevision: '1.2.0' }
const ARTIFACT = { repoURL: 'oci://registry.example/churn', path: '.', targetRevision: 'v1.2.0' }

/** An Application by its sources, at those revisions, compared with those sources. */
function at(sources: readonly object[], revisions: readonly string[], compared = sources) {
  return isApplication({
    metadata: { name: 'churn-prod' },
    spec: { sources, syncPolicy: { automated: {} } },
    status: {
      sync: { status: 'Synced', revisions, comparedTo: { sources: compared } },
      health: { status: 'Healthy' },
      operationState: { phase: 'Succeeded', syncResult: { revisions }, finishedAt: '2026-01-15T11:59:00Z' },
    },
  })
}

/** The looks of a wait for a version, at an Application that stays as it is. */
function verdictOn(application: ReturnType<typeof at>, revision: string, seconds = 60): string {
  const [source] = selectPackages(application, undefined)
  const look = (now: number): LiveState => {
    const { status, ...app } = application
    const compared = { ...app, status: { ...status, reconciledAt: new Date(now).toISOString() } }
    const relation = source === undefined ? 'unknown' : relateVersion(application, source, revision)
    return { ...state({}, { now }), application: compared, relation }
  }
  return after(seconds, look, judgeOf({ source, revision }))
}

describe('a chart beside a source in Git', () => {
  test('is live at its version, whatever that of Git is', () => {
    expect(verdictOn(at([GIT, CHART], [WANTED, '1.2.0']), '1.2.0')).toBe('done: live')
  })

  test('is not live at another version, though that is no commit and cannot be compared', () => {
    const range = { ...CHART, targetRevision: '1.*' }
    expect(verdictOn(at([GIT, range], [WANTED, '1.1.0']), '1.2.0', 900)).toBe(
      'pending: Argo CD is at 1.1.0, not at 1.2.0',
    )
  })

  test('that is pinned to another version is said to be so', () => {
    expect(verdictOn(at([GIT, CHART], [WANTED, '1.2.0']), '1.3.0')).toBe(
      'failed: config: Argo CD follows 1.2.0 (targetRevision), which 1.3.0 is not on',
    )
  })

  test('is not taken for compared where the list of revisions is that of other sources', () => {
    expect(verdictOn(at([CHART, GIT], [WANTED, '1.2.0'], [GIT, CHART]), '1.2.0')).toBe(
      'pending: Argo CD has not compared yet',
    )
  })
})

describe('an OCI artifact', () => {
  test('is live at its digest, and at the tag that was compared with', () => {
    const application = at([ARTIFACT], [DIGEST])
    expect(verdictOn(application, DIGEST)).toBe('done: live')
    expect(verdictOn(application, 'v1.2.0')).toBe('done: live')
  })

  test('is not live at a tag that Argo CD has not compared with yet', () => {
    const moved = { ...ARTIFACT, targetRevision: 'v1.3.0' }
    expect(verdictOn(at([moved], [DIGEST], [ARTIFACT]), 'v1.3.0', 900)).toBe(
      `pending: Argo CD is at ${DIGEST.slice(0, 14)}, not at v1.3.0`,
    )
  })
})

test('the source of a commit is one in Git, that of a version is none', () => {
  const application = at([CHART, GIT, ARTIFACT], ['', '', ''])
  expect(selectSources(application, undefined).map(({ index, kind }) => [index, kind])).toEqual([[1, 'git']])
  expect(selectPackages(application, undefined).map(({ index, kind }) => [index, kind])).toEqual([
    [0, 'helm'],
    [2, 'oci'],
  ])
})

describe('a source hydrator', () => {
  const HYDRATED = { phase: 'Hydrated', drySHA: DRY, hydratedSHA: WANTED, startedAt: '2026-01-15T11:58:00Z' }

  function hydrated(operation: object | undefined, more: Partial<LiveState> = {}, spec: object = {}) {
    const application = (revision: string, now: number) =>
      isApplication({
        metadata: { name: 'churn-prod' },
        spec: {
          sourceHydrator: {
            drySource: GIT,
            syncSource: { targetBranch: 'env/prod', path: 'churn' },
            ...spec,
          },
          syncPolicy: { automated: {} },
        },
        status: {
          sync: { status: 'Synced', revision },
          health: { status: 'Healthy' },
          operationState: {
            phase: 'Succeeded',
            syncResult: { revision },
            finishedAt: '2026-01-15T11:59:00Z',
          },
          reconciledAt: new Date(now).toISOString(),
          sourceHydrator: { currentOperation: operation },
        },
      })
    const revision = more.hydrated === 'older' ? OLD : WANTED
    const [source] = selectSources(application(revision, 0), undefined)
    const look = (now: number): LiveState => ({
      ...state({}, { now }),
      application: application(revision, now),
      relation: 'same',
      ...more,
    })
    return (seconds: number) => after(seconds, look, judgeOf({ source, revision: DRY }))
  }

  test('is live when what it wrote for the commit is', () => {
    expect(hydrated(HYDRATED)(30)).toBe('done: live')
    expect(hydrated(HYDRATED, { hydrated: 'newer' })(30)).toBe('done: live')
    expect(hydrated(HYDRATED, { relation: 'newer' })(30)).toBe('done: superseded')
  })

  test.each<[string, object | undefined, Partial<LiveState>, string]>([
    ['has not begun', undefined, { relation: 'unknown' }, 'the source hydrator has written no manifests yet'],
    ['is at work', { phase: 'Hydrating' }, { relation: 'unknown' }, 'the source hydrator is writing'],
    ['is at an earlier commit', HYDRATED, { relation: 'older' }, 'Argo CD is at ccccccc, not yet at ccccccc'],
    [
      'has written what is not synced',
      HYDRATED,
      { hydrated: 'older' },
      'the manifests of this commit are written as aaaaaaa, and Argo CD is at bbbbbbb',
    ],
    [
      'failed at an earlier commit',
      { ...HYDRATED, phase: 'Failed', message: 'no' },
      { relation: 'older' },
      'the source hydrator failed at an earlier commit',
    ],
    [
      'failed before this wait, at a commit that it does not name',
      { phase: 'Failed', message: 'no', startedAt: '2026-01-15T11:50:00Z' },
      { relation: 'unknown' },
      'the source hydrator failed at an earlier commit',
    ],
  ])('that %s is waited for', (_, operation, more, words) => {
    expect(hydrated(operation, more)(600)).toContain(`pending: ${words}`)
  })

  test('that fails at this commit fails the wait at once, with its message', () => {
    const message = 'Failed to hydrate: failed to get manifests: yaml: line 3'
    const words = `failed: workload: the source hydrator failed: ${message}`
    expect(hydrated({ ...HYDRATED, phase: 'Failed', message })(0)).toBe(words)
    const nameless = { phase: 'Failed', message, startedAt: '2026-01-15T12:00:01Z' }
    expect(hydrated(nameless, { relation: 'unknown' })(0)).toBe(words)
  })

  test('that leaves it to others to bring the manifests to the branch is blocked when nobody does', () => {
    const staged = hydrated(
      HYDRATED,
      { hydrated: 'diverged' },
      { hydrateTo: { targetBranch: 'env/prod-next' } },
    )
    expect(staged(25)).toContain(
      'pending: the manifests of this commit are written as aaaaaaa on env/prod-next',
    )
    expect(staged(30)).toContain(
      'failed: policy: the manifests of this commit are written as aaaaaaa on env/prod-next, and have not come to env/prod yet',
    )
  })
})
