import { Failure } from '@mlops-actions/diagnostics'

/** A file that cannot be edited where it stands: what it leads to may be outside of the repository. */
export function refusedFile(
  label: string,
  path: string,
  kind: 'file' | 'symlink' | 'submodule' | 'folder',
): Failure {
  return new Failure({
    kind: 'config',
    code: 'GITOPS_NOT_A_FILE',
    what: 'Cannot edit a file of the branch',
    on: `${path} in ${label}`,
    seen: `it is a ${kind}`,
    next: kind === 'folder' ? 'Name the file in it' : 'Name the file itself, in the repository it belongs to',
  })
}

export function missingFile(label: string, path: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'GITOPS_FILE_NOT_FOUND',
    what: 'Cannot read a file of the branch',
    on: `${path} in ${label}`,
    seen: 'there is no such file at the head of the branch',
    next: 'Correct `file` (its case counts), `branch` or `repository`',
  })
}

/** Where a file may be missing, that is no failure; anything else stays one. */
export function toleratingMissing(mayBeMissing: boolean): (thrown: unknown) => [] {
  return (thrown) => {
    if (mayBeMissing && thrown instanceof Failure && thrown.code === 'GITOPS_FILE_NOT_FOUND') return []
    throw thrown
  }
}
