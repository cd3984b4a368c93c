import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { CLOSED, type Company, configMap, startCompany } from './company.ts'
import { type Ended, step } from './step.ts'

// Several Applications under one deadline, against an Argo CD that is at work.

let world: TestWorld
let company: Company

beforeEach(async () => {
  world = testWorld({ pace: 10, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now })
})
afterEach(() => company.close())

const NOBODY = { application: '', repository: '', interval: '1s', timeout: '3650d' }
const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, ...NOBODY, ...inputs }, world)

const appKey = (name: string) => ({ type: RESOURCES.applications, namespace: 'argocd', name })

/** `name: result` of each Application that the step tells of. */
function resultsOf({ outputs }: Ended): Readonly<Record<string, unknown>> {
  const { items } = Object(outputs['applications'])
  return Object.fromEntries(Array.from(items ?? [], (item) => [Object(item).name, Object(item).result]))
}

/** Everything that three Applications deploy, with that value. */
const filesWith = (value: string) => ({
  'churn/settings.yaml': configMap(value),
  'fraud/settings.yaml': configMap(value, 'fraud'),
  'spam/settings.yaml': configMap(value, 'spam'),
})

const asked = (from = 0) => company.argocd.requests.slice(from).map(({ path }) => path)

describe('several Applications', () => {
  beforeEach(async () => {
    await company.commitFiles(filesWith('v1'))
    company.createApplication('fraud-prod', { path: 'fraud', metadata: { labels: { team: 'ml' } } })
    company.createApplication('spam-prod', { path: 'spam', metadata: { labels: { team: 'ml' } } })
  })

  test('behind one closed window tell of it once, and each says that it waits for that', async () => {
    const applications = ['churn-prod', 'fraud-prod']
    company.argocd.state.syncWindows.push({ ...CLOSED, applications })
    const revision = await company.commitFiles(filesWith('v2'))
    const application = applications.join(',')
    const { outputs, summary } = await wait({ revision, application, 'fail-fast': 'false' })
    expect(outputs['applications']).toMatchObject({ counts: { blocked: 2 } })
    expect(summary.match(/0 22/g)).toHaveLength(1)
    expect(summary.match(/\| as above \|/g)).toHaveLength(2)
  })

  test('of which one has a paused Rollout say whose it is', async () => {
    const revision = await company.commitFiles({
      ...filesWith('v2'),
      'fraud/rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: model }
spec: { paused: true, strategy: { canary: { steps: [{ setWeight: 10 }] } } }
`,
    })
    const given = { revision, application: 'churn-prod,fraud-prod', 'accept-suspended': 'true' }
    const ended = wait(given)
    const { store } = company.kubernetes
    const key = { type: RESOURCES.rollouts, namespace: 'ml', name: 'model' }
    await company.until(key.type, ({ metadata }) => metadata.name === key.name)
    const observedGeneration = String(store.get(key)?.metadata.generation)
    store.update(key, { status: { observedGeneration, phase: 'Paused', currentStepIndex: 1 } }, 'status')
    const { summary, outputs } = await ended
    expect(outputs['result']).toBe('live')
    const said = 'fraud-prod: Rollout model is paused with 10 % of the traffic on the new version'
    expect(summary).toContain(`- ${said.replaceAll('-', '\\-')}`)
    expect(world.lines).toContain(`warning: ${said}`)
    const seen = await wait({ ...given, mode: 'observe' })
    expect(seen.summary).toContain(`- ${said.replaceAll('-', '\\-')}`)
  })

  test('by name are all waited for, by one stream and one list for all of them', async () => {
    const revision = await company.commitFiles(filesWith('v2'))
    const before = company.argocd.requests.length
    const ended = await wait({ revision, application: 'churn-prod\nfraud-prod, spam-prod' })
    expect([ended.failure, ended.outputs['result'], ended.outputs['revision']]).toEqual([
      undefined,
      'live',
      revision,
    ])
    expect(resultsOf(ended)).toEqual({ 'churn-prod': 'live', 'fraud-prod': 'live', 'spam-prod': 'live' })
    expect(ended.outputs['applications']).toMatchObject({ total: 3, counts: { live: 3 } })
    expect(ended.summary).toMatch(/^## ✅ 3 Applications: commit `[0-9a-f]{7}` is live/)
    expect(ended.summary).toContain('  section spam-prod')
    expect(asked(before).filter((path) => path === '/api/v1/stream/applications')).toHaveLength(1)
  })

  test('by their labels are waited for, but not one that is being deleted', async () => {
    company.createApplication('old-prod', {
      path: 'spam',
      metadata: { labels: { team: 'ml' }, deletionTimestamp: '2026-01-15T12:00:00Z' },
    })
    const ended = await wait({ revision: await company.commitFiles(filesWith('v2')), selector: 'team=ml' })
    expect(resultsOf(ended)).toEqual({ 'fraud-prod': 'live', 'spam-prod': 'live' })
    expect(ended.summary).toContain('Not waited for: old\\-prod is being deleted')
  })

  test('of an ApplicationSet are waited for by whom they name as their owner', async () => {
    const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', name: 'models', uid: 'x' }
    company.createApplication('model-a', { path: 'fraud', metadata: { ownerReferences: [owner] } })
    const ended = await wait({
      revision: await company.commitFiles(filesWith('v2')),
      applicationset: 'models',
    })
    expect(resultsOf(ended)).toEqual({ 'model-a': 'live' })
  })

  test.each<[string, Record<string, string>, string]>([
    ['a selector', { selector: 'team=nobody' }, 'the selector team=nobody'],
    ['an ApplicationSet', { applicationset: 'nobody' }, 'the ApplicationSet nobody'],
  ])('that %s matches none of are a failure after a minute', async (_, inputs, on) => {
    const { failure, seconds, outputs } = await wait({ revision: await company.commit('v2'), ...inputs })
    expect(failure?.details).toMatchObject({ kind: 'not-found', code: 'ARGOCD_NO_MATCH', on })
    expect(outputs['result']).toBe('failed')
    expect(seconds).toBeGreaterThanOrEqual(60)
    expect(seconds).toBeLessThan(70)
  })

  describe('of which one fails', () => {
    let revision: string
    beforeEach(async () => {
      const hook = `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations: { argocd.argoproj.io/hook: PostSync }\n`
      company.argocd.state.hooks.set('migrate', { phase: 'Failed', message: 'exit 1' })
      company.argocd.state.autoSyncStuck = false
      revision = await company.commitFiles({ ...filesWith('v2'), 'fraud/hook.yaml': hook })
    })

    test('end the wait at once, and the others are told as they are', async () => {
      const settle = '10m'
      const ended = await wait({ revision, settle, application: 'churn-prod,fraud-prod' })
      expect(ended.failure?.details).toMatchObject({ kind: 'workload', on: 'Application fraud-prod' })
      expect(resultsOf(ended)).toEqual({ 'churn-prod': 'pending', 'fraud-prod': 'failed' })
      expect(ended.outputs).toMatchObject({
        result: 'failed',
        applications: { counts: { failed: 1, pending: 1 } },
      })
      expect(ended.seconds).toBeLessThan(600)
      expect(ended.summary).toContain('(2 of 2 Applications are not live)')
      expect(ended.summary).toContain('| Job `migrate` | PostSync hook Failed: exit 1 |')
    })

    test('fail with the worst of what came of them, whatever their order, and each has its own end', async () => {
      company.kubernetes.store.update(appKey('spam-prod'), {
        ...company.kubernetes.store.get(appKey('spam-prod')),
        metadata: { name: 'spam-prod', namespace: 'argocd' },
        spec: { ...Object(company.kubernetes.store.get(appKey('spam-prod'))?.['spec']), syncPolicy: null },
      })
      const inputs = { 'fail-fast': 'false', application: 'churn-prod,spam-prod,fraud-prod' }
      const ended = await wait({ revision, ...inputs })
      expect(resultsOf(ended)).toEqual({
        'churn-prod': 'live',
        'spam-prod': 'blocked',
        'fraud-prod': 'failed',
      })
      expect(ended.outputs['result']).toBe('failed')
      expect(ended.failure?.details.on).toBe('Application fraud-prod')
      expect(ended.summary).toMatch(/^## ❌ fraud\\-prod: /)
      const bars = ended.summary.split('section churn-prod')[1]?.split('section')[0]?.trim().split('\n')
      expect(Number(bars?.at(-1)?.split(', ').at(-1))).toBeLessThan(30_000)
    })

    test('are all told without fail-fast, and the step fails with it all the same', async () => {
      const inputs = { 'fail-fast': 'false', application: 'churn-prod,fraud-prod,spam-prod' }
      const ended = await wait({ revision, ...inputs })
      expect(ended.failure?.details).toMatchObject({ kind: 'workload', on: 'Application fraud-prod' })
      expect(resultsOf(ended)).toEqual({ 'churn-prod': 'live', 'fraud-prod': 'failed', 'spam-prod': 'live' })
    })

    test('fail with that one, though it was the time that was over for another', async () => {
      const inputs = { 'fail-fast': 'false', settle: '10m', interval: '30s' }
      const ended = await wait({ revision, application: 'fraud-prod,churn-prod', ...inputs, timeout: '601s' })
      expect(ended.failure?.kind).toBe('workload')
      expect(ended.outputs['result']).toBe('failed')
    })
  })

  test('of which one is not visible to the token fail before anything is waited for', async () => {
    company.argocd.state.deny.push({ action: 'get', application: 'spam-prod' })
    const { failure, outputs, seconds } = await wait({
      revision: await company.commit('v2'),
      application: 'churn-prod,spam-prod',
    })
    expect([failure?.kind, outputs['result'], seconds]).toEqual(['auth', undefined, 0])
  })
})

describe('an Application that is not there yet', () => {
  test('is waited for, because an app of apps makes it in a moment', async () => {
    const revision = await company.commitFiles(filesWith('v2'))
    const ended = wait({ revision, application: 'fraud-prod' })
    while (world.sleeps.length < 5) await new Promise((resolve) => setTimeout(resolve, 2))
    company.createApplication('fraud-prod', { path: 'fraud' })
    expect((await ended).outputs['result']).toBe('live')
  })

  test('is missing after a minute, with the advice for its name', async () => {
    const { failure, outputs, seconds } = await wait({ revision: 'f'.repeat(40), application: 'nobody' })
    expect(failure?.details).toMatchObject({
      kind: 'not-found',
      seen: expect.stringMatching(/HTTP 404\), for 60 s$/),
      next: expect.stringContaining('nobody'),
    })
    expect([outputs['result'], Math.round(seconds)]).toEqual(['failed', 60])
  })
})

describe('an Application that is deleted during the wait', () => {
  const running = async (given: Readonly<Record<string, string>> = {}) => {
    const revision = await company.commit('v2')
    const ended = wait({ revision, application: 'churn-prod', settle: '10m', interval: '10s', ...given })
    while (!world.lines.some((line) => line.includes('s of 600 s')))
      await new Promise((resolve) => setTimeout(resolve, 2))
    company.kubernetes.store.remove(appKey('churn-prod'), { force: true })
    return ended
  }

  test('and does not come back is a failure after a minute', async () => {
    const { failure, outputs } = await running()
    expect(failure).toMatchObject({ kind: 'not-found', code: 'ARGOCD_GONE' })
    expect(outputs['result']).toBe('failed')
  })

  test('and made anew is judged anew', async () => {
    const ended = running()
    while (company.kubernetes.store.get(appKey('churn-prod')) !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 2))
    company.createApplication('churn-prod')
    const { failure, outputs, seconds } = await ended
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    // It has to settle once more, from the beginning.
    expect(seconds).toBeGreaterThan(600)
  })
})

describe('an app of apps', () => {
  const child = (
    name: string,
    path: string,
    repoURL = company.inputs['repository'],
  ) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: "${repoURL}", path: ${path}, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: ml }
  syncPolicy: { automated: {} }
`
  const commitRoot = (more: Readonly<Record<string, string>> = {}) => {
    const children = {
      'root/fraud.yaml': child('fraud-prod', 'fraud'),
      'root/spam.yaml': child('spam-prod', 'spam'),
    }
    return company.commitFiles({ ...filesWith('v2'), ...children, ...more })
  }
  beforeEach(() => {
    company.createApplication('root', { path: 'root' })
  })

  test('is live when its children are, which it makes itself, and theirs', async () => {
    const revision = await commitRoot({
      'root/team.yaml': child('team', 'team'),
      'team/deep.yaml': child('deep-prod', 'churn'),
    })
    const ended = await wait({ revision, application: 'root' })
    expect([ended.failure, ended.outputs['result']]).toEqual([undefined, 'live'])
    expect(resultsOf(ended)).toEqual({
      root: 'live',
      'fraud-prod': 'live',
      'spam-prod': 'live',
      team: 'live',
      'deep-prod': 'live',
    })
    expect(ended.summary).toContain('(made by team)')
  })

  test('is not live where a child is not, for all that Argo CD calls it healthy', async () => {
    const revision = await commitRoot({ 'spam/settings.yaml': 'a: [' })
    const ended = await wait({ revision, application: 'root' })
    expect(ended.failure?.details).toMatchObject({ code: 'ARGOCD_COMPARISON', on: 'Application spam-prod' })
    expect(resultsOf(ended)).toMatchObject({ root: 'live', 'spam-prod': 'failed' })
  })

  test('is waited for alone where children are none of our business', async () => {
    const revision = await commitRoot({ 'spam/settings.yaml': 'a: [' })
    const ended = await wait({ revision, application: 'root', children: 'none' })
    expect(resultsOf(ended)).toEqual({ root: 'live' })
  })

  test('says of a child of another repository that nobody waits for it, unless all are wished', async () => {
    const other = await company.github.createRepository('octo/other', {
      files: { 'x/settings.yaml': configMap('x', 'x') },
    })
    expect(other).toBeDefined()
    const theirs = child('theirs', 'x', `${company.github.url}/octo/other.git`)
    const revision = await commitRoot({ 'root/theirs.yaml': theirs })
    const same = await wait({ revision, application: 'root' })
    expect(Object.keys(resultsOf(same))).not.toContain('theirs')
    expect(same.summary).toContain('theirs deploys from another repository')
    const all = await wait({ revision, application: 'root', children: 'all' })
    expect(resultsOf(all)).toMatchObject({ theirs: 'live' })
  })

  test('moves the version of a chart: its child is live at the new one', async () => {
    const chart = (version: string) =>
      child('cache', '.', 'https://charts.example').replace(
        'targetRevision: main',
        `chart: redis, targetRevision: ${version}`,
      )
    const first = await commitRoot({ 'root/cache.yaml': chart('1.2.0') })
    await wait({ revision: first, application: 'root', children: 'all' })
    const revision = await commitRoot({ 'root/cache.yaml': chart('1.2.4') })
    const { failure, outputs } = await wait({
      revision,
      application: 'root',
      children: 'all',
      timeout: '10m',
    })
    expect(failure).toBeUndefined()
    const { items } = Object(outputs['applications'])
    expect(items).toContainEqual(
      expect.objectContaining({ name: 'cache', result: 'live', revision: '1.2.4' }),
    )
  })

  test('whose child has not been seen when the time is over names it, and is itself no news', async () => {
    company.argocd.state.deny.push({ action: 'get', application: 'spam-prod' })
    const revision = await commitRoot()
    const { failure } = await wait({ revision, application: 'root', settle: '1s', timeout: '30s' })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining(
        'root is live, and not all of its children have been seen yet: fraud-prod, spam-prod',
      ),
      next: expect.stringContaining('`children: none`'),
    })
  })

  test('with a child that the token may not see says so instead of calling it live', async () => {
    company.argocd.state.deny.push({ action: 'get', application: 'spam-prod' })
    const { failure } = await wait({ revision: await commitRoot(), application: 'root' })
    expect(failure).toMatchObject({ kind: 'auth', code: 'ARGOCD_CHILDREN_HIDDEN' })
    expect(failure?.details.seen).toContain('it made spam-prod')
  })
})
