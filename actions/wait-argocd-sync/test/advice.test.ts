import { expect, test } from '@jest/globals'
import { createLiveJudge, type LiveState, type LiveWant, selectSources } from '@mlops-actions/argocd'
import { DEPLOYMENTS, explainTrouble } from '@mlops-actions/kubernetes/pods'
import { adviceFor } from '../src/report/advice.ts'
import { application, live, node, resource, syncAt, treeOf, unwell, WANTED } from './state.ts'

// What is advised at the end of a wait follows from what it waited for, not from the words for that.

const [source] = selectSources(application(), undefined)
if (source === undefined) throw new Error('the Application has no source')
const WANT: LiveWant = {
  revision: WANTED,
  source,
  images: [],
  storageUri: undefined,
  settle: 10_000,
  degradedGrace: 60_000,
  acceptNewer: true,
  acceptSuspended: false,
  explain: ({ trouble, namespace }) => explainTrouble(trouble, { namespace, showLogs: false }),
}

function advice(state: LiveState, want: Partial<LiveWant> = {}, missingSince?: number): string | undefined {
  const judge = createLiveJudge({ ...WANT, ...want })
  judge.evaluate(state)
  const subject = { judge, observer: { isRefreshDue: () => false, refresh: never, take: never } }
  return adviceFor({
    eyes: { uid: '', source: WANT.source, revision: WANTED, saw: () => {}, subject },
    missingSince,
  })
}
const never = () => Promise.reject(new Error('not asked for here'))

const image = 'r/churn:v2'
const deployment = DEPLOYMENTS.check({
  metadata: { name: 'churn', namespace: 'ml', uid: 'd', generation: 2 },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'c', image }] } } },
  status: { observedGeneration: 1 },
})

test.each<[string, string, LiveState, Partial<LiveWant>]>([
  [
    'the branch that is followed',
    'Set targetRevision of the Application',
    live({}, { relation: 'elsewhere' }),
    {},
  ],
  [
    'the source hydrator',
    'Look at the status of the source hydrator',
    live(),
    { source: { ...source, kind: 'hydrated' } },
  ],
  [
    'the expected version',
    'Check that the manifests of this commit name',
    live({}, { isRendered: true }),
    { images: [image] },
  ],
  [
    'an old pod to go',
    'Look at why the pod of the version before stays',
    live(
      { status: { summary: { images: [image] } } },
      {
        tree: treeOf(node('ReplicaSet', 'set'), {
          ...node('Pod', 'old', { images: ['r/churn:v1'] }),
          parentRefs: [{ kind: 'ReplicaSet', uid: 'set' }],
        }),
      },
    ),
    { images: [image] },
  ],
  [
    'a rollout',
    'Look at the events of that Deployment',
    live({}, { rollouts: [{ deployment, replicaSets: [], pods: [] }] }),
    {},
  ],
  [
    'a resource whose name reads like another reason',
    'Look at the resource that Argo CD calls unwell',
    live({
      status: {
        health: { status: 'Progressing', message: '' },
        resources: [resource('Job', 'x', unwell('Progressing', 'the sync window of Unschedulable tasks'))],
      },
    }),
    {},
  ],
  ['the sync', 'Press Sync', live({ status: { sync: syncAt('OutOfSync', WANTED) } }), {}],
])('a wait in vain for %s advises: %s', (_, words, state, want) => {
  expect(advice(state, want)).toContain(words)
})

test('a wait in vain for an Application that is gone advises to look for who deleted it', () => {
  expect(advice(live(), {}, 1)).toContain('Look at what deleted the Application')
})
