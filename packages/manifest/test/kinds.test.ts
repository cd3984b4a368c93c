import { describe, expect, test } from '@jest/globals'
import { type Change, planEdits } from '../src/index.ts'
import { edit, setImage, setStorageUri, setValue } from './edit.ts'

const KUSTOMIZATION = `resources: [../base]
images:
  - {name: churn, newName: r/churn, newTag: v1}
  - {name: fraud, newName: r/fraud, newTag: v1, tagSuffix: -gpu}
patches:
  - target: {kind: InferenceService, name: folded}
    patch: >-
      [{"op": "replace", "path": "/spec/predictor/model/storageUri", "value": "s3://folded/1/"}]
  - target: {kind: InferenceService, name: churn}
    patch: |-
      spec:
        predictor:
          model:
            storageUri: s3://churn/1/
            image: r/server:1
  - path: other.yaml
`
const SERVICES = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: churn}
spec: {containers: [{name: kserve-container, image: r/runtime:1}]}
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn}
spec:
  predictor: {minReplicas: 1, model: {image: r/churn:1}}
  canary:
    - predictor: {name: a, model: {image: r/churn:2}}
    - predictor: {name: b, model: {image: r/churn:3}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: churn}
data: {percent: "10"}
`
const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: churn}
spec:
  source:
    helm:
      values: |
        image: {repository: r/churn, tag: v1}
        # one for each zone
        replicas: 1
`
const VALUES = `replicas: 1
ratio: 0.5
debug: false
server: {image: {repository: r/churn, tag: v1}}
proxy: {image: r/proxy:1}
empty:
`

const plan = (text: string, change: Change, path = 'f.yaml') => planEdits({ path, text }, [change]).values[0]

describe('a target among several kinds', () => {
  const found: [what: string, text: string, path: string, change: Change, seen: Record<string, unknown>][] = [
    [
      'is found by its kind',
      SERVICES,
      'f.yaml',
      setImage('r/runtime:2', { kind: 'ServingRuntime' }),
      { before: 'r/runtime:1', target: 'ServingRuntime churn predictor', kind: 'ServingRuntime' },
    ],
    [
      'is one of two canaries',
      SERVICES,
      'f.yaml',
      setImage('r/churn:4', { component: 'canary', canary: 'b' }),
      { before: 'r/churn:3', target: 'churn canary b' },
    ],
    [
      'is of a kind that is not known, when that is asked for',
      SERVICES,
      'f.yaml',
      setValue('data.percent', '20', { kind: 'ConfigMap' }),
      { before: '10', after: '20', target: 'ConfigMap churn' },
    ],
    [
      'is an image of a kustomization, by its repository',
      KUSTOMIZATION,
      'kustomization.yaml',
      setImage('r/churn:v2', { kind: 'Kustomization' }),
      { before: 'r/churn:v1', path: 'images[0]', target: 'Kustomization churn' },
    ],
    [
      'is an image of a kustomization with a suffix, which a new tag makes void',
      KUSTOMIZATION,
      'kustomization.yaml',
      setImage('r/fraud:v2', { name: 'fraud' }),
      { before: 'r/fraud:v1', after: 'r/fraud:v2' },
    ],
    [
      'is a value of a kustomization, which its patches do not have',
      KUSTOMIZATION.replace('resources', 'namePrefix: a-\nresources'),
      'kustomization.yaml',
      setValue('namePrefix', 'b-'),
      { before: 'a-', path: 'namePrefix', target: 'Kustomization namePrefix' },
    ],
    [
      'is what an inline patch of a kustomization sets',
      KUSTOMIZATION,
      'kustomization.yaml',
      setStorageUri('s3://churn/2/', { name: 'churn' }),
      {
        before: 's3://churn/1/',
        line: 14,
        path: 'patches[1].patch.spec.predictor.model.storageUri',
        target: 'churn predictor',
      },
    ],
    [
      'is an image of Helm values in parts',
      VALUES,
      'values.yaml',
      setImage('r/churn:v2', { path: 'server.image.tag' }),
      { before: 'r/churn:v1', path: 'server.image', target: 'HelmValues server.image' },
    ],
  ]
  test.each(found)('%s', (_what, text, path, change, seen) => {
    expect(plan(text, change, path)).toMatchObject({ ...seen, isChanged: true })
  })

  const others: [what: string, text: string, path: string, change: Change, seen: Record<string, unknown>][] =
    [
      [
        'is an image of an Application that is named',
        APPLICATION,
        'app.yaml',
        setImage('r/churn:v2', { name: 'churn' }),
        {
          before: 'r/churn:v1',
          path: 'spec.source.helm.values.image',
          target: 'Application churn spec.source.helm.values.image',
        },
      ],
      [
        'is a value in text inside of an Application, by the path that is shown for it',
        APPLICATION,
        'app.yaml',
        setValue('spec.source.helm.values.replicas', 2, { name: 'churn' }),
        { before: '1', path: 'spec.source.helm.values.replicas', line: 10 },
      ],
      [
        'is a value in a patch, by the path that is shown for it',
        KUSTOMIZATION,
        'kustomization.yaml',
        setValue('patches[1].patch.spec.predictor.model.storageUri', 's3://churn/2/'),
        { before: 's3://churn/1/', target: 'Kustomization patches[1].patch.spec.predictor.model.storageUri' },
      ],
      [
        'is what a patch in a file sets, which does not say for what kind it is',
        '- {op: replace, path: /spec/predictor/model/storageUri, value: s3://churn/1/}\n',
        'patch.yaml',
        setStorageUri('s3://churn/2/', { kind: 'InferenceService', name: 'churn' }),
        { before: 's3://churn/1/', target: 'Patch [0].value predictor' },
      ],
    ]
  test.each(others)('%s', (_what, text, path, change, seen) => {
    expect(plan(text, change, path)).toMatchObject({ ...seen, isChanged: true })
  })

  const refused: [what: string, text: string, path: string, change: Change, code: string, seen: string][] = [
    [
      'two kinds of one name',
      SERVICES,
      'f.yaml',
      setImage('r/churn:2', { name: 'churn' }),
      'MANIFEST_TARGET_AMBIGUOUS',
      'f.yaml:4 ServingRuntime churn predictor kserve-container spec.containers[0].image; f.yaml:10 churn',
    ],
    [
      'two canaries',
      SERVICES,
      'f.yaml',
      setImage('r/churn:2', { component: 'canary' }),
      'MANIFEST_TARGET_AMBIGUOUS',
      'f.yaml:13 churn canary b kserve-container spec.canary[1].predictor.model.image',
    ],
    [
      'an image that a patch and an entry of images have',
      KUSTOMIZATION,
      'kustomization.yaml',
      setImage('r/churn:2', { name: 'churn' }),
      'MANIFEST_TARGET_AMBIGUOUS',
      'kustomization.yaml:3 Kustomization churn images[0]; kustomization.yaml:15 churn predictor',
    ],
    [
      'a patch in folded text',
      KUSTOMIZATION,
      'kustomization.yaml',
      setStorageUri('s3://folded/2/', { name: 'folded' }),
      'MANIFEST_NESTED_STYLE',
      'kustomization.yaml:7',
    ],
    [
      'a storage URI that no patch sets',
      'resources: [../base]\nimages: [{name: churn, newTag: v1}]\n',
      'kustomization.yaml',
      setStorageUri('s3://churn/2/'),
      'MANIFEST_TARGET_NOT_FOUND',
      '`images:` of a kustomization changes',
    ],
    [
      'one of two images of Helm values, without a path',
      VALUES,
      'values.yaml',
      setImage('r/churn:v2'),
      'MANIFEST_TARGET_AMBIGUOUS',
      'values.yaml:5 HelmValues proxy.image',
    ],
    [
      'a digest without a tag, where a chart knows no digest',
      VALUES,
      'values.yaml',
      setImage(`r/churn@sha256:${'b'.repeat(64)}`, { path: 'server.image' }),
      'MANIFEST_IMAGE_PARTS',
      'values.yaml:4: there is no key for a digest',
    ],
    [
      'an image, where Helm values have only its tag',
      'server: {image: {tag: v1, pullPolicy: Always}}\n',
      'values.yaml',
      setImage('r/other:v2', { path: 'server.image.tag' }),
      'MANIFEST_IMAGE_PARTS',
      'values.yaml:1: a tag stands here without the repository',
    ],
    [
      'an image, where an Application has only a parameter for its tag',
      APPLICATION.replace(/values: .*/s, 'parameters: [{name: image.tag, value: v1}]\n'),
      'app.yaml',
      setImage('r/other:v2', { name: 'churn' }),
      'MANIFEST_IMAGE_PARTS',
      'app.yaml:7: a tag stands here without the repository',
    ],
    [
      'a key that is not there, more likely a slip than meant',
      SERVICES,
      'f.yaml',
      setValue('spec.predictor.minRepicas', 2, { kind: 'InferenceService' }),
      'MANIFEST_TARGET_NOT_FOUND',
      'f.yaml:10 churn spec.predictor.minRepicas (no such key; there are minReplicas, model)',
    ],
    [
      'a key that Helm values do not have',
      VALUES,
      'values.yaml',
      setValue('server.image.tagg', 'v2'),
      'MANIFEST_TARGET_NOT_FOUND',
      'Correct the path',
    ],
    [
      'an entry of images with a slip in its name, where another one has the repository',
      KUSTOMIZATION,
      'kustomization.yaml',
      setImage('r/churn:v2', { kind: 'Kustomization', name: 'churm' }),
      'MANIFEST_TARGET_NOT_FOUND',
      'kustomization.yaml:3 Kustomization churn images[0]',
    ],
    [
      'an image in parameters of an Application, one of which stands twice',
      APPLICATION.replace(
        /values: .*/s,
        'parameters: [{name: i.name, value: r/churn}, {name: i.tag, value: v1}, {name: i.tag, value: v2}]\n',
      ),
      'app.yaml',
      setImage('r/churn:v3', { name: 'churn' }),
      'MANIFEST_TARGET_AMBIGUOUS',
      'app.yaml:7: the parameter i.tag stands more than once',
    ],
    [
      'a path that leads nowhere',
      VALUES,
      'values.yaml',
      setValue('sever.replicas', 2),
      'MANIFEST_TARGET_NOT_FOUND',
      'sever.replicas',
    ],
    [
      'a path that leads into text which is no manifest',
      SERVICES.replace('{containers: [{name: kserve-container, image: r/runtime:1}]}', 'some text'),
      'f.yaml',
      setValue('spec.containers[0].image', 'r/runtime:2', { kind: 'ServingRuntime' }),
      'MANIFEST_TARGET_NOT_FOUND',
      'spec.containers[0].image',
    ],
    [
      'an annotation of a kind that is not known',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
      'f.yaml',
      { set: 'annotation', key: 'a', value: 'b', target: {} },
      'MANIFEST_TARGET_NOT_FOUND',
      'annotation',
    ],
    [
      'an object whose name is no text, whatever name is asked for',
      SERVICES.replaceAll('name: churn', 'name: 2026'),
      'f.yaml',
      setImage('r/churn:2', { kind: 'InferenceService', name: 'churn' }),
      'MANIFEST_TARGET_NOT_FOUND',
      'f.yaml:10 (unnamed) predictor',
    ],
    [
      'an image of values, when an object of some name is meant',
      `${SERVICES}---\nimage: r/stray:1\n`,
      'f.yaml',
      setImage('r/stray:2', { name: 'fraud' }),
      'MANIFEST_TARGET_NOT_FOUND',
      'wanted name fraud',
    ],
    [
      'a variable that comes from elsewhere',
      SERVICES.replace('image: r/churn:1', 'env: [{name: A, valueFrom: {secretKeyRef: {}}}]'),
      'f.yaml',
      { set: 'env', key: 'A', value: 'b', target: { kind: 'InferenceService' } },
      'MANIFEST_TARGET_NOT_FOUND',
      'env',
    ],
  ]
  test.each(refused)('is refused for %s', (_what, text, path, change, code, seen) => {
    expect(() => plan(text, change, path)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(seen) }),
    )
  })
})

test('an image of Helm values whose digest is left empty stands there already', () => {
  const text = 'image: {repository: r/churn, tag: v2, digest: }\n'
  expect(plan(text, setImage('r/churn:v2'), 'values.yaml')).toMatchObject({ isChanged: false })
})

test('an image in parts at the root of Helm values has a label without a blank at its end', () => {
  const text = 'image: r/churn\ntag: v1\n'
  expect(plan(text, setImage('r/churn:v2'), 'values.yaml')).toMatchObject({ target: 'HelmValues' })
})

describe('a typed value', () => {
  const kept: [path: string, value: string | number | boolean, line: string][] = [
    ['replicas', 3, 'replicas: 3'],
    ['ratio', 1, 'ratio: 1'],
    ['ratio', 0.25, 'ratio: 0.25'],
    ['debug', true, 'debug: true'],
    ['empty', 'on', 'empty: "on"'],
    ['empty', 7, 'empty: 7'],
  ]
  test.each(kept)('%s becomes %p', (path, value, line) => {
    const edited = edit(VALUES, [setValue(path, value)], 'values.yaml')
    expect(edited.split('\n')).toContain(line)
  })

  test.each([
    ['spec.predictor.maxReplicas', 'predictor: {minReplicas: 1, model: {image: r/churn:1}, maxReplicas: 3}'],
    ['spec.canary[1].predictor.timeout', '{name: b, model: {image: r/churn:3}, timeout: 3}'],
  ])('%s, which every InferenceService can have, is added as a number', (path, line) => {
    const target = { kind: 'InferenceService' }
    expect(edit(SERVICES, [setValue(path, 3, target)])).toContain(line)
    expect(() => edit(SERVICES, [setValue(path, 'three', target)])).toThrow(
      expect.objectContaining({ code: 'MANIFEST_VALUE_TYPE' }),
    )
  })

  const refused: [path: string, value: string | number | boolean, seen: string][] = [
    ['replicas', '3', 'replicas is integer, and "3" is text'],
    ['replicas', 1.5, 'replicas is integer, and 1.5 is number'],
    ['debug', 'true', 'debug is boolean, and "true" is text'],
    ['proxy.image', 1, 'proxy.image is text, and 1 is integer'],
    ['server', 'x', 'server is a list or a map'],
    ['empty', Number.NaN, 'NaN is no number'],
  ]
  test.each(refused)('%s does not become %p', (path, value, seen) => {
    expect(() => edit(VALUES, [setValue(path, value)], 'values.yaml')).toThrow(
      expect.objectContaining({ code: 'MANIFEST_VALUE_TYPE', message: expect.stringContaining(seen) }),
    )
  })
})
