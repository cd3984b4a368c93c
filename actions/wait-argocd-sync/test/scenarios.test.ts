import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RESOURCES } from '@mlops-actions/sandbox'
import { type Company, startCompany } from './company.ts'
import { step } from './step.ts'

// On a fake clock, against an Argo CD that has come to rest: every one of these would wait for minutes.

const NOWHERE = 'f'.repeat(40)
let company: Company

beforeEach(async () => {
  company = await startCompany()
})
afterEach(() => company.close())

const wait = (given: Record<string, string>) =>
  step({ ...company.inputs, timeout: '3m', interval: '5s', settle: '10s', ...given })

/** The revision, once Argo CD is Synced there and has nothing more to do. */
async function synced(revision: string): Promise<string> {
  const rest = { phase: 'Succeeded', sync: 'Synced', revision }
  await company.until(RESOURCES.applications, ({ status, operation }) => {
    const { sync, operationState } = Object(status)
    const { phase, finishedAt } = Object(operationState)
    const seen = { phase, sync: Object(sync).status, revision: Object(sync).revision }
    return operation === undefined && finishedAt !== undefined && isDeepStrictEqual(seen, rest)
  })
  return revision
}

const APP = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }

function change(spec: Record<string, unknown>): void {
  const app = company.kubernetes.store.get(APP)
  if (app === undefined) throw new Error('there is no Application')
  const { resourceVersion: _, ...metadata } = app.metadata
  const changed = JSON.parse(JSON.stringify({ ...app, metadata, spec: { ...Object(app['spec']), ...spec } }))
  company.kubernetes.store.update(APP, changed)
}

test('a commit that is not there, where no repository is given, is told as what it is', async () => {
  await synced(await company.commit('v2'))
  const { failure } = await wait({ revision: NOWHERE, repository: '' })
  expect(failure?.details).toMatchObject({
    kind: 'timeout',
    seen: expect.stringMatching(/not yet at fffffff, and whether the one contains the other is not known/),
    next: expect.stringContaining('Give `repository`'),
  })
})

describe('a commit that is not synced', () => {
  test('because a sync window is closed says which', async () => {
    company.argocd.state.syncWindows.push({
      kind: 'deny',
      schedule: '0 22 * * *',
      duration: '8h',
      applications: ['churn-prod'],
      manualSync: true,
      active: true,
    })
    const revision = await company.commit('v2')
    const { failure } = await wait({ revision })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining('a sync window keeps it from syncing (deny 0 22 * * *, 8h)'),
      next: expect.stringContaining('when the window lets it sync'),
    })
  })

  test('because automated sync missed it says what to press', async () => {
    company.argocd.state.autoSyncStuck = true
    const { failure } = await wait({ revision: await company.commit('v2') })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining('OutOfSync (ConfigMap settings), and Argo CD has not begun to sync'),
      next: expect.stringContaining('Press Sync'),
    })
  })

  test('any more because somebody changed it by hand names what differs', async () => {
    const revision = await synced(await company.commit('v2'))
    const key = { type: RESOURCES.configmaps, namespace: 'ml', name: 'settings' }
    const { resourceVersion: _, ...metadata } = company.kubernetes.store.get(key)?.metadata ?? {}
    company.kubernetes.store.update(key, { metadata: { ...metadata }, data: { value: 'by hand' } })
    const { failure } = await wait({ revision })
    expect(failure?.details).toMatchObject({
      kind: 'policy',
      seen: 'it was synced at this commit and differs again (ConfigMap settings), and self-heal is off',
    })
  })

  test('because its manifests are broken says that, and nothing of pruning', async () => {
    const revision = await company.commitFiles({ 'churn/settings.yaml': 'a: [' })
    const { failure } = await wait({ revision })
    expect(failure).toMatchObject({ kind: 'workload', code: 'ARGOCD_COMPARISON' })
  })
})

describe('an Application whose commits cannot be followed is refused', () => {
  test.each<[string, () => Record<string, unknown>, Record<string, string>, string]>([
    ['with a source hydrator', () => ({ sourceHydrator: {}, source: null }), {}, 'sourceHydrator'],
    [
      'with several repositories, where none is named',
      () => ({
        source: null,
        sources: [
          { repoURL: company.inputs['repository'], path: 'churn' },
          { repoURL: 'https://git.example/octo/values.git', ref: 'values' },
          { repoURL: 'https://charts.example', chart: 'x' },
        ],
      }),
      { repository: '' },
      'it deploys from http://127.0.0.1',
    ],
    [
      'with no source in Git',
      () => ({ source: { repoURL: 'oci://registry.example/manifests', path: '.' } }),
      { repository: '' },
      'it has no Git source',
    ],
  ])('%s', async (_, spec, inputs, seen) => {
    change(spec())
    const { failure, seconds } = await wait({ revision: NOWHERE, ...inputs })
    expect(failure).toMatchObject({ kind: 'config', code: 'ARGOCD_SOURCE' })
    expect(failure?.details.seen).toContain(seen)
    expect(seconds).toBe(0)
  })
})

test('the link leads to the Application, with one slash and in its namespace', async () => {
  const revision = await synced(await company.commit('v2'))
  const { result } = await wait({ revision, url: `${company.argocd.url}/` })
  expect(result?.outputs).toMatchObject({ url: `${company.argocd.url}/applications/argocd/churn-prod` })
})

test('a wait that ends because the token is no longer good does not say that the commit is not live', async () => {
  await synced(await company.commit('v2'))
  const match = ({ path }: { path: string }) => path.endsWith('/churn-prod')
  let looks = 0
  const respond = { status: 401, body: '{"error":"invalid session: token is expired","code":16}' }
  const headers = { 'content-type': 'application/json' }
  company.argocd.faults.push({
    match: (request) => match(request) && ++looks > 2,
    times: 99,
    respond: { ...respond, headers },
  })
  const { failure, summary } = await wait({ revision: NOWHERE, repository: '' })
  expect(failure?.kind).toBe('auth')
  expect(summary).toContain('whether commit `fffffff` is live could not be told')
})
