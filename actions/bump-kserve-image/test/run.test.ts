import { afterEach, describe, expect, test } from '@jest/globals'
import { protectBranch } from '@mlops-actions/sandbox/github'
import { describeBumps } from './bumps.ts'
import { FILE, type Fixture, manifest, startFixture, V1, V2 } from './fixture.ts'

let fixture: Fixture

describeBumps('api')

describe('by git, a bump', () => {
  afterEach(() => fixture.close())

  test('changes the container that is named, and no other', async () => {
    const containers = (sidecar: string): string => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, namespace: prod}
spec:
  predictor:
    containers:
      - {name: kserve-container, image: '${V1}'}
      - {name: features, image: '${sidecar}'}
`
    fixture = await startFixture({ [FILE]: containers(V1) })
    const { outputs } = await fixture.run({ container: 'features', image: V2 })
    expect(outputs['new-image']).toBe(V2)
    expect(await fixture.manifest()).toBe(containers(V2))
  })

  test.each<[what: string, given: Record<string, string>, kind: string, retryable: boolean]>([
    ['a wrong token', { token: 'ghs_wrongToken' }, 'auth', false],
    ['a repository that is not there', { repository: 'acme/nothing' }, 'not-found', false],
    ['a branch that is not there', { branch: 'release' }, 'not-found', false],
    ['a file that is not there', { file: 'k8s/other.yaml' }, 'not-found', false],
    [
      'an unreachable server',
      { repository: 'http://127.0.0.1:9/acme/gitops', token: 'glpat-other' },
      'upstream',
      true,
    ],
    [
      'a host that does not resolve',
      { repository: 'https://gitops.invalid/acme/gitops', token: 'glpat-other' },
      'config',
      false,
    ],
  ])('fails on %s', async (_what, given, kind, retryable) => {
    fixture = await startFixture()
    await expect(fixture.run({ image: V2, ...given })).rejects.toMatchObject({ kind, retryable })
  })

  test('is refused by a rule of the repository in the words of GitHub', async () => {
    fixture = await startFixture()
    await protectBranch(fixture.repository, 'main', 'GH013')
    await expect(fixture.run({ image: V2 })).rejects.toMatchObject({
      kind: 'policy',
      retryable: false,
      message: expect.stringMatching(/GH013.*Changes must be made through a pull request/s),
    })
  })

  test('whose answer was lost is counted once', async () => {
    fixture = await startFixture()
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('git-receive-pack')
    fixture.github.faults.push({ match, times: 2, respond: 'reset-after' })
    const { outputs } = await fixture.run({ image: V2 })
    expect(outputs).toMatchObject({ changed: true, 'commit-sha': await fixture.head() })
    expect(await fixture.manifest()).toBe(manifest(V2))
  })
})
