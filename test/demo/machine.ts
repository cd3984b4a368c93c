import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { type ImageBuilder, standInBuilder } from './builder.ts'
import { command } from './command.ts'
import { openDockerBuilder } from './docker-builder.ts'
import { MissingPrerequisite } from './prerequisite.ts'

/** What the demo found on this machine. */
export interface Machine {
  /** Versions as they are shown: `24.21.0`. */
  readonly versions: { readonly node: string; readonly git: string; readonly python: string }
  /** PATH of everything that the demo starts: the builder's `docker`, this Node and the real Python come first. */
  readonly path: string
  /** To be closed. */
  readonly builder: ImageBuilder
}

export interface MachineWishes {
  /** Images are built by the user's own engine instead of the stand-in. */
  readonly docker: boolean
  readonly signal: AbortSignal
}

/** @throws MissingPrerequisite for the first thing that is not there */
export async function inspectMachine(wishes?: MachineWishes): Promise<Machine> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 24 || (major === 24 && minor < 2))
    throw new MissingPrerequisite(
      `The demo needs Node 24 and runs on ${process.versions.node}: start it with \`npm run demo\`.`,
    )
  const git = await ask('git', ['version'], 'The demo needs git: install it and run the command again.')
  await assertHttpBackend()
  const python = await ask(
    'python3',
    ['-c', 'import sys; print(sys.version.split()[0]); print(sys.executable)'],
    'The demo needs python3 (its standard library is enough): install it and run the command again.',
  )
  const [version = '', executable = ''] = python.split('\n')
  assertPythonVersion(version)
  const hasCurl = await command('curl', ['--version'], { cwd: process.cwd() }).then(
    () => true,
    () => false,
  )
  const builder = wishes?.docker ? await openDockerBuilder(process.env, wishes.signal) : standInBuilder
  const path = [
    ...(hasCurl ? [] : [join(import.meta.dirname, 'bin')]),
    builder.bin,
    dirname(process.execPath),
    dirname(executable),
    process.env['PATH'] ?? '',
  ].join(delimiter)
  const versions = { node: process.versions.node, git: git.replace('git version ', ''), python: version }
  return { versions, path, builder }
}

function assertPythonVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 3 && minor >= 9) return
  throw new MissingPrerequisite(
    `The demo needs Python 3.9 or newer, and \`python3\` here is ${version}: install a newer one and put it first on the PATH.`,
  )
}

async function assertHttpBackend(): Promise<void> {
  const directory = await ask('git', ['--exec-path'], 'The demo needs git: install it and run it again.')
  if (existsSync(join(directory, 'git-http-backend'))) return
  throw new MissingPrerequisite(
    `The demo needs \`git http-backend\`, which this git does not have in ${directory}: install the full git package and run the command again.`,
  )
}

async function ask(file: string, args: readonly string[], otherwise: string): Promise<string> {
  try {
    return await command(file, args, { cwd: process.cwd() })
  } catch {
    throw new MissingPrerequisite(otherwise)
  }
}
