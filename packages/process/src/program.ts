import { accessSync, constants, type Stats, statSync } from 'node:fs'
import { basename, delimiter, isAbsolute, join, resolve, sep } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'

/** How a program is asked for, in failures and by callers. */
export interface ProgramRequest {
  /** A name to be found on the PATH, or a path. */
  readonly file: string
  readonly cwd?: string | undefined
  readonly env: Readonly<Record<string, string>>
  /** First part of a failure: "Cannot push the commit". */
  readonly what: string
}

/**
 * The path of a program, by the PATH that the child itself will have. It is looked for at once: a turn of the event loop for each
 * folder of the PATH takes longer than all the looks, where a step has other things to do.
 * @throws Failure `config` where there is none, or no folder to run it in
 */
export function findProgram({ file, cwd, env, what }: ProgramRequest): string {
  // Checked first: the system reports a missing folder as a missing program.
  if (cwd !== undefined) assertFolder(cwd, what)
  const found = candidates(file, cwd, env).find(isProgram)
  if (found !== undefined) return found
  const name = programName(file)
  throw new Failure({
    kind: 'config',
    code: 'PROGRAM_NOT_FOUND',
    what,
    on: name,
    seen: `${name} is not installed`,
    next: `Install ${name} on the runner, or take a runner image that has it, so that it stands on the PATH`,
  })
}

/** Whether there is a program of this name on the PATH that the child itself will have. */
export function isOnPath(file: string, env: Readonly<Record<string, string>>): boolean {
  return candidates(file, undefined, env).some(isProgram)
}

function assertFolder(cwd: string, what: string): void {
  const found = look(cwd)
  if (found?.isDirectory() === true) return
  throw new Failure({
    kind: 'config',
    code: 'FOLDER_NOT_FOUND',
    what,
    on: cwd,
    seen: found === undefined ? 'this folder does not exist' : 'this is not a folder',
    next: 'Check the path; was the repository checked out before this step?',
  })
}

/** `git` of `/usr/bin/git` and of `C:\git\git.exe`. */
export function programName(file: string): string {
  return basename(file).replace(/\.(exe|cmd|bat)$/i, '')
}

function candidates(file: string, cwd: string | undefined, env: Readonly<Record<string, string>>): string[] {
  if (isAbsolute(file)) return withExtensions(file, env)
  if (file.includes('/') || file.includes(sep)) return withExtensions(resolve(cwd ?? '.', file), env)
  const path = env['PATH'] ?? env['Path'] ?? ''
  // An empty entry means the current directory, in which a repository may have put anything.
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder))
  return folders.flatMap((folder) => withExtensions(join(folder, file), env))
}

function withExtensions(path: string, env: Readonly<Record<string, string>>): string[] {
  if (process.platform !== 'win32') return [path]
  const extensions = (env['PATHEXT'] ?? '.COM;.EXE').split(';')
  return [path, ...extensions.map((extension) => `${path}${extension}`)]
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return look(path)?.isFile() === true
}

/** Undefined for what is not there, or cannot be looked at. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
