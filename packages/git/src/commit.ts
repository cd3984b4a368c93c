import type { GitRepository } from './repository.ts'

export interface CommitAuthor {
  readonly name: string
  readonly email: string
}

export interface NewCommit {
  /** The commit whose tree is changed. */
  readonly parent: string
  /** Whole files, by path; the mode is the one the file had. */
  readonly files: readonly { readonly path: string; readonly mode: string; readonly bytes: Buffer }[]
  readonly message: string
  readonly author: CommitAuthor
  /** Milliseconds since the epoch. */
  readonly time: number
}

/**
 * Makes the commit out of objects alone, by one process: no work tree, so no checkout, no line-end conversion, no
 * symlink to follow and nothing left half-written. No branch moves: the ref of its own that git wants is of this
 * repository only. A partial clone needs no blob but the new ones.
 * @returns the id of the commit
 */
export async function writeCommit(repository: GitRepository, commit: NewCommit): Promise<string> {
  const { stdout } = await repository.run({
    what: 'Cannot make the commit',
    // A second attempt, on a newer head, is no successor of the first.
    args: ['fast-import', '--quiet', '--done', '--force'],
    input: importStream(commit),
  })
  return stdout.trim()
}

/** Pure: what git-fast-import(1) reads to make the commit and to print its id. */
export function importStream({ parent, files, message, author, time }: NewCommit): Buffer {
  const date = `${Math.floor(time / 1_000)} +0000`
  const who = `${word(author.name)} <${word(author.email)}> ${date}`
  return Buffer.concat([
    Buffer.from(`commit refs/mlops-actions/change\nmark :1\nauthor ${who}\ncommitter ${who}\n`),
    data(Buffer.from(message)),
    Buffer.from(`from ${parent}\n`),
    ...files.flatMap(({ path, mode, bytes }) => [
      Buffer.from(`M ${mode} inline ${quote(path)}\n`),
      data(bytes),
    ]),
    Buffer.from('get-mark :1\ndone\n'),
  ])
}

function data(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

/** What would end a name or a line does not belong into either; git itself drops it too (ident.c). */
function word(text: string): string {
  return text.replace(/[<>\n\r\0]/g, '')
}

/** A path in quotes, C-style (git-fast-import(1), "filemodify"). */
function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
