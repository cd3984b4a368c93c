import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createConcurrencyGroups } from '@mlops-actions/workflow-runner'
import { openScripted, type Part, type Play, type Played, ranSteps, type Scripted } from './scripted.ts'

const COMMIT = '4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a'
const BACK = 'b7710aab7710aab7710aab7710aab7710aab7710'
const OLD = { image: 'r.example/churn@sha256:01', model: 's3://ml/churn/0d83/' }
const NEW = { image: 'r.example/churn@sha256:9a', model: 's3://ml/churn/fede/' }

let scripted: Scripted
beforeAll(() => {
  scripted = openScripted()
})
afterAll(() => scripted.close())

/** What bump-kserve-image leaves behind: outputs, and the report with the same values. */
function wrote(
  before: typeof OLD,
  after: typeof OLD,
  commit: string,
  more: Record<string, unknown> = {},
): Part {
  const values = [
    { field: 'image', before: before.image, after: after.image },
    { field: 'storage-uri', before: before.model, after: after.model },
  ]
  return {
    outputs: {
      changed: true,
      'from-this-run': true,
      'commit-sha': commit,
      'previous-image': before.image,
      'new-image': after.image,
      'previous-storage-uri': before.model,
      'new-storage-uri': after.model,
      lineage: { commit },
      ...more,
    },
    report: {
      outcome: 'changed',
      'from-this-run': true,
      branch: 'octo/gitops main',
      commit,
      values,
      ...more,
    },
  }
}

const BUMPED = wrote(OLD, NEW, COMMIT)
const FOUND = wrote(OLD, NEW, COMMIT, { changed: false, outcome: 'already-there', 'from-this-run': false })
const FAILS: Part = { fails: true }
const GOOD: Record<string, Part> = { bump: BUMPED, rollback: wrote(NEW, OLD, BACK) }

const TOKEN = '      argocd-token: ${{ secrets.ARGOCD_TOKEN }}\n'
const BY_TOKENS = {
  access: 'argocd-url: https://argocd.example\n      kubernetes-server: https://kubernetes.example',
}

function deploy(
  script: Record<string, Part>,
  options: Play['options'] = {},
  secrets = TOKEN + KUBERNETES + SLACK,
  { access } = BY_TOKENS,
): Promise<Played> {
  const job = `
    permissions: { contents: read, id-token: write }
    with:
      gitops-repository: octo/gitops
      manifest: apps/churn/inference.yaml
      service: churn
      namespace: ml
      registry: r.example
      repository: churn
      digest: sha256:9a
      storage-uri: ${NEW.model}
      model-version: 7be0c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir
      data-md5: 0d83c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir
      kfp-run: run-7
      freeze-file: FREEZE
      ${access}
      application: churn-prod
      request: '{"instances": [[1]], "predictions": [0]}'
      expected-response: '{"predictions": [0]}'
    secrets:
      gitops-token: \${{ secrets.GITOPS_TOKEN }}
${secrets}`
  return scripted.play({ workflow: 'mlops-deploy.yml', job, script: { ...GOOD, ...script }, options })
}
const KUBERNETES = '      kubernetes-token: ${{ secrets.KUBERNETES_TOKEN }}\n'
const SLACK = '      slack-webhook: ${{ secrets.SLACK_WEBHOOK }}\n'

const CHECKS = ['syncable', 'provable']

/** What was done once the checks had found nothing in the way. */
function steps({ calls }: Played): readonly string[] {
  return calls.map(({ step }) => step).filter((step) => !CHECKS.includes(step))
}

function inputsOf({ calls }: Played, step: string): Readonly<Record<string, string>> {
  return calls.find((call) => call.step === step)?.inputs ?? {}
}

const FORWARD = ['bump', 'sync', 'health']
const WAY_BACK = ['rollback', 'resync', 'restored']

describe('the way to Argo CD and to the cluster', () => {
  const WAITS = ['syncable', 'sync', 'resync']
  const PROOFS = ['provable', 'health', 'restored']
  /** What all of those steps are given of access, which has to be one and the same. */
  const accessOf = (played: Played, steps: readonly string[]) => {
    const names = ['url', 'auth', 'token', 'kubernetes-server', 'kubernetes-token', 'ca-cert']
    const all = [...names, 'eks-cluster', 'workload-eks-cluster', 'role-to-assume', 'aws-region']
    const given = steps.map((step) => {
      const inputs = Object.entries(inputsOf(played, step))
      return Object.fromEntries(inputs.filter(([name, value]) => all.includes(name) && value !== ''))
    })
    for (const other of given) expect(other).toEqual(given[0])
    return given[0]
  }
  const play = (access: readonly string[], secrets = '') =>
    deploy({ health: FAILS }, {}, secrets, { access: access.join('\n      ') })
  const ROLE = 'role-to-assume: arn:aws:iam::123456789012:role/reader'
  const role = { 'role-to-assume': 'arn:aws:iam::123456789012:role/reader', 'aws-region': 'eu-west-1' }

  test('are two tokens, and neither sees what is of the other', async () => {
    const played = await deploy({ health: FAILS })
    expect(accessOf(played, WAITS)).toEqual({
      url: 'https://argocd.example',
      auth: 'token',
      token: expect.stringMatching(/./),
    })
    expect(accessOf(played, PROOFS)).toEqual({
      'kubernetes-server': 'https://kubernetes.example',
      'kubernetes-token': expect.stringMatching(/./),
    })
  })

  test('is the identity of the job, where Dex lets it in', async () => {
    const access = ['argocd-url: https://argocd.example', 'argocd-auth: github-oidc']
    const played = await play([...access, 'kubernetes-server: https://kubernetes.example'], KUBERNETES)
    expect(accessOf(played, WAITS)).toEqual({ url: 'https://argocd.example', auth: 'github-oidc' })
  })

  test('is one EKS cluster, by AWS credentials alone, where Argo CD is in core mode there', async () => {
    const access = ['argocd-auth: kubernetes', 'eks-cluster: ml', 'aws-region: eu-west-1', ROLE]
    const played = await play(access)
    expect(accessOf(played, WAITS)).toEqual({ auth: 'kubernetes', 'eks-cluster': 'ml', ...role })
    expect(accessOf(played, PROOFS)).toEqual({ 'eks-cluster': 'ml', ...role })
  })

  test('are two EKS clusters, where Argo CD deploys to another one', async () => {
    const clusters = ['eks-cluster: ml', 'argocd-eks-cluster: hub', 'aws-region: eu-west-1']
    const played = await play(['argocd-auth: kubernetes', ...clusters, ROLE])
    const both = { 'eks-cluster': 'hub', 'workload-eks-cluster': 'ml' }
    expect(accessOf(played, WAITS)).toEqual({ auth: 'kubernetes', ...both, ...role })
    expect(accessOf(played, PROOFS)).toEqual({ 'eks-cluster': 'ml', ...role })
  })

  test('is one Kubernetes token, where Argo CD is in core mode in any cluster', async () => {
    const access = ['argocd-auth: kubernetes', 'kubernetes-server: https://kubernetes.example']
    const played = await play(access, KUBERNETES)
    const cluster = {
      'kubernetes-server': 'https://kubernetes.example',
      'kubernetes-token': expect.stringMatching(/./),
    }
    expect(accessOf(played, WAITS)).toEqual({ auth: 'kubernetes', ...cluster })
    expect(accessOf(played, PROOFS)).toEqual(cluster)
  })
})

describe('a deployment', () => {
  test('says in its commit whose model it is and where it goes, and its way back knows no freeze', async () => {
    const played = await deploy({ health: FAILS })
    const place = { name: 'churn', namespace: 'ml', environment: 'production' }
    expect(inputsOf(played, 'bump')).toMatchObject({
      ...place,
      'model-version': '7be0c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir',
      'data-md5': '0d83c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir',
      'kfp-run': 'run-7',
      'freeze-file': 'FREEZE',
      'allow-downgrade': 'false',
    })
    expect(inputsOf(played, 'rollback')).toMatchObject(place)
    expect(inputsOf(played, 'rollback')['freeze-file'] ?? '').toBe('')
  })

  test('that is proven is live, and nothing goes back', async () => {
    const played = await deploy({})
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['success', 'live'])
    expect(steps(played)).toEqual(FORWARD)
    expect(played.outputs).toMatchObject({
      'commit-sha': COMMIT,
      'previous-image': OLD.image,
      'previous-storage-uri': OLD.model,
    })
    expect(JSON.parse(played.outputs['lineage'] ?? '')).toEqual([{ commit: COMMIT }, null, null, null, null])
    expect(played.messages).toEqual([expect.stringContaining('churn serves its new version on production.')])
  })

  test('that is not synced is taken back and proven, in the same job', async () => {
    const played = await deploy({ sync: FAILS })
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['failure', 'rolled-back'])
    expect(steps(played)).toEqual(['bump', 'sync', ...WAY_BACK])
    expect(played.result.jobs.filter(({ kind }) => kind === 'steps')).toHaveLength(1)
    expect(played.outputs).toMatchObject({ 'commit-sha': COMMIT, 'previous-image': OLD.image })
    expect(JSON.parse(played.outputs['lineage'] ?? '')[3]).toEqual({ commit: BACK })
    expect(played.messages).toEqual([
      expect.stringContaining('The previous one was restored and is proven to serve.'),
    ])
  })

  test('is asked for its answers, and goes back to what it replaced, with whatever answers that has', async () => {
    const played = await deploy({ health: FAILS })
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['failure', 'rolled-back'])
    expect(steps(played)).toEqual([...FORWARD, ...WAY_BACK])
    expect(inputsOf(played, 'rollback')).toMatchObject({
      mode: 'rollback',
      image: NEW.image,
      'previous-image': OLD.image,
      'storage-uri': NEW.model,
      'previous-storage-uri': OLD.model,
      'rollback-of': COMMIT,
    })
    expect(inputsOf(played, 'resync')).toMatchObject({ revision: BACK })
    expect(inputsOf(played, 'restored')).toMatchObject({
      'expected-image': OLD.image,
      'expected-storage-uri': OLD.model,
      'check-answers': 'false',
    })
    expect(inputsOf(played, 'restored')).not.toHaveProperty('expected-response')
    expect(inputsOf(played, 'health')).toMatchObject({
      'expected-image': NEW.image,
      'expected-response': '{"predictions": [0]}',
    })
  })

  test.each([
    [
      'the rollback itself fails',
      { rollback: FAILS },
      ['rollback'],
      'The previous one was not written back. Look at production now.',
    ],
    [
      'the rollback is not synced',
      { resync: FAILS },
      ['rollback', 'resync'],
      'is not proven to serve. Look at production now.',
    ],
    [
      'the previous version does not serve',
      { restored: FAILS },
      WAY_BACK,
      'is not proven to serve. Look at production now.',
    ],
  ])('says so plainly when %s', async (_what, script, back, sentence) => {
    const played = await deploy({ sync: FAILS, ...script })
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['failure', 'failed'])
    expect(steps(played)).toEqual(['bump', 'sync', ...back])
    expect(played.messages).toEqual([expect.stringContaining(sentence)])
    const errors = played.result.annotations.filter(({ level }) => level === 'error')
    expect(errors.map(({ title }) => title)).toContain('deployment-report: Nothing is proven to serve')
  })

  test('that somebody else has overtaken leaves theirs alone, and looks whether it serves', async () => {
    const theirs = { ...NEW, image: 'r.example/churn@sha256:1a' }
    const left = wrote(theirs, OLD, BACK, {
      changed: false,
      outcome: 'superseded',
      'new-image': theirs.image,
      'new-storage-uri': theirs.model,
    })
    const played = await deploy({ health: FAILS, rollback: left })
    expect(played.outputs['result']).toBe('superseded')
    expect(inputsOf(played, 'restored')).toMatchObject({ 'expected-image': theirs.image })
  })

  test('of values that another run has put there is not for this run to take back', async () => {
    const played = await deploy({ bump: FOUND, health: FAILS })
    expect(steps(played)).toEqual(FORWARD)
    expect(played.outputs['result']).toBe('failed')
    expect(played.messages).toEqual([
      expect.stringContaining('Another run put it there, and it was left alone.'),
    ])
  })

  test('whose first attempt died before its proof is taken back by its second', async () => {
    const again = wrote(OLD, NEW, COMMIT, { changed: false, outcome: 'already-there' })
    const played = await deploy({ bump: again, health: FAILS }, { runAttempt: 2 })
    expect(steps(played)).toEqual([...FORWARD, ...WAY_BACK])
    expect(played.outputs['result']).toBe('rolled-back')
  })

  test('that is the first one has nothing to go back to, and says so', async () => {
    const played = await deploy({ bump: wrote({ image: '', model: '' }, NEW, COMMIT), sync: FAILS })
    expect(steps(played)).toEqual(['bump', 'sync'])
    expect(played.outputs['result']).toBe('failed')
    expect(played.messages).toEqual([expect.stringContaining('There is no previous one to go back to.')])
  })

  test('whose commit may have landed unseen is taken back by that commit', async () => {
    const played = await deploy({ bump: { fails: true, outputs: { 'commit-sha': COMMIT } } })
    expect(steps(played)).toEqual(['bump', ...WAY_BACK])
    expect(inputsOf(played, 'rollback')).toMatchObject({ mode: 'rollback', 'rollback-of': COMMIT })
    expect(inputsOf(played, 'rollback')).not.toHaveProperty('image')
  })

  test('that changed nothing has nothing to take back', async () => {
    const played = await deploy({ bump: FAILS })
    expect(steps(played)).toEqual(['bump'])
    expect(played.outputs['result']).toBe('failed')
    expect(played.messages).toEqual([expect.stringContaining('nothing was changed on production.')])
  })

  test('that is cancelled before its proof is taken back and proven', async () => {
    const stop = new AbortController()
    const played = await deploy(
      { sync: { hangs: true } },
      {
        signal: stop.signal,
        onEvent: (event) => event.type === 'line' && event.text === 'hanging' && stop.abort(),
      },
    )
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['cancelled', 'rolled-back'])
    expect(steps(played)).toEqual(['bump', 'sync', ...WAY_BACK])
  })
})

describe('nothing is changed', () => {
  const fork = {
    pull_request: { head: { ref: 'x', repo: { full_name: 'eve/churn' } }, base: { ref: 'main' } },
  }
  const run = { workflow_run: { head_repository: { full_name: 'eve/churn' } }, workflow: { name: 'CI' } }

  test.each([
    ['a pull request of a fork', { name: 'pull_request', payload: { action: 'opened', ...fork } }],
    ['a run for a fork', { name: 'workflow_run', payload: { action: 'completed', ...run } }],
  ])('for %s', async (_what, event) => {
    const played = await deploy({}, { event })
    expect([played.result.conclusion, played.outputs['result'], steps(played)]).toEqual([
      'failure',
      'failed',
      [],
    ])
    expect(played.result.annotations).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('what a fork proposes is not deployed') }),
    )
  })

  test.each([
    ['that Argo CD would not sync', 'syncable', ['syncable']],
    ['that could not be proven', 'provable', CHECKS],
  ])('for a version %s', async (_what, check, ran) => {
    const played = await deploy({ [check]: FAILS })
    expect([played.result.conclusion, played.outputs['result']]).toEqual(['failure', 'failed'])
    expect(played.calls.map(({ step }) => step)).toEqual(ran)
    expect(played.messages).toEqual([expect.stringContaining('nothing was changed on production.')])
  })

  test('before it has been asked whether all of the proof can be had', async () => {
    const played = await deploy({})
    expect(played.calls.map(({ step }) => step).slice(0, 3)).toEqual([...CHECKS, 'bump'])
    expect(inputsOf(played, 'sync')).toMatchObject({ ...inputsOf(played, 'syncable'), mode: 'wait' })
    expect(inputsOf(played, 'health')).toMatchObject({ ...inputsOf(played, 'provable'), mode: 'prove' })
  })
})

test('a pull request of the same repository may be deployed, to an environment of its own', async () => {
  const own = {
    pull_request: { head: { ref: 'x', repo: { full_name: 'octo/churn' } }, base: { ref: 'main' } },
  }
  const played = await deploy({}, { event: { name: 'pull_request', payload: { action: 'opened', ...own } } })
  expect(played.outputs['result']).toBe('live')
})

test('nobody is told without a webhook, and the deployment is the same', async () => {
  const played = await deploy({}, {}, TOKEN + KUBERNETES)
  expect([played.result.conclusion, played.messages]).toEqual(['success', []])
  expect(ranSteps(played).map(({ name }) => name)).not.toContain('Notify')
})

test('deployments of one service wait for each other, and none is thrown out of the queue', async () => {
  const concurrency = createConcurrencyGroups()
  const short = { bump: FAILS }
  const all = await Promise.all([1, 2, 3].map((runNumber) => deploy(short, { concurrency, runNumber })))
  expect(all.map((played) => [played.result.conclusion, steps(played)])).toEqual(
    Array(3).fill(['failure', ['bump']]),
  )
})
