import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLog, type World } from '@mlops-actions/diagnostics'
import { parseRemoteUrl } from '@mlops-actions/git'
import { createGitHub } from '@mlops-actions/github'
import { createHttp } from '@mlops-actions/http'
import type { Target } from '@mlops-actions/manifest'
import {
  type GitHubServer,
  type Repository,
  type RepositoryOptions,
  startGitHub,
} from '@mlops-actions/sandbox/github'
import {
  type Branch,
  type BumpOrder,
  type BumpRequest,
  openGitBranch,
  openGitHubBranch,
} from '../src/index.ts'

export const TOKEN = 'ghs_sandboxToken0123456789'
export const FILE = 'k8s/inference.yaml'

export type Transport = 'git' | 'api'

export interface Fixture {
  readonly github: GitHubServer
  readonly repository: Repository
  /** Temporary folder in which local repositories lie. */
  readonly temp: string
  /** Another writer with a repository of its own. */
  openBranch(transport: Transport, as?: { token?: string; world?: World }): Promise<Branch>
  close(): Promise<void>
}

export async function startFixture(
  files: RepositoryOptions['files'] = { [FILE]: service('churn') },
): Promise<Fixture> {
  const temp = await mkdtemp(join(tmpdir(), 'gitops-test-'))
  const github = await startGitHub({ tokens: { [TOKEN]: { login: 'bot', access: { '*': 'write' } } } })
  const repository = await github.createRepository('acme/gitops', {
    isPrivate: true,
    ...(files === undefined ? {} : { files }),
  })
  const branches: Branch[] = []
  return {
    github,
    repository,
    temp,
    async openBranch(transport, { token = TOKEN, world = createWorld() } = {}) {
      const branch = await (transport === 'git'
        ? openByGit(world, github, temp, token)
        : openByApi(world, github, token))
      branches.push(branch)
      return branch
    },
    async close() {
      for (const branch of branches) await branch.close()
      await github.close()
      await rm(temp, { recursive: true, force: true })
    },
  }
}

function openByGit(world: World, github: GitHubServer, temp: string, token: string): Promise<Branch> {
  return openGitBranch(world, {
    remote: parseRemoteUrl(`${github.url}/acme/gitops.git`),
    branch: 'main',
    credential: { kind: 'token', token },
    author: { name: 'Deployer', email: 'deployer@example.com' },
    temp,
    requestTimeout: 10_000,
  })
}

function openByApi(world: World, { url, apiUrl }: GitHubServer, token: string): Branch {
  const http = createHttp(world, { trustedOrigins: [url] })
  const github = createGitHub(world, { apiUrl, token, http })
  const branch = openGitHubBranch({
    github,
    repository: { owner: 'acme', name: 'gitops' },
    branch: 'main',
    serverUrl: url,
  })
  return { ...branch, close: async () => http.close() }
}

/** Real time, but pauses are a fiftieth of what they are in a workflow. */
export function createWorld(more: Partial<World> = {}): World {
  return {
    log: silentLog,
    signal: new AbortController().signal,
    now: Date.now,
    sleep: (ms) => delay(ms / 50),
    random: Math.random,
    env: process.env,
    mask: () => {},
    ...more,
  }
}

export function service(
  name: string,
  { image = 'registry.example/churn:v1', uri = 's3://ml/churn/v1/' } = {},
): string {
  return `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: ${name}   # the model
spec:
  predictor:
    containers:
      - name: kserve-container
        image: ${image}
        env:
          - {name: STORAGE_URI, value: ${uri}}
`
}

let changes = 0

/** A request for an image in {@link FILE}, or for what is told otherwise. */
export function request(
  image: string,
  { file = FILE, target = {}, ...more }: Partial<BumpRequest> & { file?: string; target?: Target } = {},
  order: Partial<BumpOrder> = {},
): BumpRequest {
  changes += 1
  return {
    changes: [{ set: 'image', value: image, file, target }],
    onConflict: 'fail',
    allowRepositoryChange: false,
    allowDowngrade: false,
    allowedRegistries: [],
    order: {
      changeId: `change-${changes}`,
      run: {
        repositoryUrl: 'https://github.com/acme/churn',
        runId: '100',
        url: 'https://run/100',
        sha: 'a'.repeat(40),
        actor: 'Ann <ann@example.com>',
      },
      trailers: new Map(),
      ...order,
    },
    ...more,
  }
}
