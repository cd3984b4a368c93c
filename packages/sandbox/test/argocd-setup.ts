import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: path,
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim()
  // What `git init --bare` makes, without a process in each test.
  for (const folder of ['objects', 'refs/heads']) mkdirSync(join(path, folder), { recursive: true })
  writeFileSync(join(path, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(path, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
  let last: string | undefined
  return {
    path,
    git: (...args) => git(args),
    commit: (files, message = 'change') => {
      last = git(['fast-import', '--quiet', '--force'], importOf(files, message, last))
      return last
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** What git-fast-import(1) makes a commit on `main` of, and prints its SHA for. */
function importOf(files: Record<string, string | null>, message: string, parent: string | undefined): string {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const changes = Object.entries(files).map(([name, text]) =>
    text === null ? `D ${name}\n` : `M 100644 inline ${name}\n${data(text)}`,
  )
  const from = parent === undefined ? '' : `from ${parent}\n`
  const who = `Ada <ada@example.com> ${Math.floor(Date.now() / 1_000)} +0000`
  const head = `commit refs/heads/main\nmark :1\nauthor ${who}\ncommitter ${who}\n`
  return `${head}${data(`${message}\n`)}${from}${changes.join('')}get-mark :1\n`
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
