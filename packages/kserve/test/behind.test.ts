import { expect, test } from '@jest/globals'
import { DEPLOYMENTS } from '@mlops-actions/kubernetes'
import { describeBehind, INFERENCE_SERVICES } from '../src/index.ts'

const V1 = 's3://models/churn/v1/'
const V2 = 's3://models/churn/v2/'
const NOTE = 'internal.serving.kserve.io/storage-initializer-sourceuri'
const model = (storageUri: string) => ({ model: { storageUri } })
const custom = (image: string) => ({ containers: [{ name: 'kserve-container', image }] })
const digest = (digit: string) => `sha256:${digit.repeat(64)}`

test.each<[string, object, { annotations?: object; image?: string }, RegExp | undefined]>([
  [
    'the model of before',
    model(V2),
    { annotations: { [NOTE]: V1 } },
    /asks for s3:\S+v2\/, its Deployment churn-predictor still has s3:\S+v1\/$/,
  ],
  ['the model', model(V2), { annotations: { [NOTE]: V2 } }, undefined],
  ['no note of a model', model(V2), {}, undefined],
  [
    'the image of before',
    custom('r/churn:v2'),
    { image: 'r/churn:v1' },
    /asks for r\/churn:v2, .* still has r\/churn:v1$/,
  ],
  ['the image', custom('r/churn:v2'), { image: 'r/churn:v2' }, undefined],
  ['the image by way of a mirror', custom('r/churn:v2'), { image: 'mirror/r/churn:v2' }, undefined],
  [
    'the image with a digest behind it',
    custom('r/churn:v2'),
    { image: `r/churn:v2@${digest('1')}` },
    undefined,
  ],
  ['another digest', custom(`r/churn@${digest('2')}`), { image: `r/churn@${digest('1')}` }, /still has/],
  [
    'the image of the serving runtime',
    model(V2),
    { annotations: { [NOTE]: V2 }, image: 'kserve/sklearnserver:v0.20' },
    undefined,
  ],
])('a Deployment with %s', (_, predictor, { annotations = {}, image = 'r/server:1' }, wanted) => {
  const isvc = INFERENCE_SERVICES.check({ metadata: { name: 'churn' }, spec: { predictor } })
  const spec = { containers: [{ name: 'kserve-container', image }] }
  const deployment = DEPLOYMENTS.check({
    metadata: { name: 'churn-predictor' },
    spec: { template: { metadata: { annotations }, spec } },
  })
  const behind = describeBehind(isvc, deployment)
  if (wanted === undefined) expect(behind).toBeUndefined()
  else expect(behind).toMatch(wanted)
})
