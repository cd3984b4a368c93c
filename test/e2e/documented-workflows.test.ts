import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openScripted, type Part, type Played, ranSteps, type Scripted } from './scripted.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Programs of Python that the defaults ask for, as modules that say that they ran. */
const PRODUCT = Object.fromEntries(
  ['pip', 'flake8', 'pytest'].map((name) => [`${name}.py`, `import sys\nprint("${name}", *sys.argv[1:])\n`]),
)

const SCRIPT: Readonly<Record<string, Part>> = {
  data: { outputs: { 'storage-uri': 's3://ml-prod/models/churn-data/1/' } },
  kfp: { files: { 'model/model.json': '{}' } },
  model: { outputs: { 'storage-uri': 's3://ml-prod/models/churn/1/', md5: { model: 'fede.dir' } } },
  image: { outputs: { digest: 'sha256:9a', registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com' } },
  bump: { outputs: { 'commit-sha': 'c'.repeat(40), 'from-this-run': true } },
}

let scripted: Scripted
beforeAll(() => {
  scripted = openScripted(PRODUCT)
})
afterAll(() => scripted.close())

/** The workflow that a page shows first. */
function workflowOn(page: string): string {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const found = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].find(([, block = '']) =>
    block.includes('\njobs:\n'),
  )
  return (found?.[1] ?? '').replaceAll('OWNER/mlops-actions', 'mlops-actions/mlops-actions')
}

describe.each(['README.md', 'docs/workflows.md'])('the workflow in %s', (page) => {
  let played: Played
  beforeAll(async () => {
    played = await scripted.run({ caller: workflowOn(page), script: SCRIPT })
  }, 60_000)

  test('runs as it stands there, from the checks to the proof', () => {
    expect(played.result.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(played.calls.map(({ step }) => step)).toEqual([
      'data',
      'kfp',
      'model',
      'image',
      'syncable',
      'provable',
      'bump',
      'sync',
      'health',
    ])
    const checks = ranSteps(played).filter(({ name }) => ['Install', 'Lint', 'Test', 'Scan'].includes(name))
    expect(checks.map(({ log }) => log.at(-1))).toEqual([
      'pip install --requirement requirements.txt flake8 pytest',
      'flake8 .',
      'pytest --quiet',
      'trivy filesystem --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed --quiet .',
    ])
    const health = played.calls.find(({ step }) => step === 'health')
    expect(health?.inputs).toMatchObject({
      'expected-image': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:9a',
      'expected-storage-uri': 's3://ml-prod/models/churn/1/',
      request: 'tests/golden.json',
    })
  })

  test('gives an identity to nobody but what needs the role', () => {
    const jobs = played.result.jobs.filter(
      ({ kind, conclusion }) => kind === 'steps' && conclusion !== 'skipped',
    )
    const able = jobs.filter(({ permissions }) => permissions['id-token'] === 'write')
    expect(able.map(({ id }) => id.split('/').at(-1))).toEqual(['train', 'package', 'deploy'])
    expect(
      jobs.every(({ permissions }) => Object.values(permissions).filter((one) => one === 'write').length < 2),
    ).toBe(true)
  })
})
