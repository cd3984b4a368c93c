import type { GitHubClient, RepositoryName } from './client.ts'
import { text } from './json.wire.ts'

export interface NewCommit {
  /** The commit whose tree is changed. */
  readonly parent: string
  readonly message: string
  /** Whole files; the mode is the one that the file had. */
  readonly files: readonly { readonly path: string; readonly mode: string; readonly bytes: Buffer }[]
}

/**
 * Makes a commit that is on no branch yet, so that a branch can be moved to it in one step. By the owner of the token, and
 * signed by GitHub for a bot, since neither author nor committer is named ("Signature verification for bots").
 * @returns its SHA
 */
export async function createCommit(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  { parent, message, files }: NewCommit,
): Promise<string> {
  const purpose = { what: 'Cannot make the commit', on: `${owner}/${name}` }
  const post = async (route: string, body: Readonly<Record<string, unknown>>): Promise<string> =>
    text(
      await github.rest(purpose, `POST /repos/{owner}/{repo}/${route}`, { owner, repo: name, ...body }),
      'sha',
    )
  const tree = []
  for (const { path, mode, bytes } of files) {
    // Not as the text of a tree's entry, which cannot hold every byte.
    const sha = await post('git/blobs', { content: bytes.toString('base64'), encoding: 'base64' })
    tree.push({ path, mode, type: 'blob', sha })
  }
  const changed = await post('git/trees', { base_tree: parent, tree })
  return post('git/commits', { message, tree: changed, parents: [parent] })
}
