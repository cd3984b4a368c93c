import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openScripted, type Part, type Play, type Played, type Scripted } from './scripted.ts'

const MODEL = { 'model/model.json': '{}' }
const MD5 = 'fedecd2709f6536990d60fbc2a455fe9.dir'
const KFP: Part = {
  outputs: { 'run-id': '7c2e91', metrics: { accuracy: 0.88 }, lineage: { run: '7c2e91' } },
  files: MODEL,
}
const DATA_MD5 = '0d83c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir'
const DATA: Part = {
  outputs: { 'storage-uri': 's3://ml/churn-data/1/', md5: { data: DATA_MD5 }, lineage: { data: 1 } },
}
const SCRIPT: Readonly<Record<string, Part>> = {
  data: DATA,
  pull: { files: { 'data/churn.csv': '1,2' } },
  kfp: KFP,
  gate: { outputs: { metrics: { accuracy: 0.9 }, lineage: { gate: 1 } } },
  model: { outputs: { 'storage-uri': 's3://ml/churn/fede/', md5: { model: MD5 }, lineage: { model: 1 } } },
  image: { outputs: { digest: 'sha256:9a', registry: 'r.example', lineage: { image: 1 } } },
  bump: {
    outputs: {
      'commit-sha': 'c'.repeat(40),
      'from-this-run': true,
      'previous-image': 'r.example/churn@sha256:01',
    },
  },
}

/** True where a command of the product sees nothing that could be a way into a cloud or back into the repository. */
const SEES_NOTHING =
  '! env | grep -v ^COMMAND= | grep -e canary -e ID_TOKEN_REQUEST -e ^GITHUB_TOKEN= && ! git config --get-regexp extraheader'

let scripted: Scripted
beforeAll(() => {
  scripted = openScripted({ 'pipeline/pipeline.yaml': 'x: 1\n' })
})
afterAll(() => scripted.close())

function play(
  workflow: string,
  job: string,
  script: Record<string, Part> = {},
  options: Play['options'] = {},
): Promise<Played> {
  return scripted.play({ workflow, job, script: { ...SCRIPT, ...script }, options })
}

/** The steps of a deployment that nothing stands in the way of. */
const DEPLOYED = ['syncable', 'provable', 'bump', 'sync', 'health']

function steps({ calls }: Played): readonly string[] {
  return calls.map(({ step }) => step)
}

function ran({ result }: Played): readonly string[] {
  return result.jobs
    .filter(({ kind, conclusion }) => kind === 'steps' && conclusion !== 'skipped')
    .map(({ name }) => lastName(name))
}

/** `call / train / data` -> `data` */
function lastName(name: string): string {
  return name.split(' / ').at(-1) ?? ''
}

describe('mlops-checks.yml', () => {
  const checks = (commands: string): string => `
    permissions: { contents: read }
    with: { scan: '', ${commands} }`

  test('shows nothing secret to the commands of a product', async () => {
    const command = JSON.stringify(SEES_NOTHING)
    const played = await play(
      'mlops-checks.yml',
      checks(`install: ${command}, lint: ${command}, test: ${command}`),
    )
    expect(played.result.conclusion).toBe('success')
  })

  test.each(['install', 'lint', 'test'])(
    'is red when the command %s fails anywhere in a pipe',
    async (name) => {
      const commands = { install: '', lint: '', test: '', [name]: 'false | cat' }
      const played = await play('mlops-checks.yml', checks(JSON.stringify(commands).slice(1, -1)))
      expect(played.result.conclusion).toBe('failure')
    },
  )
})

describe('mlops-train.yml', () => {
  const train = (more: string): string => `
    permissions: { contents: read, id-token: write }
    with: { data: data, name: churn, publish-to: 's3://ml', install: '', ${more} }
    secrets: { kfp-token: '\${{ secrets.KFP_TOKEN }}' }`
  const command = (text: string, more = 'pull-data: true,'): string =>
    train(`backend: command, ${more} command: ${JSON.stringify(text)}`)
  const trains = 'mkdir -p model && echo {} > model/.hidden && echo {} > model/model.json'

  test('trains on Kubeflow Pipelines in one job, on the data that it has published', async () => {
    const played = await play('mlops-train.yml', train('backend: kfp'))
    expect([steps(played), ran(played)]).toEqual([['data', 'kfp'], ['train']])
    expect(played.calls[1]?.inputs['parameters']?.trim()).toBe('data_uri=s3://ml/churn-data/1/')
    expect(played.outputs).toMatchObject({
      'run-id': '7c2e91',
      metrics: '{"accuracy":0.88}',
      'data-uri': 's3://ml/churn-data/1/',
      'data-md5': DATA_MD5,
    })
    expect(JSON.parse(played.outputs['lineage'] ?? '')).toEqual([{ data: 1 }, { run: '7c2e91' }])
  })

  test('has run and metrics in its outputs when the gate does not pass', async () => {
    const played = await play('mlops-train.yml', train('backend: kfp'), { kfp: { ...KFP, fails: true } })
    expect(played.result.conclusion).toBe('failure')
    expect(played.outputs).toMatchObject({ 'run-id': '7c2e91', metrics: '{"accuracy":0.88}' })
  })

  test('trains by a command that gets the data and sees nothing secret', async () => {
    const played = await play(
      'mlops-train.yml',
      command(
        `${SEES_NOTHING} && test "$DATA_URI" = s3://ml/churn-data/1/ && test "$(cat data/churn.csv)" = 1,2 && ${trains}`,
      ),
    )
    expect(played.result.conclusion).toBe('success')
    expect(ran(played)).toEqual(['data', 'train on the runner'])
    expect(played.calls.map(({ step, action }) => `${step} ${action}`).slice(0, 2)).toEqual([
      'data dvc-push',
      'pull dvc-pull',
    ])
    expect(played.calls[1]?.inputs).toMatchObject({ targets: 'data', 'fill-cache': 'never' })
    expect(played.result.log.join('\n')).toContain('Artifact model: 2 files')
    expect(played.outputs).toMatchObject({
      metrics: '{"accuracy":0.9}',
      'data-uri': 's3://ml/churn-data/1/',
      'data-md5': DATA_MD5,
    })
    expect(JSON.parse(played.outputs['lineage'] ?? '')).toEqual([{ data: 1 }, { gate: 1 }])
  })

  test('hands no data on as an artifact, which others may read, unless it is told to', async () => {
    const played = await play('mlops-train.yml', command(`test ! -e data && ${trains}`, ''))
    expect([played.result.conclusion, steps(played)]).toEqual(['success', ['data', 'gate']])
  })

  test('runs no command on data that could not be pulled', async () => {
    const played = await play('mlops-train.yml', command(trains), { pull: { fails: true } })
    expect([played.result.conclusion, ran(played)]).toEqual(['failure', ['data']])
  })

  test('runs no command on data that is not in the remote', async () => {
    const played = await play('mlops-train.yml', command(trains), { data: { fails: true } })
    expect([played.result.conclusion, ran(played)]).toEqual(['failure', ['data']])
  })

  test('needs no data of ours for a command that finds its own', async () => {
    const played = await play('mlops-train.yml', command(trains).replace('data: data,', ''))
    expect([played.result.conclusion, ran(played)]).toEqual(['success', ['train on the runner']])
    expect(JSON.parse(played.outputs['lineage'] ?? '')).toEqual([null, { gate: 1 }])
  })

  test('refuses a backend that it does not know', async () => {
    const played = await play('mlops-train.yml', train('backend: kpf'))
    expect([played.result.conclusion, steps(played)]).toEqual(['failure', []])
  })
})

describe('mlops.yml', () => {
  const whole = (more = '', permissions = 'contents: read, id-token: write'): string => `
    permissions: { ${permissions} }
    with:
      install: ''
      lint: 'true'
      test: 'true'
      scan: ''
      data: data
      publish-to: s3://ml/models
      repository: churn
      gitops-repository: octo/gitops
      manifest: apps/churn/inference.yaml
      service: churn
      namespace: ml
      argocd-url: https://argocd.example
      application: churn-prod
      kubernetes-server: https://kubernetes.example
${more}
    secrets:
      gitops-token: \${{ secrets.GITOPS_TOKEN }}
      argocd-token: \${{ secrets.ARGOCD_TOKEN }}
      kubernetes-token: \${{ secrets.KUBERNETES_TOKEN }}`
  const EVERYTHING = {
    'run-id': '7c2e91',
    metrics: '{"accuracy":0.88}',
    digest: 'sha256:9a',
    'storage-uri': 's3://ml/churn/fede/',
    'model-version': MD5,
    'commit-sha': 'c'.repeat(40),
    'previous-image': 'r.example/churn@sha256:01',
  }
  const lineageOf = ({ outputs }: Played): unknown => JSON.parse(outputs['lineage'] ?? '')

  test('hands on what every part made', async () => {
    const played = await play('mlops.yml', whole())
    expect(steps(played)).toEqual(['data', 'kfp', 'model', 'image', ...DEPLOYED])
    expect(played.outputs).toMatchObject({ ...EVERYTHING, result: 'live' })
    expect(lineageOf(played)).toEqual([
      [{ data: 1 }, { run: '7c2e91' }],
      [{ model: 1 }, { image: 1 }],
      [null, null, null, null, null],
    ])
    const bump = played.calls.find(({ step }) => step === 'bump')
    expect(bump?.inputs).toMatchObject({ 'model-version': MD5, 'data-md5': DATA_MD5, 'kfp-run': '7c2e91' })
    const health = played.calls.find(({ step }) => step === 'health')
    expect(health?.inputs).toMatchObject({
      'expected-image': 'r.example/churn@sha256:9a',
      'expected-storage-uri': 's3://ml/churn/fede/',
    })
  })

  test('deploys the image of the registry that was asked for where GitHub has dropped its name, which holds a masked account id', async () => {
    const image: Part = { outputs: { digest: 'sha256:9a', registry: '' } }
    const asked = whole().replace("      lint: 'true'", "      lint: 'true'\n      registry: r.example")
    const played = await play('mlops.yml', asked, { image })
    const bump = played.calls.find(({ step }) => step === 'bump')
    expect(bump?.inputs['image']).toBe('r.example/churn@sha256:9a')
  })

  test('has the same outputs when the deployment is taken back', async () => {
    const rollback: Part = { outputs: { 'new-image': 'r.example/churn@sha256:01' } }
    const played = await play('mlops.yml', whole(), { sync: { fails: true }, rollback })
    expect(played.result.conclusion).toBe('failure')
    expect(played.outputs).toMatchObject({ ...EVERYTHING, result: 'rolled-back' })
  })

  test.each<
    [string, string, Record<string, Part>, readonly string[], Record<string, string | undefined>, unknown]
  >([
    [
      'the checks',
      "      lint: 'false'",
      {},
      [],
      { 'run-id': undefined, metrics: undefined, digest: undefined },
      [[], [], []],
    ],
    [
      'the gate',
      '',
      { kfp: { ...KFP, fails: true } },
      ['data', 'kfp'],
      { 'run-id': '7c2e91', metrics: '{"accuracy":0.88}', digest: undefined },
      [[{ data: 1 }, { run: '7c2e91' }], [], []],
    ],
    [
      'the image',
      '',
      { image: { fails: true } },
      ['data', 'kfp', 'model', 'image'],
      { 'storage-uri': 's3://ml/churn/fede/', digest: undefined },
      [[{ data: 1 }, { run: '7c2e91' }], [{ model: 1 }, null], []],
    ],
  ])(
    'that ends at %s says failed, and keeps what was known by then',
    async (_at, more, script, seen, outputs, lineage) => {
      const job = more === '' ? whole() : whole().replace("      lint: 'true'", more)
      const played = await play('mlops.yml', job, script)
      expect([played.result.conclusion, steps(played)]).toEqual(['failure', seen])
      expect({ ...outputs, ...played.outputs }).toMatchObject({ ...outputs, result: 'failed' })
      expect(lineageOf(played)).toEqual(lineage)
    },
  )

  test('deploys what the commit names where nothing is to be trained', async () => {
    const played = await play('mlops.yml', whole('      train: none'))
    expect(steps(played)).toEqual(['model', 'image', ...DEPLOYED])
    expect(played.calls[0]?.inputs).not.toHaveProperty('add')
    expect(played.outputs).toMatchObject({ result: 'live', digest: 'sha256:9a' })
    expect(played.outputs['run-id'] ?? '').toBe('')
    expect(lineageOf(played)).toEqual([[], [{ model: 1 }, { image: 1 }], [null, null, null, null, null]])
  })

  test('trains by a command, on a runner of its own', async () => {
    const more = [
      'train: command',
      'pull-data: true',
      "train-install: ''",
      'train-command: mkdir model && touch model/model.json',
      `train-runner: '["self-hosted", "gpu"]'`,
    ]
    const played = await play('mlops.yml', whole(more.map((line) => `      ${line}`).join('\n')))
    expect(steps(played)).toEqual(['data', 'pull', 'gate', 'model', 'image', ...DEPLOYED])
    const jobs = played.result.jobs.filter(({ kind }) => kind === 'steps')
    const runners = new Map(jobs.map(({ name, runsOn }) => [lastName(name), runsOn]))
    expect([runners.get('train on the runner'), runners.get('package')]).toEqual([
      ['self-hosted', 'gpu'],
      ['ubuntu-24.04'],
    ])
    expect(played.outputs).toMatchObject({ result: 'live', metrics: '{"accuracy":0.9}' })
  })

  test('deploys nothing when its training is neither known nor switched off', async () => {
    const played = await play('mlops.yml', whole('      train: kpf'))
    expect([played.result.conclusion, steps(played), played.outputs['result']]).toEqual([
      'failure',
      [],
      'failed',
    ])
  })

  test('is refused before anything runs where the caller grants less than the parts ask for', async () => {
    await expect(play('mlops.yml', whole('', 'contents: read'))).rejects.toThrow(/id-token: write/)
  })
})
