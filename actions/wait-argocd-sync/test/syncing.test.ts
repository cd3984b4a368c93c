import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { CLOSED, type Company, startCompany } from './company.ts'
import { step } from './step.ts'

// Syncs that the step starts itself, and looks that change nothing.

let world: TestWorld
let company: Company

async function open(automated: boolean): Promise<void> {
  world = testWorld({ pace: 10, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now, automated })
}
afterEach(() => company.close())

const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, repository: '', interval: '1s', timeout: '10m', ...inputs }, world)
const syncs = () => company.argocd.requests.filter(({ method }) => method === 'POST')

describe('where automated sync is off', () => {
  beforeEach(() => open(false))

  test('a sync that is needed is started, once', async () => {
    const { failure, outputs } = await wait({ revision: await company.commit('v2'), sync: 'if-needed' })
    expect([failure, outputs['result'], outputs['changed']]).toEqual([undefined, 'live', true])
    expect(syncs()).toHaveLength(1)
    expect(world.lines).toContain('Started a sync of churn-prod: it is OutOfSync and automated sync is off.')
  })

  test('none is started that nobody wished for: the commit is blocked, and what to do is said', async () => {
    const { failure, outputs } = await wait({ revision: await company.commit('v2') })
    expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_AUTO_SYNC_OFF' })
    expect(outputs).toMatchObject({ result: 'blocked', changed: false })
    expect(syncs()).toEqual([])
  })

  test('a token that may not sync is told which right it lacks', async () => {
    company.argocd.state.deny.push({ action: 'sync' })
    const { failure } = await wait({ revision: await company.commit('v2'), sync: 'if-needed' })
    expect(failure?.details).toMatchObject({
      kind: 'auth',
      next: expect.stringContaining('applications, sync, default/churn-prod, allow'),
    })
  })

  test('what may not be synced is told of that Application alone, where all are to be told', async () => {
    company.createApplication('fraud-prod', { path: 'churn', spec: { syncPolicy: null } })
    company.argocd.state.deny.push({ action: 'sync', application: 'fraud-prod' })
    const revision = await company.commit('v2')
    const application = 'fraud-prod,churn-prod'
    const ended = await wait({ revision, application, sync: 'if-needed', 'fail-fast': 'false' })
    expect(ended.failure?.details).toMatchObject({
      kind: 'auth',
      next: expect.stringContaining('applications, sync, default/fraud-prod, allow'),
    })
    const { items } = Object(ended.outputs['applications'])
    expect(items).toMatchObject([
      { name: 'fraud-prod', result: 'pending', reason: expect.stringContaining('permission denied') },
      { name: 'churn-prod', result: 'live' },
    ])
  })

  test('a sync that somebody else began in the same moment is waited for', async () => {
    const revision = await company.commit('v2')
    let refused = 0
    company.argocd.faults.push({
      match: ({ method }) => method === 'POST' && ++refused > 0,
      times: 1,
      respond: {
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: '{"error":"another operation is already in progress","code":9}',
      },
    })
    const { outputs } = await wait({ revision, sync: 'if-needed' })
    expect([outputs['result'], refused]).toEqual(['live', 1])
    expect(world.lines.join('\n')).toContain('Another operation of churn-prod is under way')
  })

  test('a check passes where the wait that follows will sync it, and says so', async () => {
    const { failure, outputs, summary } = await wait({ mode: 'check', sync: 'if-needed' })
    expect([failure, outputs['result']]).toEqual([undefined, 'ready'])
    expect(summary).toMatch(/^## ✅ churn\\-prod takes commits of `main` from a sync that the wait starts/)
    expect(syncs()).toEqual([])
    expect((await wait({ mode: 'check' })).failure).toMatchObject({ code: 'ARGOCD_AUTO_SYNC_OFF' })
  })

  test('a check for such a wait is stopped by a closed window all the same', async () => {
    company.argocd.state.syncWindows.push(CLOSED)
    const { failure } = await wait({ mode: 'check', sync: 'always' })
    expect(failure).toMatchObject({ code: 'ARGOCD_WINDOW' })
  })

  test('a dry run says what it would do, and does nothing', async () => {
    const revision = await company.commit('v2')
    const { failure, outputs, summary } = await wait({ revision, sync: 'if-needed', 'dry-run': 'true' })
    expect([failure, outputs['result'], outputs['changed']]).toEqual([undefined, 'pending', false])
    expect(summary).toContain('Would start a sync of churn\\-prod: it is OutOfSync and automated sync is off')
    expect(syncs()).toEqual([])
  })
})

describe('where automated sync is on', () => {
  beforeEach(() => open(true))

  test('nothing is started beside it', async () => {
    const { outputs } = await wait({ revision: await company.commit('v2'), sync: 'if-needed' })
    expect([outputs['result'], outputs['changed'], syncs()]).toEqual(['live', false, []])
  })

  test('what it has left lying for half a minute is synced', async () => {
    company.argocd.state.autoSyncStuck = true
    const { failure, outputs, seconds } = await wait({
      revision: await company.commit('v2'),
      sync: 'if-needed',
    })
    expect([failure, outputs['result'], outputs['changed']]).toEqual([undefined, 'live', true])
    expect(seconds).toBeGreaterThanOrEqual(30)
  })

  test('what differs again after its sync is synced before that is called a drift', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    const settings = { type: RESOURCES.configmaps, namespace: 'ml', name: 'settings' }
    const { store } = company.kubernetes
    const before = store.get(settings)
    store.update(settings, { ...before, metadata: { name: 'settings' }, data: { value: 'by hand' } })
    const { failure, outputs } = await wait({ revision, sync: 'if-needed' })
    expect([failure, outputs['result'], syncs().length]).toEqual([undefined, 'live', 1])
  })

  test('a sync is started where that is always wished, though nothing differs', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    const { outputs } = await wait({ revision, sync: 'always' })
    expect([outputs['result'], outputs['changed'], syncs().length]).toEqual(['live', true, 1])
  })
})

describe('one look', () => {
  beforeEach(() => open(true))
  const observe = (inputs: Readonly<Record<string, string>> = {}) => wait({ mode: 'observe', ...inputs })

  test('at a commit that is live says so, without settling', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    const { outputs, seconds, summary } = await observe({ revision })
    expect(outputs).toMatchObject({ result: 'live', revision, 'health-status': 'Healthy' })
    expect(seconds).toBeLessThan(1)
    expect(summary).toMatch(/^## ✅ churn\\-prod: live now/)
  })

  test('says of an app of apps that what it has made was not looked at, unless nobody asks for that', async () => {
    const child = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: child, namespace: argocd }
spec:
  project: default
  source: { repoURL: "${company.inputs['repository']}", path: nowhere, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: ml }
`
    const revision = await company.commitFiles({ 'churn/child.yaml': child })
    await wait({ revision, children: 'none' })
    const { summary, outputs } = await observe({ revision })
    expect(outputs['result']).toBe('live')
    expect(summary).toContain('- Not looked at: 1 Application that churn\\-prod has made')
    expect((await observe({ revision, children: 'none' })).summary).not.toContain('Not looked at')
  })

  test('needs no commit: then it is about the one that Argo CD is at', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    expect((await observe()).outputs).toMatchObject({ result: 'live', revision })
  })

  test('at a commit that is not there is green, and says what is not so', async () => {
    const { failure, outputs, summary } = await observe({ revision: 'f'.repeat(40) })
    expect([failure, outputs['result']]).toEqual([undefined, 'pending'])
    expect(summary).toContain('| ⏳ pending |')
    expect(summary).toContain('not yet at fffffff')
  })

  test('that cannot be had is a failure', async () => {
    expect((await observe({ application: 'nobody' })).failure?.kind).toBe('not-found')
    expect((await observe({ token: 'wrong' })).failure?.kind).toBe('auth')
  })

  test.each([
    [{ mode: 'observe', sync: 'always' }, 'sync: a sync is started by a wait, and `mode` is observe'],
    [{ application: '', mode: 'observe' }, 'application: is required'],
    [{ selector: 'team=ml', mode: 'observe' }, 'want one of `application`, `selector` and `applicationset`'],
    [{ application: 'a,A', mode: 'observe' }, 'application: got "a,A"; want a name'],
  ])('with inputs that do not go together is refused: %j', async (inputs, sentence) => {
    const { failure } = await wait(inputs)
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain(sentence)
  })
})
