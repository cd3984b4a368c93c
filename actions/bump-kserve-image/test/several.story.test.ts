import { afterEach, describe, expect, test } from '@jest/globals'
import { FILE, type Fixture, manifest, startFixture, V1, V2 } from './fixture.ts'

const VALUES = 'charts/churn/values.yaml'
const OVERLAY = 'overlays/prod/kustomization.yaml'
const values = (tag: string, replicas: number): string => `# of the chart
server:
  image: {repository: registry.example/churn, tag: ${tag}}
replicas: ${replicas}
`
const overlay = (tag: string): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base]
images:
  - name: registry.example/churn
    newTag: ${tag}
`

let fixture: Fixture
afterEach(() => fixture.close())

const bump: Fixture['run'] = (given, context) => fixture.run({ transport: 'api', ...given }, context)

const files = async (): Promise<string[]> => [
  await fixture.manifest(FILE),
  await fixture.manifest(VALUES),
  await fixture.manifest(OVERLAY),
]
const start = () => ({ [FILE]: manifest(V1), [VALUES]: values('v1', 2), [OVERLAY]: overlay('v1') })

const CHANGES = `
- file: ${FILE}
  image: registry.example/churn:v2
  annotations: {mlops.example/model-version: 43}
- file: ${VALUES}
  path: server.image
  image: registry.example/churn:v2
- file: ${VALUES}
  path: replicas
  value: 3
- file: ${OVERLAY}
  kind: Kustomization
  image: registry.example/churn:v2
`

describe.each(['git', 'api'])('several changes of several files, by %s,', (transport) => {
  test('become one commit, and are taken back by its SHA alone', async () => {
    fixture = await startFixture(start())
    const before = await files()
    const { outputs, summary, report } = await fixture.run({ transport, file: '', changes: CHANGES })
    expect(outputs).toMatchObject({ changed: true, files: [FILE, VALUES, OVERLAY] })
    expect(Object.keys(outputs).filter((name) => name.startsWith('new-'))).toEqual([])
    expect(JSON.stringify(report)).toContain('"field":"annotation"')
    expect(summary).toContain(`| value \`${VALUES}:4 replicas\` | \`2\` | \`3\` |`)
    const [service, chart, kustomization] = await files()
    expect(service).toContain('mlops.example/model-version: "43"')
    expect(service).toContain('image: registry.example/churn:v2   # set by CI')
    expect([chart, kustomization]).toEqual([values('v2', 3), overlay('v2')])

    const again = await fixture.run({ transport, file: '', changes: CHANGES })
    expect(again.outputs).toMatchObject({
      changed: false,
      'from-this-run': true,
      'commit-sha': outputs['commit-sha'],
    })

    const back = { transport, mode: 'rollback', 'rollback-of': String(outputs['commit-sha']) }
    await expect(fixture.run({ ...back, file: FILE })).rejects.toMatchObject({ code: 'GITOPS_OTHER_TARGET' })
    expect((await fixture.run({ ...back, file: [FILE, VALUES, OVERLAY].join('\n') })).outputs).toMatchObject({
      changed: true,
    })
    const [restored, ...others] = await files()
    expect(others).toEqual(before.slice(1))
    // Nobody serves an annotation: a new one stays.
    expect(restored?.replace(/\n.*annotations:.*\n.*model-version.*\n/, '\n')).toContain(`image: ${V1}`)
  })
})

describe('a bump', () => {
  test('sets the same values in each of several files', async () => {
    const other = 'k8s/staging.yaml'
    fixture = await startFixture({ [FILE]: manifest(V1), [other]: manifest(V1) })
    const { outputs, summary } = await bump({ file: `${FILE}\n${other}`, image: V2 })
    expect(outputs).toMatchObject({ changed: true, files: [FILE, other] })
    expect([await fixture.manifest(FILE), await fixture.manifest(other)]).toEqual([
      manifest(V2),
      manifest(V2),
    ])
    expect(summary).toContain(`\`${other}:8 spec.predictor.model.image\``)
  })

  test('is all or nothing', async () => {
    fixture = await startFixture(start())
    const head = await fixture.head()
    await expect(
      bump({
        image: V2,
        changes: `- {file: ${VALUES}, path: server.image, image: other.example/churn:v2}`,
      }),
    ).rejects.toMatchObject({ code: 'GITOPS_REPOSITORY_CHANGED' })
    expect(await fixture.head()).toBe(head)
  })

  test('tells two models of one predictor apart by where they are mounted', async () => {
    const service = (base: string, adapter: string): string => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn}
spec:
  predictor:
    storageUris:
      - {uri: ${base}, mountPath: /mnt/models/base}
      - {uri: ${adapter}, mountPath: /mnt/models/adapter}
`
    fixture = await startFixture({ [FILE]: service('s3://a/1/', 's3://b/1/') })
    const bad = await bump({ 'mount-path': '/mnt/models/adapter', 'storage-uri': 's3://b/2/' })
    expect(await fixture.manifest()).toBe(service('s3://a/1/', 's3://b/2/'))
    await bump({ mode: 'rollback', 'rollback-of': String(bad.outputs['commit-sha']) })
    expect(await fixture.manifest()).toBe(service('s3://a/1/', 's3://b/1/'))
  })

  test('finds a marked line of a Helm template, by an input and in the list, and takes both back', async () => {
    const template = (churn: string, fraud: string): string => `{{- range .Values.servers }}
- image: registry.example/churn:${churn} # {"$imagepolicy": "flux-system:churn"}
- image: registry.example/fraud:${fraud} # {"$imagepolicy": "flux-system:fraud"}
{{- end }}
`
    const file = 'charts/churn/templates/churn.yaml'
    fixture = await startFixture({ [file]: template('v1', 'v1') })
    const asked = {
      file,
      policy: 'flux-system:churn',
      image: 'registry.example/churn:v2',
      changes: '- {policy: "flux-system:fraud", image: "registry.example/fraud:v2"}',
    }
    const { outputs } = await bump(asked)
    expect(await fixture.manifest(file)).toBe(template('v2', 'v2'))
    expect((await bump(asked)).outputs).toMatchObject({ changed: false, 'from-this-run': true })
    await bump({ file, mode: 'rollback', 'rollback-of': String(outputs['commit-sha']) })
    expect(await fixture.manifest(file)).toBe(template('v1', 'v1'))
  })

  test('sets a variable, an annotation of the pods and a number, each by its input', async () => {
    fixture = await startFixture({ [FILE]: manifest(V1) })
    await bump({
      component: 'predictor',
      annotations: 'mlops.example/data-md5=7be0',
      env: 'LOG_LEVEL=debug',
      path: 'spec.predictor.minReplicas',
      value: '2',
    })
    const text = await fixture.manifest()
    expect(text).toMatch(/^ {4}annotations:\n {6}mlops\.example\/data-md5: "?7be0"?$/m)
    expect(text).toMatch(/^ {4}minReplicas: 2$/m)
    expect(text).toMatch(/^ {8}- name: LOG_LEVEL\n {10}value: debug$/m)
  })

  test('takes a revision of seven digits for text where text stands', async () => {
    fixture = await startFixture({ [VALUES]: values('v1', 2) })
    await bump({ file: VALUES, path: 'server.image.tag', value: '1234567' })
    expect(await fixture.manifest(VALUES)).toBe(values('"1234567"', 2))
    await expect(bump({ file: VALUES, path: 'replicas', value: 'many' })).rejects.toMatchObject({
      code: 'MANIFEST_VALUE_TYPE',
    })
  })

  test('leaves a newer deployment alone where it is told to, and fails for what nobody knows', async () => {
    fixture = await startFixture({ [FILE]: manifest(V1) })
    await bump({ image: 'registry.example/churn:v3' }, { runId: '200' })
    const head = await fixture.head()
    const asked = { image: V2, 'on-conflict': 'skip-if-newer' }
    const { outputs, summary } = await bump(asked)
    expect(outputs).toMatchObject({
      changed: false,
      'from-this-run': false,
      'commit-sha': head,
      'new-image': 'registry.example/churn:v3',
    })
    expect(summary).toMatch(/^## ⏭️ churn was left alone: acme\/gitops main has a newer image\n/)
    expect(summary).toContain(`| image | \`registry.example/churn:v3\` | \`${V2}\` |`)
    expect((await bump(asked, { runId: '201' })).outputs['changed']).toBe(true)
  })
})
