import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { canWrite } from './access.ts'
import { git, tryGit } from './git.ts'
import { headOf, readBlob, readBlobAt } from './repositories.ts'
import { json, notFound, type RestCall } from './rest-answer.ts'
import { fullName } from './state.ts'

export async function getRepository({ repository, caller }: RestCall): Promise<SandboxResponse> {
  return json(200, {
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    default_branch: repository.defaultBranch,
    owner: { login: repository.owner },
    permissions: { pull: true, push: canWrite(caller, repository) },
  })
}

export async function getRef({ repository, parts: [branch = ''] }: RestCall): Promise<SandboxResponse> {
  const sha = await headOf(repository, branch)
  return sha === undefined
    ? notFound()
    : json(200, { ref: `refs/heads/${branch}`, object: { type: 'commit', sha } })
}

export async function getBlob({
  request,
  repository,
  parts: [sha = ''],
}: RestCall): Promise<SandboxResponse> {
  const bytes = await readBlob(repository, sha)
  if (bytes === undefined) return notFound()
  if (wantsRaw(request)) return raw(bytes)
  return json(200, { sha, size: bytes.length, encoding: 'base64', content: bytes.toString('base64') })
}

export async function getContents({
  request,
  repository,
  parts: [path = ''],
}: RestCall): Promise<SandboxResponse> {
  const ref = request.query.get('ref') ?? repository.defaultBranch
  const blob = await readBlobAt(repository, ref, path)
  if (blob === undefined) return notFound()
  const { oid: sha, bytes } = blob
  if (wantsRaw(request)) return raw(bytes)
  return json(200, {
    type: 'file',
    path,
    sha,
    size: bytes.length,
    encoding: 'base64',
    content: bytes.toString('base64'),
  })
}

/** `base...head` as seen from base: ahead, behind, identical or diverged. */
export async function compare({
  repository,
  parts: [base = '', head = ''],
}: RestCall): Promise<SandboxResponse> {
  const range = `${base}...${head}`
  const { exitCode, stdout } = await tryGit(repository.directory, [
    'rev-list',
    '--left-right',
    '--count',
    range,
    '--',
  ])
  if (exitCode !== 0) return notFound()
  const [behind = 0, ahead = 0] = stdout.toString().trim().split('\t').map(Number)
  const status =
    ahead > 0 && behind > 0 ? 'diverged' : ahead > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical'
  return json(200, {
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: [],
    files: await changedFiles(repository.directory, range),
  })
}

const FILE_STATUS: Readonly<Record<string, string>> = { A: 'added', D: 'removed', T: 'changed' }

/** What the head has changed since it left the base. */
async function changedFiles(directory: string, range: string): Promise<object[]> {
  const args = ['diff', '--raw', '--no-abbrev', '--no-renames', '-z', range, '--']
  const entries = (await git(directory, args)).matchAll(/:\S+ \S+ (\S+) (\S+) (\w)\0([^\0]+)\0/g)
  return [...entries].map(([, before, after, letter = '', filename]) => ({
    filename,
    status: FILE_STATUS[letter] ?? 'modified',
    sha: letter === 'D' ? before : after,
  }))
}

function wantsRaw({ headers }: SandboxRequest): boolean {
  return /application\/vnd\.github(\.v3)?\.raw/.test(headers['accept'] ?? '')
}

function raw(body: Buffer): SandboxResponse {
  return { status: 200, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' }, body }
}
