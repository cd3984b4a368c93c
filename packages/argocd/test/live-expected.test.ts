import { describe, expect, test } from '@jest/globals'
import { type Declared, type LiveState, versionsIn } from '../src/index.ts'
import { after, judgeOf, OLD, pod, SECOND, type Shape, START, state, text } from './fixture.ts'

const V1 = 'r/churn@sha256:1'
const V2 = 'r/churn@sha256:2'
const MODEL = 's3://models/churn/v2/'

const asks = (images: readonly string[], models: readonly string[] = []): readonly Declared[] => [
  { on: 'Deployment churn', images, models },
]
const judge = () => judgeOf({ images: [V2] })

/** Looks of which the first asks for a rendering, which the others come after. */
const rendered =
  (shape: Shape, more: Partial<LiveState> = {}) =>
  (now: number) =>
    state(shape, { now, isRendered: now > START, ...more })

describe('an expected image', () => {
  test('counts where an object asks for it, though no pod is there: at scale to zero', () => {
    expect(after(30, rendered({}, { declared: asks([V2]) }), judge())).toBe('done: live')
  })

  test.each([V2, 'r/churn:v2@sha256:2'])('counts where a pod has it, as %s', (image) => {
    expect(after(30, rendered({ images: [image] }), judge())).toBe('done: live')
  })

  test('that is not there has Argo CD render once, for its revision may have moved without its manifests', () => {
    const one = judge()
    const before = state({}, { declared: asks([V1]) })
    expect(text(one.evaluate(before))).toBe(
      `pending: synced; no object asks for the image ${V2}, and no pod has it; there is ${V1} in Deployment churn`,
    )
    expect(one.wantsRendering).toBe(true)
    const now = START + SECOND
    expect(text(one.evaluate(state({}, { now, isRendered: true, declared: asks([V2]) })))).toContain(
      'synced and',
    )
    expect(one.wantsRendering).toBe(false)
  })

  test('that is not there after that is a failure, not a time-out', () => {
    const different = rendered({ images: [V1] }, { declared: asks([V1]) })
    expect(after(20, different, judge())).toContain('pending')
    expect(after(30, different, judge())).toBe(
      `failed: conflict: no object asks for the image ${V2}, and no pod has it; there is ${V1} in Deployment churn`,
    )
  })

  test('is not looked for before the commit is synced and well', () => {
    const one = judge()
    expect(after(300, rendered({ health: 'Progressing' }), one)).toContain(
      'pending: synced, health Progressing',
    )
    expect(one.wantsRendering).toBe(false)
  })

  test('is that of the newer commit where one has taken its place', () => {
    const newer = rendered({ revision: OLD, images: [V1] }, { relation: 'newer', declared: asks([V1]) })
    expect(after(30, newer, judge())).toBe('done: superseded')
  })
})

describe('pods of another version of an expected image', () => {
  const serving = (images: string[], statusReason = 'Running') => {
    const { node, live } = pod({ health: 'Healthy', statusReason })
    return [{ node: { ...node, images }, live }]
  }
  const look =
    (images: string[], shape: Shape = {}, reason?: string) =>
    (now: number) =>
      state({ images: [V2], ...shape }, { now }, serving(images, reason))

  test('have to go first', () => {
    expect(after(300, look([V1]), judge())).toBe(`pending: synced; pod churn-x7k2p still has the image ${V1}`)
    expect(after(30, look([V2, 'r/sidecar:1']), judge())).toBe('done: live')
  })

  test('are no version of before where an object asks for just that', () => {
    const declared = [...asks([V2]), { on: 'Deployment worker', images: [V1], models: [] }]
    const both = (now: number) => state({ images: [V2] }, { now, declared }, serving([V1]))
    expect(after(30, both, judge())).toBe('done: live')
  })

  test.each(['Terminating', 'Unknown', 'Completed', 'Evicted'])('do not count when they are %s', (reason) => {
    expect(after(30, look([V1], {}, reason), judge())).toBe('done: live')
  })

  test('stay where a rollout is paused half-way on purpose', () => {
    const one = judgeOf({ images: [V2], acceptSuspended: true })
    expect(after(30, look([V1], { health: 'Suspended' }), one)).toBe('done: live')
  })

  test('and what is expected twice may run twice', () => {
    const both = judgeOf({ images: [V2, V1] })
    const images = [V2, V1]
    expect(after(30, (now) => state({ images }, { now }, serving([V1])), both)).toBe('done: live')
  })
})

describe('an expected model', () => {
  const model = () => judgeOf({ storageUri: MODEL })

  test('has to be asked for by an object', () => {
    expect(after(30, rendered({}, { declared: asks([], [MODEL]) }), model())).toBe('done: live')
    expect(after(60, rendered({}, { declared: asks([], ['s3://models/churn/v1/']) }), model())).toBe(
      `failed: conflict: no object asks for the model ${MODEL}; there is s3://models/churn/v1/ in Deployment churn`,
    )
  })

  test('that differs by the slash at its end is told', () => {
    const slash = rendered({}, { declared: asks([], [MODEL.slice(0, -1)]) })
    expect(after(60, slash, model())).toContain('which differs by the slash at its end only')
  })
})

describe('the cause is named where something overrides what stands in Git:', () => {
  const overridden = (shape: Shape, more: Partial<LiveState> = {}) =>
    after(
      60,
      rendered(shape, { declared: asks(['r/churn:v1']), ...more }),
      judgeOf({ images: ['r/churn:v2'] }),
    )

  test.each<[string, Shape, string]>([
    [
      'a Helm parameter',
      {
        helm: {
          parameters: [
            { name: 'replicas', value: '2' },
            { name: 'image.tag', value: 'v1' },
          ],
        },
      },
      'spec.source.helm.parameters[1] (image.tag: v1) of the Application overrides it',
    ],
    [
      'a Helm value',
      { helm: { valuesObject: { server: { image: { repository: 'r/churn', tag: 'v1' } } } } },
      'spec.source.helm.valuesObject.server.image.tag of the Application overrides it',
    ],
    [
      'Helm values as text',
      { helm: { values: 'image:\n  tag: "v1" # pinned\n' } },
      'spec.source.helm.values (tag: "v1" # pinned) of the Application overrides it',
    ],
    [
      'a Kustomize image',
      { kustomize: { images: ['other:v1', 'churn=r/churn:v1'] } },
      'spec.source.kustomize.images (churn=r/churn:v1) of the Application overrides it',
    ],
  ])('%s', (_, shape, words) => {
    expect(overridden(shape)).toContain('failed: policy: no object asks for the image r/churn:v2')
    expect(overridden(shape)).toContain(words)
  })

  test("an image updater's file", () => {
    const text = 'helm:\n  parameters:\n  - name: image.tag\n    value: v1\n    forcestring: true\n'
    const overrideFile = { path: 'churn/.argocd-source-churn-prod.yaml', text }
    expect(overridden({}, { overrideFile })).toContain(
      'the file churn/.argocd-source-churn-prod.yaml, which an image updater writes, overrides it (value: v1)',
    )
  })

  test('and what has nothing to do with it is not', () => {
    const shape = {
      helm: { parameters: [{ name: 'replicas', value: '2' }] },
      kustomize: { images: ['x:v2'] },
    }
    expect(overridden(shape)).toContain('failed: conflict')
  })
})

test('images and models are found wherever an object asks for them, and not in its status', () => {
  const object = {
    metadata: {
      annotations: { 'internal.serving.kserve.io/storage-initializer-sourceuri': 's3://noted/' },
    },
    spec: {
      template: { spec: { initContainers: [{ image: 'r/init:1' }], containers: [{ image: V2 }] } },
      predictor: {
        model: { storageUri: MODEL, image: 'r/server:1' },
        storageUris: [{ uri: 's3://extra/' }],
        containers: [{ env: [{ name: 'STORAGE_URI', value: 's3://env/' }] }],
      },
      model: { uri: 'hf://org/llm' },
    },
    status: { image: V1 },
  }
  const { images, models } = versionsIn(object)
  expect([...images].sort()).toEqual([V2, 'r/init:1', 'r/server:1'])
  expect([...models].sort()).toEqual(['hf://org/llm', 's3://env/', 's3://extra/', MODEL, 's3://noted/'])
})
