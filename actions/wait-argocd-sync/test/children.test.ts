import { describe, expect, test } from '@jest/globals'
import { planChildren } from '../src/fleet/children.ts'
import { application, resource } from './state.ts'

const child = (name: string, more = {}) =>
  resource('Application', name, { group: 'argoproj.io', namespace: 'argocd', ...more })
const PARENT = application({
  name: 'root',
  status: {
    resources: [
      child('churn'),
      child('charts', { namespace: '' }),
      child('leaving'),
      child('unseen'),
      child('pruned', { requiresPruning: true }),
      resource('ConfigMap', 'settings'),
      resource('Application', 'of-another-group', { group: 'app.k8s.io' }),
    ],
  },
})
const CHARTS = { repoURL: 'https://charts.example', targetRevision: '1.2.3', path: '', chart: 'redis' }
const LISTED = [
  application({ name: 'churn' }),
  application({ name: 'churn', metadata: { namespace: 'elsewhere' } }),
  application({ name: 'charts', spec: { source: CHARTS } }),
  application({ name: 'leaving', metadata: { deletionTimestamp: '2026-01-15T12:00:00Z' } }),
  application({ name: 'unrelated' }),
]
const names = (applications: readonly { readonly metadata: { readonly name: string } }[]) =>
  applications.map(({ metadata }) => metadata.name)
const plan = (children: 'same-repository' | 'all' | 'none', repository?: string) =>
  planChildren(PARENT, LISTED, { children, repository })

describe('of the children of an app of apps', () => {
  test('those of its repository are waited for, and others are named', () => {
    const { ofCommit, ofThemselves, unseen, skipped } = plan('same-repository')
    expect([names(ofCommit), names(ofThemselves)]).toEqual([['churn'], []])
    expect(unseen).toEqual([{ name: 'unseen', namespace: 'argocd' }])
    expect(skipped).toEqual(['charts deploys from another repository', 'leaving is being deleted'])
  })

  test('those of other repositories are waited for as they are, where all are wished', () => {
    const { ofCommit, ofThemselves, skipped } = plan('all')
    expect([names(ofCommit), names(ofThemselves)]).toEqual([['churn'], ['charts']])
    expect(skipped).toEqual(['leaving is being deleted'])
  })

  test('the repository that is given decides, however it is spelled', () => {
    expect(names(plan('same-repository', 'octo/gitops').ofCommit)).toEqual(['churn'])
    expect(names(plan('same-repository', 'octo/other').ofCommit)).toEqual([])
  })

  test('none is waited for where that is wished, seen or not', () => {
    expect(plan('none')).toEqual({ ofCommit: [], ofThemselves: [], unseen: [], skipped: [] })
  })
})
