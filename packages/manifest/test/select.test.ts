import { describe, expect, test } from '@jest/globals'
import { type Field, planEdits, type Target } from '../src/index.ts'
import { setImage, setStorageUri } from './edit.ts'

const FILE = `apiVersion: v1
kind: ConfigMap
metadata: {name: churn}
data: {image: not-this-one}
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, namespace: prod}
spec:
  predictor:
    initContainers:
      - {name: warm, image: warm:1}
    containers:
      - {name: proxy, image: proxy:1}
      - {name: kserve-container, image: churn:1, env: [{name: A, value: b}, {name: STORAGE_URI, value: s3://custom/}]}
    workerSpec: {containers: [{name: worker-container, image: worker:1}]}
  transformer: {containers: [{name: pre, image: pre:1}]}
  explainer: {art: {storageUri: s3://art/}}
---
apiVersion: v1
kind: List
items:
  - apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata: {name: fraud}
    spec: {predictor: {sklearn: {storageUri: s3://fraud/}}}
  - apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata: {name: many}
    spec: {predictor: {storageUris: [{uri: s3://one/}], model: {name: own, image: own:1}, containers: [{name: a, image: a:1}]}}
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceServiceList
items:
  - metadata: {name: untyped}
    spec: {explainer: {alibi: {storageUri: s3://alibi/}}, predictor: {containers: [{name: kserve-container, env: [{name: STORAGE_URI, value: s3://twice/1/}, {name: STORAGE_URI, value: s3://twice/2/}]}]}}
  - metadata: {generateName: probe-}
    spec: {predictor: {model: {storageUri: s3://probe/}}}
---
apiVersion: example.com/v1
kind: InferenceService
metadata: {name: stranger}
spec: {predictor: {model: {storageUri: s3://stranger/}}}
---
kind: InferenceService
metadata: {name: of-no-group}
spec: {predictor: {model: {storageUri: s3://of-no-group/}}}
`

const find = (field: Field, target: Target) =>
  planEdits({ path: 'f.yaml', text: FILE }, [
    field === 'image' ? setImage('new', target) : setStorageUri('new', target),
  ]).values[0]

describe('a target selects', () => {
  const found: [what: string, Field, Target, before: string, path: string, line: number][] = [
    ['the server container', 'image', { name: 'churn' }, 'churn:1', 'spec.predictor.containers[1].image', 15],
    [
      'a named sidecar',
      'image',
      { name: 'churn', container: 'proxy' },
      'proxy:1',
      'spec.predictor.containers[0].image',
      14,
    ],
    [
      'an init container by its name',
      'image',
      { container: 'warm' },
      'warm:1',
      'spec.predictor.initContainers[0].image',
      12,
    ],
    [
      'the only transformer',
      'image',
      { component: 'transformer' },
      'pre:1',
      'spec.transformer.containers[0].image',
      17,
    ],
    [
      'the worker',
      'image',
      { component: 'worker' },
      'worker:1',
      'spec.predictor.workerSpec.containers[0].image',
      16,
    ],
    [
      'an explainer model',
      'storage-uri',
      { name: 'churn', component: 'explainer' },
      's3://art/',
      'spec.explainer.art.storageUri',
      18,
    ],
    [
      'STORAGE_URI of a custom container',
      'storage-uri',
      { name: 'churn' },
      's3://custom/',
      'spec.predictor.containers[1].env[1].value',
      15,
    ],
    [
      'a framework field inside a List',
      'storage-uri',
      { name: 'fraud' },
      's3://fraud/',
      'items[0].spec.predictor.sklearn.storageUri',
      26,
    ],
    [
      'an entry of storageUris',
      'storage-uri',
      { name: 'many' },
      's3://one/',
      'items[1].spec.predictor.storageUris[0].uri',
      30,
    ],
    [
      'a model container by its own name',
      'image',
      { name: 'many', container: 'own' },
      'own:1',
      'items[1].spec.predictor.model.image',
      30,
    ],
    [
      'a manifest that leaves its namespace open',
      'storage-uri',
      { name: 'fraud', namespace: 'any' },
      's3://fraud/',
      'items[0].spec.predictor.sklearn.storageUri',
      26,
    ],
  ]
  test('an item of a typed list, which need not say its kind', () => {
    expect(find('storage-uri', { name: 'untyped', component: 'explainer' })).toMatchObject({
      before: 's3://alibi/',
      kind: 'InferenceService',
    })
  })
  test.each(found)('%s', (_what, field, target, before, path, line) => {
    expect(find(field, target)).toMatchObject({ before, path, line })
  })

  const refused: [what: string, Field, Target, code: string, seen: string][] = [
    [
      'nothing of a name that is not there',
      'image',
      { name: 'gone' },
      'MANIFEST_TARGET_NOT_FOUND',
      'f.yaml:15 prod/churn predictor kserve-container',
    ],
    [
      'nothing in another namespace',
      'image',
      { name: 'churn', namespace: 'test' },
      'MANIFEST_TARGET_NOT_FOUND',
      'wanted name churn, namespace test',
    ],
    [
      'nothing of another API group',
      'storage-uri',
      { name: 'stranger' },
      'MANIFEST_TARGET_NOT_FOUND',
      's3://fraud/',
    ],
    [
      'nothing that does not say its API group',
      'storage-uri',
      { name: 'of-no-group' },
      'MANIFEST_TARGET_NOT_FOUND',
      'wanted name of-no-group',
    ],
    [
      'none of a variable that stands twice, of which Kubernetes takes the last',
      'storage-uri',
      { name: 'untyped' },
      'MANIFEST_TARGET_AMBIGUOUS',
      'items[0].spec.predictor.containers[0].env[1].value',
    ],
    [
      'an object whose name is made later by no name',
      'storage-uri',
      { name: 'probe-1' },
      'MANIFEST_TARGET_NOT_FOUND',
      'probe-(generated) predictor',
    ],
    ['none of two services', 'storage-uri', {}, 'MANIFEST_TARGET_AMBIGUOUS', 'f.yaml:26 fraud predictor'],
    [
      'none of two containers',
      'image',
      { name: 'many' },
      'MANIFEST_TARGET_AMBIGUOUS',
      'f.yaml:30 many predictor own',
    ],
  ]
  test.each(refused)('%s', (_what, field, target, code, seen) => {
    const wanted =
      code === 'MANIFEST_TARGET_NOT_FOUND' && seen === 's3://fraud/' ? 'wanted name stranger' : seen
    expect(() => find(field, target)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(wanted) }),
    )
  })
})
