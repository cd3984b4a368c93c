import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createRecorder, explainBuild } from '../src/index.ts'

type Cases = Readonly<Record<string, { readonly exitCode: number; readonly stderr: string }>>
/** What real builders, scanners, helpers and broken connections made buildx say (test/real/record-words.ts). */
const RECORDED: Cases = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'words.json'), 'utf8'),
).cases
const IMAGE = '127.0.0.1:5000/ml/churn'

function explain(name: string) {
  const { stderr = '', exitCode = 0 } = RECORDED[name] ?? {}
  const recorder = createRecorder(() => {})
  recorder.push(Buffer.from(stderr))
  recorder.end()
  return explainBuild({ record: recorder.record(), exitCode, image: IMAGE })
}

const BY_DIGEST =
  'Run docker/setup-buildx-action before this step: the builder of the Docker engine itself pushes nothing without a tag'
const HELPER =
  'Install docker-credential-nowhere on the runner, or take it out of `credsStore` or `credHelpers` there, or name the registry of 127.0.0.1:5000/ml/base:1 in `registries`'
const BROKEN =
  'Run the step again; what has arrived is not sent a second time. If it stays, look at the network between runner and registry'
const CASES: Readonly<Record<string, readonly [code: string, kind: string, on: string, next: string]>> = {
  'network of the host that a builder forbids': [
    'NETWORK_HOST',
    'config',
    'the input `network`',
    'Let the builder allow network.host, as those of docker/setup-buildx-action do, or leave `network: host` away',
  ],
  'several outputs of an older builder': [
    'OUTPUTS',
    'config',
    'the input `outputs`',
    'Update the builder to BuildKit 0.13 or newer, or leave `outputs` away',
  ],
  'scanner that fails': [
    'SBOM_FAILED',
    'workload',
    'the input `sbom`',
    'Read above what the scanner said at last, or name another one as `generator=image`',
  ],
  'graph: push by digest': ['DOCKER_DRIVER', 'config', 'the input `push-by-digest`', BY_DIGEST],
  'containerd: push by digest': ['DOCKER_DRIVER', 'config', 'the input `push-by-digest`', BY_DIGEST],
  'graph: store of credentials without its program': [
    'CREDENTIAL_HELPER',
    'config',
    "the user's Docker configuration",
    HELPER,
  ],
  'containerd: store of credentials without its program': [
    'CREDENTIAL_HELPER',
    'config',
    "the user's Docker configuration",
    HELPER,
  ],
  'graph: upload that breaks': ['ECR_PUSH_INTERRUPTED', 'upstream', IMAGE, BROKEN],
  'containerd: upload that breaks': ['ECR_PUSH_INTERRUPTED', 'upstream', IMAGE, BROKEN],
}

test.each(Object.entries(CASES))('%s', (name, want) => {
  const { code, kind, details } = explain(name)
  expect([code, kind, details.on, details.next]).toEqual(want)
})

test('every case that was recorded is understood here', () => {
  expect(Object.keys(RECORDED).toSorted()).toEqual(Object.keys(CASES).toSorted())
})

test('a scanner that fails is quoted', () => {
  expect(explain('scanner that fails').details.seen).toContain('│ no database of packages')
})
