import { Failure, type FailureKind, messageOf } from '@mlops-actions/diagnostics'

/** What fails where it is not the reading of a file. */
const WHAT: Readonly<Record<string, string>> = {
  DVC_ADD: 'Cannot record the data',
  DVC_PUBLISH: 'Cannot publish the data',
  DVC_REMOTE: 'Cannot find the DVC remote',
  DVC_TARGET: 'Cannot find what is meant',
}

/** A file of the repository that is not what DVC's format says. @param on the file, with its line where it is known */
export function invalidFile(on: string, seen: string, next: string, code = 'DVC_FILE'): Failure {
  return new Failure({
    kind: 'config',
    code,
    what: WHAT[code] ?? 'Cannot read the DVC repository',
    on,
    seen,
    next,
  })
}

/** Something that DVC has and this collection refuses by name, before anything is sent. */
export function unsupported(on: string, seen: string, next: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'DVC_UNSUPPORTED',
    what: 'This part of DVC is not supported',
    on,
    seen,
    next,
  })
}

/** A failure of the data itself. */
export function dataFailure(
  code: string,
  facts: { readonly what: string; readonly on: string; readonly seen: string; readonly next: string },
  kind: FailureKind = 'integrity',
): Failure {
  return new Failure({ kind, code, ...facts })
}

const FULL = new Set(['ENOSPC', 'EDQUOT'])

/** The code of an error of the file system; '' for anything else. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('syscall' in error) || !('code' in error)) return ''
  return String(error.code)
}

const NEXT: Readonly<Record<string, string>> = {
  EROFS: 'Make it writable: it lies on a disk that is mounted read-only',
  EACCES: 'The user of this job may not: give it the permission, or remove what another user has left there',
  EPERM: 'The user of this job may not: give it the permission, or remove what another user has left there',
  EEXIST: 'Remove the file that stands there, so that a folder can',
  ENOTDIR: 'Remove the file that stands where a folder has to be',
  ELOOP: 'Remove the symbolic link that leads back to itself',
  EISDIR: 'Remove the folder that stands there, so that a file can',
  ENAMETOOLONG:
    'Give it a shorter name: most disks take 255 bytes for a name, and systems 1 to 4 KiB for a whole path',
  EFBIG:
    'Raise the limit on the size of files (`ulimit -f`), or take another disk: it holds no file of this size',
}

/** What the file system refused: permissions, a full or read-only disk, a file that went away. */
export function fileFailure(on: string, cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  if (FULL.has(codeOf(cause)))
    return new Failure({
      kind: 'quota',
      code: 'DISK_FULL',
      what: 'The disk is full',
      on,
      seen: messageOf(cause),
      next: 'Free space before this step (or inodes, where `df -i` has none left), take fewer targets, or use a runner with a larger disk',
      cause,
    })
  return new Failure({
    kind: 'config',
    code: 'DVC_FILE_ACCESS',
    what: 'Cannot read or write a file',
    on,
    seen: messageOf(cause),
    next:
      NEXT[codeOf(cause)] ??
      'Check its permissions, the space on the disk, and that nothing else changes the workspace in this moment',
    cause,
  })
}
