import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { JsonObject, KubeObject, KubernetesState } from '../src/kubernetes/index.ts'
import { RESOURCES } from '../src/kubernetes/index.ts'

/** A real Git repository that stands for the GitOps repository. */
export interface Repository {
  readonly path: string
  /** Writes (or, for null, removes) files and commits; the answer is the commit. */
  commit(files: Record<string, string | null>, message?: string): string
  git(...args: string[]): string
  remove(): void
}

export function createRepository(): Repository {
  const path = mkdtempSync(join(tmpdir(), 'gitops-'))
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  git('init', '--quiet', '--initial-branch=main')
  return {
    path,
    git,
    commit: (files, message = 'change') => {
      for (const [name, text] of Object.entries(files)) {
        if (text === null) rmSync(join(path, name))
        else {
          mkdirSync(dirname(join(path, name)), { recursive: true })
          writeFileSync(join(path, name), text)
        }
      }
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '-m', message)
      return git('rev-parse', 'HEAD')
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export function application(
  repository: string,
  automated: JsonObject | undefined,
  extra: JsonObject = {},
): JsonObject {
  return {
    metadata: { name: 'churn', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: repository, path: 'apps/churn', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'models' },
      ...(automated === undefined ? {} : { syncPolicy: { automated } }),
      ...extra,
    },
  }
}

export function configMap(value: string, name = 'settings'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  value: "${value}"\n`
}

export function appOf(state: KubernetesState, name = 'churn'): KubeObject | undefined {
  return state.store.get({ type: RESOURCES.applications, namespace: 'argocd', name })
}
