// The stand-in needs a Node that strips types; where an older one comes first on the PATH, the pinned one is started.
import { spawn } from 'node:child_process'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

if (process.features.typescript) {
  // A build starts it several times, and most of a start is stripping types.
  nodeModule.enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url)))
  const { runDocker } = await import('../src/docker/main.ts')
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort())
  const world = {
    env: process.env,
    signal: stop.signal,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }
  process.exitCode = await runDocker(process.argv.slice(2), world)
} else {
  const { findNode24 } = await import('../../../scripts/node24.mjs')
  const node = findNode24()
  if (node === undefined) throw new Error('the docker stand-in needs Node 24 or newer')
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}
