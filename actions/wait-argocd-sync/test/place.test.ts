import { expect, test } from '@jest/globals'
import { type Application, allSources } from '@mlops-actions/argocd'
import { ANY_REVISION } from '../src/history/ancestry.ts'
import { relateTo } from '../src/history/place.ts'
import { application } from './state.ts'

const CHART = { repoURL: 'https://charts.example', targetRevision: '1.2.4', path: '', chart: 'redis' }
const VALUES = { repoURL: 'https://git.example/octo/values.git', targetRevision: 'v2', path: 'x' }

type Compared = Application['status']['sync']['comparedTo']

/** Where an Application is of which any revision will do, as far as it is what its sources name. */
async function relationOf(
  comparedTo: Compared,
  spec: Compared = { source: CHART, sources: [] },
): Promise<string> {
  const one = application({
    spec,
    status: { sync: { status: 'Synced', revision: '1.2.3', revisions: [], comparedTo } },
  })
  const [selected] = allSources(one)
  if (selected === undefined) throw new Error('the Application has a source')
  return (await relateTo(one, ANY_REVISION, { source: selected, revision: '1.2.3' })).relation
}

test('what any revision will do for is there once Argo CD has compared with what its sources name now', async () => {
  expect(await relationOf({ source: CHART, sources: [] })).toBe('same')
  expect(await relationOf({ source: { ...CHART, targetRevision: '1.2.3' }, sources: [] })).toBe('older')
  expect(await relationOf({ source: { ...CHART, chart: 'valkey' }, sources: [] })).toBe('older')
})

test('of several sources each has to be what was compared with', async () => {
  const given = { sources: [CHART, VALUES] }
  expect(await relationOf({ sources: [CHART, VALUES] }, given)).toBe('same')
  expect(await relationOf({ sources: [CHART, { ...VALUES, targetRevision: 'v1' }] }, given)).toBe('older')
  expect(await relationOf({ sources: [CHART] }, given)).toBe('older')
})
