import { join } from 'node:path'
import { runCommand, runOrThrow } from '../command.ts'
import { installOnce } from './install.ts'

/** Installs in seconds what pip takes a minute for; itself from PyPI. */
const UV = 'uv>=0.9,<1'

/**
 * Installs packages from PyPI into a virtual environment of their own, once, and returns its folder of programs.
 * @param requirements as pip reads them; where one is open ("newest 3.x"), what is newest is looked up once a month
 * @throws Error when python3, its venv module or PyPI is not there
 */
export async function pythonEnvironment(name: string, requirements: readonly string[]): Promise<string> {
  const python = (await pythonOrThrow()).trim()
  const month = new Date().toISOString().slice(0, 7)
  const recipe = [python, ...requirements, requirements.every(isExact) ? '' : month].join('\n')
  const folder = await installOnce(name, recipe, async (environment) => {
    const uv = join(await uvEnvironment(python), 'bin', 'uv')
    const options = ['--quiet', '--no-config', '--no-python-downloads']
    await runOrThrow(uv, ['venv', ...options, '--allow-existing', '--python', 'python3', environment], '/')
    const into = ['--python', join(environment, 'bin', 'python'), '--compile-bytecode']
    await runOrThrow(uv, ['pip', 'install', ...options, ...into, ...requirements], '/')
  })
  return join(folder, 'bin')
}

/** `a==1.2.3` names one version for good; `a==1.2.*` and `a>=1` do not. */
function isExact(requirement: string): boolean {
  return /^[\w.[\],-]+==[\w.]+$/.test(requirement)
}

async function uvEnvironment(python: string): Promise<string> {
  return installOnce('uv', `${python}\n${UV}`, async (folder) => {
    await runOrThrow('python3', ['-m', 'venv', folder], '/')
    const options = ['--quiet', '--disable-pip-version-check', '--no-input']
    await runOrThrow(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', ...options, UV], '/')
  })
}

async function pythonOrThrow(): Promise<string> {
  const { code, output } = await runCommand('python3', ['--version'], { cwd: '/' }).catch(() => ({
    code: 127,
    output: 'there is no python3 on the PATH',
  }))
  if (code === 0) return output
  throw new Error(`The real peers need Python 3.9 or newer, as python3: ${output.trim()}`)
}
