import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { type GitHubServer, type Repository, startGitHub } from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import { type Credential, type GitRepository, openRepository, parseRemoteUrl } from '../src/index.ts'

export const TOKEN = 'ghs_gitTestToken0123456789'
const BY_TOKEN: Credential = { kind: 'token', token: TOKEN }

export interface Fixture {
  readonly server: GitHubServer
  readonly remote: Repository
  readonly temp: string
  open(more?: {
    readonly url?: string
    readonly credential?: Credential
    readonly world?: World
  }): Promise<GitRepository>
  close(): Promise<void>
}

/** A private repository on a real server, and local repositories that know it. */
export async function startFixture(): Promise<Fixture> {
  const temp = await mkdtemp(join(tmpdir(), "git test's "))
  const server = await startGitHub({ tokens: { [TOKEN]: { login: 'bot', access: { '*': 'write' } } } })
  const remote = await server.createRepository('acme/gitops', {
    isPrivate: true,
    files: { 'a.yaml': 'a: 1\n' },
  })
  const opened: GitRepository[] = []
  return {
    server,
    remote,
    temp,
    async open({ url = `${server.url}/acme/gitops.git`, credential = BY_TOKEN, world = worldWith() } = {}) {
      const repository = await openRepository(world, {
        remote: parseRemoteUrl(url),
        credential,
        temp,
        requestTimeout: 5_000,
      })
      opened.push(repository)
      return repository
    },
    async close() {
      for (const repository of opened) await repository.close()
      await server.close()
      await rm(temp, { recursive: true, force: true })
    },
  }
}

export function worldWith(env: Record<string, string> = {}): World {
  return testWorld({ env: { PATH: process.env['PATH'] ?? '', ...env } })
}
