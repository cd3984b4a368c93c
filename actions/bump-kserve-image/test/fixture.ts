import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import {
  type GitHubServer,
  headOf,
  type Repository,
  readFileAt,
  startGitHub,
} from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import { inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export const TOKEN = 'ghs_canaryToken0123456789'
export const FILE = 'k8s/inference.yaml'
export const V1 = 'registry.example/churn:v1'
export const V2 = `registry.example/churn:v2@sha256:${'9a41'.repeat(16)}`

export interface Fixture {
  readonly github: GitHubServer
  readonly repository: Repository
  readonly temp: string
  /** The environment of a step of a workflow on the sandbox's GitHub. */
  readonly env: Readonly<Record<string, string>>
  head(): Promise<string>
  manifest(path?: string): Promise<string>
  /** Runs the action in this process. */
  run(given: Readonly<Record<string, string>>, more?: Partial<ActionWorld['context']>): Promise<ActionResult>
  close(): Promise<void>
}

export async function startFixture(
  files: Record<string, string | Buffer> = { [FILE]: manifest(V1) },
): Promise<Fixture> {
  const temp = await mkdtemp(join(tmpdir(), 'bump-test-'))
  const github = await startGitHub({
    tokens: { [TOKEN]: { login: 'deployer[bot]', access: { 'acme/gitops': 'write', 'acme/churn': 'read' } } },
  })
  const repository = await github.createRepository('acme/gitops', { isPrivate: true, files })
  const head = async (): Promise<string> => (await headOf(repository, 'main')) ?? ''
  return {
    github,
    repository,
    temp,
    env: {
      GITHUB_SERVER_URL: github.url,
      GITHUB_API_URL: github.apiUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_REPOSITORY: 'acme/churn',
      GITHUB_SHA: 'c'.repeat(40),
      GITHUB_ACTOR: 'ann',
      GITHUB_RUN_ID: '100',
      RUNNER_TEMP: temp,
    },
    head,
    manifest: async (path = FILE) => readFileAt(repository, await head(), path),
    run: (given, more) => run(readInputs(given), actionWorld({ github, temp }, more)),
    close: async () => {
      await github.close()
      await rm(temp, { recursive: true, force: true })
    },
  }
}

/** The inputs of a step: the repository of the fixture, unless told otherwise. */
export function step(given: Readonly<Record<string, string>>): Record<string, string> {
  return { repository: 'acme/gitops', file: FILE, token: TOKEN, transport: 'git', ...given }
}

export function readInputs(
  given: Readonly<Record<string, string>>,
  mask: (secret: string) => void = () => {},
) {
  const values = step(given)
  return inputs.read((name) => values[name] ?? '', mask)
}

function actionWorld(
  { github, temp }: Pick<Fixture, 'github' | 'temp'>,
  more: Partial<ActionWorld['context']> = {},
): ActionWorld {
  const context = {
    repository: 'acme/churn',
    sha: 'c'.repeat(40),
    ref: 'refs/heads/main',
    refProtected: false,
    eventName: 'push',
    eventPath: '',
    actor: 'ann',
    workflow: 'mlops',
    job: 'deploy',
    runId: '100',
    runAttempt: '1',
    serverUrl: github.url,
    apiUrl: github.apiUrl,
    runUrl: `${github.url}/acme/churn/actions/runs/100`,
    workspace: temp,
    temp,
    ...more,
  }
  const world = testWorld({ env: { PATH: process.env['PATH'] ?? '' } })
  return {
    ...world,
    random: Math.random,
    context,
    output: () => {},
    idToken: () => Promise.reject(new Error('not here')),
  }
}

export function manifest(image: string, uri = 's3://ml/churn/v1/'): string {
  return `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, namespace: prod}
spec:
  predictor:
    model:
      modelFormat: {name: sklearn}
      image: ${image}   # set by CI
      storageUri: '${uri}'
`
}
