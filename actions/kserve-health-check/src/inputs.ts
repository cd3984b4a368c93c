import { type Gate, parseGates } from '@mlops-actions/gates'
import { SAMPLES_FOR_P95, SAMPLES_FOR_P99 } from '@mlops-actions/kserve'
import { parseImageReference } from '@mlops-actions/oci'
import {
  boolean,
  common,
  defineInputs,
  duration,
  headers,
  type InputsOf,
  integer,
  number,
  oneOf,
  type Problem,
  parsed,
  secret,
  text,
} from '@mlops-actions/runner'
import { Expected } from '@mlops-actions/text'

/** Shorter than that is a busy loop on somebody's API server. */
const SHORTEST_INTERVAL_MS = 10

const inputFields = {
  mode: oneOf('prove', 'check')({ default: 'prove' }),
  name: parsed('name', parseName)({ required: true }),
  namespace: parsed('name', parseName)(),
  'expected-image': parsed('image reference', parseImage)(),
  'expected-storage-uri': parsed('URI', parseStorageUri)(),
  'prove-rollout': boolean({ default: 'true' }),
  protocol: oneOf('v1', 'v2')({ default: 'v1' }),
  'model-name': text(),
  url: parsed('URL', parseUrl)(),
  'host-header': parsed('host name', parseHost)(),
  headers: headers(),
  kubeconfig: text(),
  'kubernetes-context': text(),
  'kubernetes-server': parsed('URL', parseUrl)(),
  'kubernetes-token': secret(),
  'eks-cluster': text(),
  'role-to-assume': common.roleToAssume(),
  'aws-region': common.awsRegion(),
  'ca-cert': common.caCert(),
  request: text(),
  'expected-response': text(),
  'check-answers': boolean({ default: 'true' }),
  rtol: number({ min: 0 })({ default: '0.00001' }),
  atol: number({ min: 0 })({ default: '0.00000001' }),
  probes: integer({ min: 1, max: 100_000 })({ default: '50' }),
  concurrency: integer({ min: 1, max: 256 })({ default: '4' }),
  'warm-up': integer({ min: 0, max: 10_000 })({ default: '5' }),
  'max-p95': duration(),
  'max-error-rate': number({ min: 0, max: 1 })({ default: '0' }),
  gate: parsed('gates', readGates)(),
  settle: duration({ default: '10s' }),
  interval: duration({ default: '3s' }),
  timeout: common.timeout('10m'),
  'request-timeout': common.requestTimeout(),
  'include-pod-logs': boolean({ default: 'false' }),
  'samples-in-report': oneOf('none', 'counts', 'full')({ default: 'none' }),
  summary: common.summary(),
}

export const inputs = defineInputs(inputFields, checkTogether)

export type Inputs = InputsOf<typeof inputFields>

function checkTogether(given: Inputs, problem: Problem): void {
  const isVague = given.expectedImage === undefined && given.expectedStorageUri === undefined
  if (given.mode === 'prove' && given.proveRollout && isVague) {
    problem('expected-image', 'give it, or expected-storage-uri: without a version there is nothing to prove')
  }
  if (given.hostHeader !== undefined && given.url === undefined) {
    problem('host-header', 'is of use only with `url`, the address of the gateway')
  }
  if (given.kubeconfig !== undefined && (given.kubernetesServer ?? given.eksCluster) !== undefined) {
    problem('kubeconfig', 'is given beside kubernetes-server or eks-cluster; give one of them')
  }
  if (given.interval < SHORTEST_INTERVAL_MS) problem('interval', 'want at least 10ms')
  checkIdentity(given, problem)
  if (given.settle + given.interval >= given.timeout) {
    problem('settle', 'leaves no time: settle and interval together must be shorter than timeout')
  }
  checkMeasuring(given, problem)
}

function checkIdentity(given: Inputs, problem: Problem): void {
  const { kubernetesServer, kubernetesToken, eksCluster, roleToAssume } = given
  if (kubernetesServer !== undefined && kubernetesToken === undefined && eksCluster === undefined) {
    problem('kubernetes-token', 'is required with kubernetes-server, or eks-cluster, which makes tokens')
  }
  if (eksCluster !== undefined && kubernetesToken !== undefined) {
    problem('kubernetes-token', 'is given beside eks-cluster; give one of them')
  }
  if (roleToAssume !== undefined && eksCluster === undefined) {
    problem('role-to-assume', 'is of use only with eks-cluster')
  }
}

function checkMeasuring(given: Inputs, problem: Problem): void {
  const { checkAnswers, expectedResponse, gate, maxP95, probes, request } = given
  if (!checkAnswers && expectedResponse !== undefined)
    problem('check-answers', 'is false beside `expected-response`; give one of them')
  if (request === undefined) {
    if (expectedResponse !== undefined) problem('expected-response', 'needs `request`')
    if (maxP95 !== undefined) problem('max-p95', 'needs `request`: without one nothing is measured')
    if (gate !== undefined) problem('gate', 'needs `request`: without one nothing is measured')
  }
  if (maxP95 !== undefined && probes < SAMPLES_FOR_P95) {
    problem('probes', `a p95 of fewer than ${SAMPLES_FOR_P95} requests is their maximum; raise probes`)
  }
  if (probes < SAMPLES_FOR_P99 && gate?.some(({ source }) => /\bp99_ms\b/.test(source))) {
    problem('probes', `a p99 of fewer than ${SAMPLES_FOR_P99} requests is their maximum; raise probes`)
  }
}

function readGates(given: string): readonly Gate[] {
  return parseGates(given)
}

/** RFC 1123 label, as Kubernetes names services. */
function parseName(given: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(given)) return given
  throw new Expected('a Kubernetes name: lower-case letters, digits and hyphens, at most 63')
}

function parseImage(given: string): string {
  parseImageReference(given)
  return given
}

function parseStorageUri(given: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s]+$/.test(given)) return given
  throw new Expected('a URI such as s3://bucket/model/version/')
}

function parseUrl(given: string): string {
  const isWeb = /^https?:\/\//.test(given) && URL.canParse(given)
  if (isWeb && new URL(given).search === '' && new URL(given).hash === '') return given
  throw new Expected('an http or https URL without a query')
}

function parseHost(given: string): string {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/i.test(given)) return given
  throw new Expected('a host name such as churn-models.example.com')
}
