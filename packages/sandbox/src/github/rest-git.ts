import { rm } from 'node:fs/promises'
import type { SandboxResponse } from '../server.ts'
import { loginOf } from './access.ts'
import { git, tryGit } from './git.ts'
import { json, type RestCall, refuse } from './rest-answer.ts'
import { type CommitBody, readBody, type TreeBody } from './rest-body.wire.ts'

export async function createBlob({ request, repository }: RestCall): Promise<SandboxResponse> {
  const { content, encoding } = readBody<{ content: string; encoding?: string }>(request)
  const input = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
  const sha = await git(repository.directory, ['hash-object', '-w', '--stdin'], { input })
  return json(201, { sha, url: '' })
}

/** The tree of another commit or tree with some entries changed, as real git makes it in an index of its own. */
export async function createTree({ request, repository }: RestCall): Promise<SandboxResponse> {
  const { base_tree, tree } = readBody<TreeBody>(request)
  const { directory } = repository
  const env = { GIT_INDEX_FILE: `${directory}/index-${crypto.randomUUID()}` }
  if (base_tree !== undefined) {
    const { exitCode } = await tryGit(directory, ['read-tree', base_tree], { env })
    if (exitCode !== 0) return refuse(422, 'base_tree is not a valid tree oid')
  }
  const lines = tree.map(({ path, mode, sha }) => `${mode} ${sha}\t${path}\0`)
  const { exitCode } = await tryGit(directory, ['update-index', '-z', '--index-info'], {
    env,
    input: lines.join(''),
  })
  if (exitCode !== 0) return refuse(422, 'tree.path contains a malformed path component')
  const sha = await git(directory, ['write-tree'], { env })
  await rm(env.GIT_INDEX_FILE)
  return json(201, { sha })
}

/** By the owner of the token, who signs it on the real GitHub. */
export async function createCommit({
  request,
  repository,
  state,
  caller,
}: RestCall): Promise<SandboxResponse> {
  const { message, tree, parents = [] } = readBody<CommitBody>(request)
  const login = loginOf(caller)
  const date = `${Math.floor(state.now() / 1_000)} +0000`
  const [name, email] = [login, `${login}@users.noreply.github.com`]
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  }
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])]
  const { exitCode, stdout } = await tryGit(repository.directory, args, { input: message, env })
  if (exitCode !== 0) return refuse(422, 'Tree SHA does not exist')
  return json(201, { sha: stdout.toString().trim(), message, tree: { sha: tree } })
}
