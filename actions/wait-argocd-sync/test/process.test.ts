import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startIdentity } from '@mlops-actions/sandbox/identity'
import { startKubernetes } from '@mlops-actions/sandbox/kubernetes'
import { runBundle } from '../../../test/harness/bundle.ts'
import { type Company, configMap, startCompany } from './company.ts'

// What only the bundle shows. What a wait sees and decides is for scenarios.test.ts and live.test.ts.

const NOWHERE = 'f'.repeat(40)
let company: Company
beforeAll(async () => {
  company = await startCompany()
})
afterAll(() => company.close())

const wait = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
  runBundle('wait-argocd-sync', { inputs: { ...company.inputs, ...inputs }, env })

test('a commit that Argo CD syncs is live, with what was seen in outputs and summary, and the token nowhere', async () => {
  const revision = await company.commit('v2')
  const step = await wait({ revision }, { RUNNER_DEBUG: '1' })
  expect(step.errors).toEqual([])
  expect(step).toMatchObject({
    code: 0,
    outputs: {
      result: 'live',
      revision,
      'sync-status': 'Synced',
      'health-status': 'Healthy',
      phase: 'Succeeded',
    },
  })
  expect(step.summary).toContain(`✅ churn\\-prod: commit \`${revision.slice(0, 7)}\` is live`)
  expect(JSON.parse(step.outputs['lineage'] ?? '')).toMatchObject({
    application: 'churn-prod',
    commit: revision,
  })
  const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect([...shown, step.stderr, step.summary, JSON.stringify(step.outputs)].join('\n')).not.toContain(
    'argocd-token',
  )
})

test('several Applications by their label are live, each with its line in the outputs', async () => {
  const metadata = { labels: { team: 'ml' } }
  for (const name of ['fraud-prod', 'spam-prod']) company.createApplication(name, { path: name, metadata })
  const files = ['fraud-prod', 'spam-prod'].map((name) => [`${name}/settings.yaml`, configMap('v2', name)])
  const revision = await company.commitFiles(Object.fromEntries(files))
  const step = await wait({ revision, application: '', selector: 'team=ml' })
  expect([step.errors, step.outputs['result']]).toEqual([[], 'live'])
  expect(JSON.parse(step.outputs['applications'] ?? '')).toMatchObject({ total: 2, counts: { live: 2 } })
  expect(step.summary).toContain('✅ 2 Applications: commit')
})

test('in core mode a commit is seen to be live by the Kubernetes API alone', async () => {
  const cluster = await startKubernetes({ state: company.kubernetes })
  const revision = await company.commit('v4')
  const before = company.argocd.requests.length
  const access = { auth: 'kubernetes', token: '', url: '', 'kubernetes-server': cluster.url }
  const step = await wait({ ...access, 'kubernetes-token': 'admin-token', revision })
  await cluster.close()
  expect([step.errors, step.outputs['result'], step.outputs['revision']]).toEqual([[], 'live', revision])
  expect(company.argocd.requests.slice(before)).toEqual([])
})

test('a job without a secret is let in by the token that the runner gives it, and none of its tokens is shown', async () => {
  const options = { roleArn: 'arn:aws:iam::123456789012:role/ci', repository: 'octo/churn' }
  const github = await startIdentity({ ...options, admit: () => {}, now: Date.now })
  const { issuer, verify, idToken } = github
  const connectors = [{ id: 'github-actions', issuer }]
  company.argocd.state.dex = { tokenExchange: true, connectors, issuer, verify, key: 'dex' }
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: idToken.url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: idToken.token,
    RUNNER_DEBUG: '1',
  }
  const revision = await company.commit('v3')
  const step = await wait({ auth: 'github-oidc', token: '', revision }, env)
  await github.close()
  expect([step.errors, step.outputs['result']]).toEqual([[], 'live'])
  const sent = company.argocd.requests.map(({ headers }) => headers['authorization']?.split(' ')[1])
  const tokens = [...new Set(sent)].filter((token) => token !== undefined && token.split('.').length === 3)
  const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const seen = [...shown, step.stderr, step.summary, JSON.stringify(step.outputs)].join('\n')
  expect(tokens).toHaveLength(1)
  for (const token of [...tokens, idToken.token]) expect(seen).not.toContain(token)
  expect(step.masks).toEqual(expect.arrayContaining(tokens))
})

test('what Dex says of a refusal is no command to the runner', async () => {
  company.argocd.faults.push({
    match: ({ path }) => path === '/api/dex/token',
    times: 9,
    respond: {
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        error: 'invalid_request',
        error_description: '\n::set-output name=result::live',
      }),
    },
  })
  const github = await startIdentity({
    roleArn: 'r',
    repository: 'octo/churn',
    admit: () => {},
    now: Date.now,
  })
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: github.idToken.url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: github.idToken.token,
  }
  const step = await wait({ auth: 'github-oidc', token: '', revision: NOWHERE }, env)
  await github.close()
  company.argocd.faults.length = 0
  expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': 'config' } })
  expect(step.stdout.split('\n').filter((line) => line.trim().startsWith('::set-output'))).toEqual([])
})

test('a wait that is cancelled ends within five seconds', async () => {
  const cancelWhen = async (seen: () => string) => {
    while (!seen().includes('waiting for')) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const inputs = { ...company.inputs, repository: '', revision: NOWHERE }
  const step = await runBundle('wait-argocd-sync', { inputs, cancelWhen })
  expect(step).toMatchObject({ code: 130, outputs: { 'failure-kind': 'cancelled' } })
  expect(step.endedAfter).toBeLessThan(5_000)
})
