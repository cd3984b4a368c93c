import { beforeEach, describe, expect, test } from '@jest/globals'
import { decideBump, decideRollback, type RollbackRequest } from '../src/index.ts'
import { FILE, request, service } from './fixture.ts'
import { createLine, type Line } from './line.ts'

const OTHER = 'k8s/fraud.yaml'
const image = (tag: string): string => `registry.example/churn:${tag}`

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
  line = createLine({ [FILE]: service('churn'), [OTHER]: service('fraud') })
})

/** The SHA of the commit. */
function bump(tag: string, more: Parameters<typeof request>[1] = {}): string {
  line.land(decideBump(request(image(tag), more), line.state(), undefined))
  return line.state().head
}

function rollback(rollbackOf: string, more: Partial<RollbackRequest> = {}) {
  const { order } = request('')
  const asked = { files: [FILE], target: {}, undos: [], ...more, order: { ...order, rollbackOf } }
  return line.land(decideRollback(asked, line.state()))
}

describe('a rollback by a commit alone', () => {
  test('is of what that commit was about, and not of another file that has the same image', () => {
    bump('v7')
    const fraud = bump('v8', { file: OTHER })
    bump('v8')
    expect(() => rollback(fraud)).toThrow(
      expect.objectContaining({
        code: 'GITOPS_OTHER_TARGET',
        message: expect.stringContaining(`${OTHER} fraud predictor`),
      }),
    )
    expect(line.text(FILE)).toBe(service('churn', { image: image('v8') }))
  })

  test('is of the container that the commit changed', () => {
    line = createLine({ [FILE]: pair(image('v1'), image('v1')) })
    const bad = bump('v2', { target: { container: 'features' } })
    expect(rollback(bad)).toMatchObject({ outcome: 'changed' })
    expect(line.text(FILE)).toBe(pair(image('v1'), image('v1')))
  })

  test('is of the service that the commit changed, where the file holds more than one', () => {
    const two = (churn: string): string =>
      `${service('churn', { image: image(churn) })}---\n${service('fraud')}`
    line = createLine({ [FILE]: two('v1') })
    const bad = bump('v2', { target: { name: 'churn' } })
    expect(rollback(bad)).toMatchObject({ outcome: 'changed' })
    expect(line.text(FILE)).toBe(two('v1'))
  })

  test('is refused where the request names another container', () => {
    line = createLine({ [FILE]: pair(image('v1'), image('v1')) })
    const bad = bump('v2', { target: { container: 'features' } })
    expect(() => rollback(bad, { target: { container: 'kserve-container' } })).toThrow(
      expect.objectContaining({ code: 'GITOPS_OTHER_TARGET' }),
    )
  })

  test('leaves a value that was read back with a new line at its end for what it is', () => {
    line = createLine({ [FILE]: service('churn', { image: `|\n          ${image('v1')}` }) })
    const bad = bump('v2')
    line.write({ [FILE]: service('churn', { image: `|\n          ${image('v2')}` }) })
    expect(rollback(bad)).toMatchObject({ outcome: 'changed', values: [{ before: image('v2') }] })
  })

  test('of a commit that is not ours says that it does not know what was good', () => {
    const head = line.write({ [FILE]: service('churn', { image: image('v2') }) })
    expect(() => rollback(head)).toThrow(
      expect.objectContaining({
        code: 'GITOPS_NO_PREVIOUS_VALUE',
        message: expect.stringMatching(/has no trailers of this action.*Give `previous-image`/),
      }),
    )
  })

  test('that is not on the branch says that there may be nothing to take back', () => {
    bump('v2')
    expect(() => rollback('f'.repeat(40))).toThrow(
      expect.objectContaining({
        code: 'GITOPS_NO_PREVIOUS_VALUE',
        message: expect.stringMatching(/it is not on the branch\. If it never came onto the branch/),
      }),
    )
  })
})
