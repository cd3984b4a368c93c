import type { Checkout } from './checkout.ts'

/** Whether git keeps the file, or anything in the folder. @param path relative to the checkout's folder */
export async function isTracked(checkout: Checkout, path: string): Promise<boolean> {
  const args = ['ls-files', '--error-unmatch', '--', path]
  const { exitCode } = await checkout.attempt({ what: 'Cannot ask git what it keeps', args })
  return exitCode === 0
}

/** Whether a rule of any `.gitignore`, or of `.git/info/exclude`, ignores the path. */
export async function isIgnored(checkout: Checkout, path: string): Promise<boolean> {
  const args = ['check-ignore', '--quiet', '--no-index', '--', path]
  const { exitCode } = await checkout.attempt({ what: 'Cannot ask git what it ignores', args })
  return exitCode === 0
}

/**
 * Which of the files differ from the last commit, or are in none: relative to the checkout's folder.
 * @param paths relative to the checkout's folder
 */
export async function uncommittedFiles(
  checkout: Checkout,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const { stdout } = await checkout.run({
    what: 'Cannot ask git what is committed',
    args: ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignored=no'],
  })
  const { stdout: prefix } = await checkout.run({
    what: 'Cannot look for a Git repository',
    args: ['rev-parse', '--show-prefix'],
  })
  const folder = prefix.replace(/\n$/, '')
  const changed = new Set(stdout.split('\0').map((line) => line.slice(3)))
  return paths.filter((path) => changed.has(`${folder}${path}`))
}
