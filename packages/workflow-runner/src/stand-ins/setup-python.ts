import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { FunctionStandIn, StandInStep } from '../stand-in.ts'

/** `actions/setup-python` on a machine that has a Python already: makes it `python` and names its version. */
export const setupPython: FunctionStandIn = {
  describe: "takes this machine's python3",
  inputs: {
    'python-version': '',
    'python-version-file': '',
    cache: '',
    architecture: '',
    'check-latest': 'false',
    token: '',
    'cache-dependency-path': '',
    'update-environment': 'true',
    'allow-prereleases': 'false',
  },
  async main(step) {
    const { path, version } = await findPython(step)
    const wanted = await wantedVersion(step)
    if (wanted !== '' && !version.startsWith(wanted.replace(/\.x$/, ''))) {
      step.annotate('notice', `python-version ${wanted} was asked for; this machine has ${version}`)
    }
    const directory = join(step.temp, 'python', 'bin')
    await mkdir(directory, { recursive: true })
    await symlink(path, join(directory, 'python')).catch(() => {})
    step.addPath(directory)
    step.setOutput('python-version', version)
    step.setOutput('python-path', path)
    step.setOutput('cache-hit', 'false')
    step.log(`Python ${version} at ${path}`)
  },
}

/** `python-version`, or the first line of `python-version-file`. */
async function wantedVersion({ inputs, workspace }: StandInStep): Promise<string> {
  const { 'python-version': version = '', 'python-version-file': file = '' } = inputs
  if (version !== '' || file === '') return version
  const path = join(workspace, file)
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`The specified python version file at: ${path} doesn't exist.`)
  })
  return text.split('\n')[0]?.trim() ?? ''
}

async function findPython({ env, signal }: StandInStep): Promise<{ path: string; version: string }> {
  const code = 'import sys, platform; print(sys.executable); print(platform.python_version())'
  const { stdout } = await promisify(execFile)('python3', ['-c', code], { env, signal }).catch(
    (error: unknown) => {
      throw new Error('python3 is not installed on this machine', { cause: error })
    },
  )
  const [path = '', version = ''] = stdout.trim().split('\n')
  return { path, version }
}
