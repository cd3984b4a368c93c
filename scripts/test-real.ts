// npm run test:real [-- NAME…]: tests against real peers, which it installs and starts by itself. What cannot be
// installed or started is a failure, never a skip.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadPeer } from './real/load.wire.ts'
import { runPeer } from './real/peer.ts'

/** Every peer there will be, in the order in which they run. Each is a file test/real/<name>.ts once it exists. */
const PEERS = ['git', 'dvc', 'docker', 'mlflow', 'kfp', 'kserve', 'prometheus']

async function main(): Promise<void> {
  const folder = resolve(import.meta.dirname, '../test/real')
  const existing = PEERS.filter((name) => existsSync(join(folder, `${name}.ts`)))
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !existing.includes(name))
  if (unknown.length > 0)
    throw new Error(`No peer is named ${unknown.join(', ')}; there are: ${existing.join(', ')}`)
  let [passed, failed] = [0, 0]
  for (const name of wanted.length > 0 ? wanted : existing) {
    const count = await runPeer(await loadPeer(join(folder, `${name}.ts`)), (line) => console.log(line))
    passed += count.passed
    failed += count.failed
  }
  console.log(`test:real: ${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
