import { beforeEach, describe, expect, test } from '@jest/globals'
import { type BumpRequest, decideBump } from '../src/index.ts'
import { FILE, request, service } from './fixture.ts'
import { createLine, type Line } from './line.ts'

const image = (tag: string): string => `registry.example/churn:${tag}`

/** A service with two containers. */
const pair = (main: string, features: string): string => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, namespace: prod}
spec:
  predictor:
    containers:
      - {name: kserve-container, image: '${main}'}
      - {name: features, image: '${features}'}
`

let line: Line
beforeEach(() => {
  line = createLine({ [FILE]: service('churn') })
})

function bump(tag: string, runId: string, more: Parameters<typeof request>[1] = {}) {
  const asked = request(image(tag), more)
  const order = { ...asked.order, run: { ...asked.order.run, runId } }
  return line.land(decideBump({ ...asked, order }, line.state(), undefined))
}

const refused = expect.objectContaining({ code: 'GITOPS_NEWER_DEPLOYMENT', retryable: false })

describe('an older run does not replace what is newer', () => {
  test('when the message of the newer one went through a squash', () => {
    bump('v3', '200')
    line.reword((message) => `${message}\n---------\n\nCo-authored-by: Ann <ann@example.com>\n`)
    expect(() => bump('v2', '100')).toThrow(refused)
  })

  test('when it is run again and its own value was replaced by hand since', () => {
    bump('v2', '100')
    line.write({ [FILE]: service('churn', { image: image('v3') }) })
    expect(() => bump('v2', '100')).toThrow(refused)
    expect(bump('v2', '100', { allowDowngrade: true })).toMatchObject({ outcome: 'changed' })
  })

  test('when another repository has set something else of the same target since', () => {
    bump('v3', '200')
    const asked = request(image('v3'))
    const run = { ...asked.order.run, runId: '300', repositoryUrl: 'https://github.com/acme/config' }
    const changes = asked.changes.map(
      (change) => ({ ...change, set: 'annotation', key: 'a', value: 'b' }) as const,
    )
    line.land(decideBump({ ...asked, changes, order: { ...asked.order, run } }, line.state(), undefined))
    expect(() => bump('v2', '100')).toThrow(refused)
  })

  test('but a run whose own rollback stands may deploy again', () => {
    bump('v2', '100')
    bump('v1', '100')
    expect(bump('v2', '100')).toMatchObject({ outcome: 'changed' })
  })

  test('nor is an older run kept from another container of the same service', () => {
    line = createLine({ [FILE]: pair(image('v1'), image('v1')) })
    bump('v3', '200', { target: { container: 'features' } })
    expect(bump('v2', '199')).toMatchObject({ outcome: 'changed' })
    expect(line.text(FILE)).toBe(pair(image('v2'), image('v3')))
  })
})

describe('what a decision has to learn of the product', () => {
  const [ours, theirs] = ['a'.repeat(40), 'b'.repeat(40)]

  function decide(known: ReadonlyMap<string, 'yes' | 'no'>, runId = '101', more: Partial<BumpRequest> = {}) {
    const asked: string[] = []
    const ancestry = {
      containsOurs: (commit: string) => known.get(commit),
      learn: async (commits: readonly string[]) => void asked.push(...commits),
    }
    const { order, ...rest } = request(image('v2'))
    const run = { ...order.run, runId, sha: ours }
    const decided = decideBump(
      { ...rest, ancestry, order: { ...order, run }, ...more },
      line.state(),
      undefined,
    )
    return { decided, asked }
  }

  beforeEach(() => {
    const { order, ...rest } = request(image('v3'))
    const run = { ...order.run, runId: '100', sha: theirs }
    line.land(decideBump({ ...rest, order: { ...order, run } }, line.state(), undefined))
  })

  test('is how the commit that is deployed stands to its own', async () => {
    const { decided, asked } = decide(new Map())
    expect(decided).toMatchObject({ learn: expect.any(Function) })
    if (typeof decided === 'object' && 'learn' in decided) await decided.learn()
    expect(asked).toEqual([theirs])
  })

  test('keeps an older commit from a newer one, and no other', () => {
    expect(() => decide(new Map([[theirs, 'yes']]))).toThrow(refused)
    expect(decide(new Map([[theirs, 'no']])).decided).toMatchObject({ result: { outcome: 'changed' } })
  })

  test('is nothing where a later run decides, or nobody asks', () => {
    expect(() => decide(new Map(), '99')).toThrow(refused)
    expect(decide(new Map(), '99', { allowDowngrade: true }).decided).toMatchObject({
      result: { outcome: 'changed' },
    })
    expect(decide(new Map(), '101', { ancestry: undefined }).decided).toMatchObject({
      result: { outcome: 'changed' },
    })
  })
})

describe('a step that skips what is newer', () => {
  const skip = { onConflict: 'skip-if-newer' } as const

  test('leaves the deployment of a later run alone', () => {
    bump('v3', '200')
    expect(bump('v2', '100', skip)).toMatchObject({
      outcome: 'superseded',
      values: [{ before: image('v3') }],
    })
    expect(bump('v4', '201', skip)).toMatchObject({ outcome: 'changed' })
  })

  test('fails where somebody has set a third value in between that nobody knows to be newer', () => {
    const asked = request(image('v2'), skip)
    const first = decideBump(asked, line.state(), undefined)
    line.write({ [FILE]: service('churn', { image: image('v9') }) })
    const result = typeof first === 'object' && 'result' in first ? first.result : undefined
    expect(() => decideBump(asked, line.state(), result)).toThrow(
      expect.objectContaining({ code: 'GITOPS_VALUE_CONFLICT' }),
    )
  })
})

describe('what one container had before is not taken for what another had', () => {
  test('by a step that finds its work done', () => {
    line = createLine({ [FILE]: pair(image('v1'), image('v0')) })
    bump('v2', '100', { target: { container: 'features' } })
    line.write({ [FILE]: pair(image('v2'), image('v2')) })
    expect(bump('v2', '100')).toMatchObject({
      outcome: 'already-there',
      fromThisRun: false,
      values: [{ before: undefined }],
    })
  })
})

describe('a first value', () => {
  test.each(['~', 'null', 'Null', ''])('takes the place of `%s`', (nothing) => {
    line = createLine({ [FILE]: service('churn', { image: nothing }) })
    expect(bump('v2', '100')).toMatchObject({ outcome: 'changed', values: [{ before: '' }] })
    expect(line.text(FILE)).toBe(service('churn', { image: image('v2') }))
  })

  test('in a block scalar is one of its repository', () => {
    line = createLine({ [FILE]: service('churn', { image: `|\n          ${image('v1')}` }) })
    expect(bump('v2', '100')).toMatchObject({ outcome: 'changed', values: [{ before: image('v1') }] })
  })
})

test('a value is from the run that wrote it, whatever else that run or another set of the same target', () => {
  bump('v3', '200')
  const asked = request(image('v3'))
  const order = { ...asked.order, run: { ...asked.order.run, runId: '300' } }
  const changes = asked.changes.map(
    (change) => ({ ...change, set: 'annotation', key: 'a', value: 'b' }) as const,
  )
  line.land(decideBump({ ...asked, changes, order }, line.state(), undefined))
  expect(bump('v3', '300')).toMatchObject({ outcome: 'already-there', fromThisRun: false })
  expect(bump('v3', '200')).toMatchObject({ outcome: 'already-there', fromThisRun: true })
})
