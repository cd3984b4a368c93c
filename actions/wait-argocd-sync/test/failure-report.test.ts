import { describe, expect, test } from '@jest/globals'
import type { LiveState, PodTrouble } from '@mlops-actions/argocd'
import { chainOf } from '../src/report/chain.ts'
import { type Evidence, NO_EVIDENCE } from '../src/report/evidence.ts'
import { conditionLines, noteLines, resourceRows, warningLines } from '../src/report/findings.ts'
import { wantedAndSeen } from '../src/report/wanted-and-seen.ts'
import {
  application,
  before,
  type Changes,
  live,
  NOW,
  node,
  OLD,
  resource,
  syncAt,
  treeOf,
  unwell,
  WANTED,
} from './state.ts'

const SOURCE = {
  source: { repoURL: 'https://git.example/octo/gitops.git', targetRevision: 'main', path: 'churn' },
  index: undefined,
  kind: 'git' as const,
}
const compared = (
  state: LiveState,
  evidence: Partial<Evidence> = {},
  images: readonly string[] = [],
  { storageUri }: { storageUri?: string } = {},
) =>
  wantedAndSeen({
    state,
    eyes: { source: SOURCE, revision: WANTED },
    images,
    storageUri,
    evidence: { ...NO_EVIDENCE, ...evidence },
  })

describe('wanted and seen', () => {
  test('side by side, each with its age', () => {
    const state = live(
      {
        status: {
          sync: syncAt('OutOfSync', OLD),
          health: { status: 'Degraded', message: '', lastTransitionTime: before(200) },
          operationState: {
            phase: 'Failed',
            message: '',
            startedAt: before(50),
            finishedAt: before(40),
            retryCount: 3,
            operation: {},
          },
        },
      },
      { relation: 'older' },
    )
    const commit = (message: string) => ({ author: 'Ada', date: before(100), message })
    expect(
      compared(state, { wanted: commit('Raise the threshold\n\nbody'), current: commit('First <b>') }),
    ).toEqual([
      '| | wanted | seen |',
      '|:--|:--|:--|',
      '| revision | `aaaaaaa` Raise the threshold | `bbbbbbb` First &lt;b&gt;, an older commit ❌ |',
      '| sync | Synced | OutOfSync (compared 10 s ago) ❌ |',
      '| operation | Succeeded | Failed 40 s ago (tried again 3 times) ❌ |',
      '| health | Healthy | Degraded for 3 min 20 s ❌ |',
      '',
    ])
  })

  test('takes an image and a model that an object asks for as the verdict does, where no pod runs', () => {
    const declared = [{ on: 'InferenceService churn', images: ['r/churn:v2'], models: ['s3://m/7'] }]
    const rows = compared(live({}, { declared }), {}, ['r/churn:v2', 'r/churn:v3'], {
      storageUri: 's3://m/8',
    })
    expect(rows.filter((one) => /^\| (image|model)/.test(one))).toEqual([
      '| image | `r/churn:v2` | `r/churn:v2` ✅ |',
      '| image | `r/churn:v3` | `r/churn:v2` ❌ |',
      '| model | `s3://m/8` | `s3://m/7` ❌ |',
    ])
  })

  test('wants no commit of an Application that deploys from elsewhere', () => {
    const { evidence, ...given } = { evidence: NO_EVIDENCE, images: [], storageUri: undefined }
    const eyes = { source: SOURCE, revision: undefined }
    expect(wantedAndSeen({ state: live(), eyes, evidence, ...given })).toContain(
      '| revision | any | `aaaaaaa` ✅ |',
    )
  })

  test('has an operation that runs since when it does, and not what the last one came to', () => {
    const running = {
      phase: 'Running',
      message: 'waiting for a hook',
      startedAt: before(90),
      retryCount: 0,
      operation: {},
    }
    expect(compared(live({ operation: {}, status: { operationState: running } })).join('\n')).toContain(
      '| operation | Succeeded | Running for 1 min 30 s ❌ |',
    )
  })

  test('says nothing of how a revision relates that is not known', () => {
    const state = live({ status: { sync: syncAt('Unknown', '') } }, { relation: 'unknown' })
    expect(compared(state)).toContain('| revision | `aaaaaaa` | none ❌ |')
  })

  test('leaves out an age that Argo CD does not say', () => {
    const lines = compared(live({ status: { reconciledAt: '' } })).join('\n')
    expect(lines).toContain('| sync | Synced | Synced ✅ |')
    expect(lines).toContain('| health | Healthy | Healthy ✅ |')
  })

  test('has the images that were expected beside those that pods have', () => {
    const state = live({ status: { summary: { images: ['r/churn:v1'] } } })
    const lines = compared(state, {}, ['r/churn:v2', 'r/churn:v1'])
    expect(lines).toContain('| image | `r/churn:v2` | `r/churn:v1` ❌ |')
    expect(lines).toContain('| image | `r/churn:v1` | `r/churn:v1` ✅ |')
  })
})

describe('the chain', () => {
  const serving = { group: 'serving.kserve.io' }
  const tree = treeOf(
    node('InferenceService', 'churn', { ...serving, ...unwell('Healthy') }),
    node('Deployment', 'churn-predictor', { of: 'churn', ...unwell('Progressing', 'waiting for rollout') }),
    node('ReplicaSet', 'churn-predictor-2', { of: 'churn-predictor', ...unwell('Progressing') }),
    node('Pod', 'churn-predictor-2-x', {
      of: 'churn-predictor-2',
      ...unwell('Degraded', 'Back-off pulling image "r/churn:v2" <b>'),
      info: [{ name: 'Status Reason', value: 'ImagePullBackOff' }],
    }),
    node('Pod', 'churn-predictor-1-y', { of: 'churn-predictor-2', ...unwell('Healthy') }),
    node('ConfigMap', 'settings'),
  )
  const plain = { troubles: [], showLogs: false }

  test('leads from the Application down to the pod, past what is well', () => {
    expect(chainOf(application(), tree, plain)).toEqual([
      '- Application `churn-prod`: Synced, Healthy',
      '  - InferenceService `churn`: Healthy',
      '    - Deployment `churn-predictor`: Progressing, waiting for rollout',
      '      - Pod `churn-predictor-2-x`: Degraded, ImagePullBackOff, Back\\-off pulling image "r/churn:v2" &lt;b&gt;',
    ])
  })

  test('says of a pod what was read of it, and of its log only what may be shown', () => {
    const trouble = {
      code: 'crash-loop',
      key: 'x',
      on: 'pod x',
      reason: 'CrashLoopBackOff',
      message: 'customer 4711',
      isLog: true,
      exitCode: 3,
      patience: undefined,
    } as const
    const metadata = { uid: 'churn-predictor-2-x' }
    const troubles = [{ trouble, namespace: 'ml', pod: { metadata } }] as unknown as readonly PodTrouble[]
    const last = (showLogs: boolean) => chainOf(application(), tree, { troubles, showLogs }).at(-1)
    expect(last(false)).toMatch(/: CrashLoopBackOff \\\(exit code 3\\\)$/)
    expect(last(true)).toContain('customer 4711')
  })

  test('is empty where everything below is well, or nobody has looked', () => {
    expect(chainOf(application(), treeOf(node('ConfigMap', 'settings')), plain)).toEqual([])
    expect(chainOf(application(), undefined, plain)).toEqual([])
  })

  test('is cut where hundreds are not well, and ends where objects own each other', () => {
    const pods = Array.from({ length: 300 }, (_, at) => node('Pod', `p${at}`, unwell('Degraded')))
    const lines = chainOf(application(), treeOf(...pods), plain)
    expect([lines.length, lines.at(-1)]).toEqual([25, '- and 277 more'])
    const ring = treeOf(node('A', 'a', { of: 'b' }), node('B', 'b', { of: 'a', ...unwell('Degraded') }))
    expect(chainOf(application(), ring, plain)).toEqual([])
  })
})

describe('what is found in the Application', () => {
  const withStatus = (status: Changes['status']) => live(status === undefined ? {} : { status })

  test('are the hooks and resources that failed, and what differs, as rows', () => {
    const results = [
      {
        kind: 'Job',
        namespace: 'ml',
        name: 'migrate',
        status: '',
        message: 'exit 1',
        hookType: 'PostSync',
        hookPhase: 'Failed',
      },
      {
        kind: 'Secret',
        namespace: 'ml',
        name: 'db',
        status: 'SyncFailed',
        message: 'forbidden | <b>',
        hookType: '',
        hookPhase: '',
      },
      {
        kind: 'ConfigMap',
        namespace: 'ml',
        name: 'fine',
        status: 'Synced',
        message: '',
        hookType: '',
        hookPhase: '',
      },
    ]
    const operationState = {
      phase: 'Failed',
      message: '',
      startedAt: '',
      retryCount: 0,
      operation: {},
      syncResult: { revision: WANTED, revisions: [], resources: results },
    }
    const resources = [
      resource('ConfigMap', 'old', { status: 'OutOfSync', requiresPruning: true }),
      resource('ConfigMap', 'settings', { status: 'OutOfSync' }),
      resource('Deployment', 'churn', { health: { status: 'Degraded', message: 'no' } }),
      resource('Service', 'fine'),
    ]
    expect(resourceRows(withStatus({ operationState, resources }))).toEqual([
      '| resource | what is wrong |',
      '|:--|:--|',
      '| Job `migrate` | PostSync hook Failed: exit 1 |',
      '| Secret `db` | not applied: forbidden \\| &lt;b&gt; |',
      '| ConfigMap `old` | Git no longer has it: it has to be pruned |',
      '| ConfigMap `settings` | differs from Git |',
      '| Deployment `churn` | Degraded: no |',
      '',
    ])
    expect(resourceRows(live())).toEqual([])
  })

  test('are its conditions with their age', () => {
    const conditions = [{ type: 'SyncError', message: 'Failed last sync', lastTransitionTime: before(70) }]
    const lines = (seen: string) => conditionLines(withStatus({ conditions }), { seen })
    expect(lines('it differs')).toContain('- `SyncError` (1 min 10 s ago): Failed last sync')
    // It stands above as the cause.
    expect(lines('SyncError: Failed last sync')).toEqual([])
    expect(conditionLines(live(), { seen: '' })).toEqual([])
  })
})

describe('what is found in the cluster', () => {
  const event = (reason: string, message: string, seconds: number) => ({
    metadata: {
      name: 'e',
      namespace: 'ml',
      uid: '',
      resourceVersion: '',
      generation: 0,
      creationTimestamp: '',
      labels: {},
      annotations: {},
      ownerReferences: [],
    },
    type: 'Warning',
    reason,
    message,
    count: 3,
    lastTimestamp: before(seconds),
    involvedObject: { kind: 'Pod', name: 'churn-x' },
  })

  test('are its last warnings; what a probe was answered only where logs may be shown', () => {
    const warnings = [event('Failed', 'pull denied', 5), event('Unhealthy', 'HTTP 500: customer 4711', 9)]
    const lines = (showLogs: boolean) => warningLines({ ...NO_EVIDENCE, warnings }, NOW, showLogs).join('\n')
    expect(lines(false)).toContain('| 5.0 s ago | Pod `churn-x` | Failed ×3 | pull denied |')
    expect(lines(false)).not.toContain('4711')
    expect(lines(true)).toContain('customer 4711')
  })

  test('is what KServe noted of a model that did not load, its words only where logs may be shown', () => {
    const loadFailures = [
      { service: 'churn', reason: 'ModelLoadFailed', exitCode: 1, message: 'customer 4711' },
    ]
    const lines = (showLogs: boolean) =>
      noteLines({ ...NO_EVIDENCE, loadFailures }, { code: 'WAIT_TIMEOUT' }, showLogs).join('\n')
    expect(lines(false)).toContain(
      'InferenceService `churn`, last failure that KServe noted: ModelLoadFailed \\(exit code 1\\)',
    )
    expect(lines(false)).not.toContain('4711')
    expect(lines(true)).toContain('customer 4711')
  })

  test('is the window that is closed', () => {
    const window = { kind: 'deny', schedule: '0 22 * * *', duration: '8h' }
    const lines = (code: string) => noteLines({ ...NO_EVIDENCE, window }, { code }, false).join('\n')
    expect(lines('WAIT_TIMEOUT')).toContain('deny 0 22 \\* \\* \\*, 8h')
    // It stands above as the cause.
    expect(lines('ARGOCD_WINDOW')).toBe('')
  })
})
