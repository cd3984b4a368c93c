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
 * Which of the files differ from the last commit, or are not in it: nobody else has them as they are.
 * @param paths relative to the checkout's folder
 */
export async function uncommittedFiles(
  checkout: Checkout,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const what = 'Cannot ask git what is committed'
  const options = ['--name-only', '-z', '--relative', '--no-ext-diff', '--no-textconv', '--no-renames']
  const { exitCode, stdout } = await checkout.attempt({ what, args: ['diff', ...options, 'HEAD'] })
  // Before the first commit there is no HEAD, and nothing is committed.
  if (exitCode !== 0) return paths
  const changed = new Set(stdout.split('\0'))
  const kept = new Set((await checkout.run({ what, args: ['ls-files', '-z'] })).stdout.split('\0'))
  return paths.filter((path) => changed.has(path) || !kept.has(path))
}
