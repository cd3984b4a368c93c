import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runOrThrow } from '../../scripts/command.ts'

/**
 * Installs the newest DVC 3.x with its S3 support from PyPI into a virtual environment of its own, or brings the one
 * of an earlier run up to date, and returns the path of its program. Throws when python3, its venv module or PyPI is
 * not there. The environment lies in the user's cache folder and may be deleted at any time.
 */
export async function dvcVenv(): Promise<{ readonly dvc: string }> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(cache, 'mlops-actions', 'dvc-3')
  mkdirSync(folder, { recursive: true })
  const python = join(folder, 'bin', 'python')
  if (!existsSync(python)) await runOrThrow('python3', ['-m', 'venv', folder], cache)
  const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--upgrade']
  await runOrThrow(python, ['-m', 'pip', 'install', ...options, 'dvc[s3]>=3,<4'], folder)
  return { dvc: join(folder, 'bin', 'dvc') }
}
