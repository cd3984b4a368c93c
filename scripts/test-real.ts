// npm run test:real [-- NAME… --full --seed=N --count=N]: tests against real peers, which it installs and starts by
// itself. What cannot be installed or started is a failure, never a skip.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadPeer } from './real/load.wire.ts'
import { type RealOptions, runPeer } from './real/peer.ts'

/**
 * Every peer there will be, in the order in which they run: docker, which waits for its engines half of the time, beside the
 * others. Each is a file test/real/<name>.ts once it exists.
 */
const LANES = [
  ['docker'],
  ['git', 'kustomize', 'argocd', 'disk', 'dvc', 'mlflow', 'kfp', 'kserve', 'prometheus'],
] as const

async function main(): Promise<void> {
  const folder = resolve(import.meta.dirname, '../test/real')
  const exists = (name: string) => existsSync(join(folder, `${name}.ts`))
  const existing = LANES.flat().filter(exists)
  const { names: wanted, options } = readArguments()
  const unknown = wanted.filter((name) => !existing.some((one) => one === name))
  if (unknown.length > 0)
    throw new Error(`No peer is named ${unknown.join(', ')}; there are: ${existing.join(', ')}`)
  let [passed, failed] = [0, 0]
  const run = async (name: string) => {
    const peer = await loadPeer(join(folder, `${name}.ts`))
    const count = await runPeer(peer, (line) => console.log(line), options)
    passed += count.passed
    failed += count.failed
  }
  const isWanted = (name: string) => (wanted.length > 0 ? wanted.includes(name) : exists(name))
  const lanes = LANES.map(async (lane) => {
    for (const name of lane.filter(isWanted)) await run(name)
  })
  await Promise.all(lanes)
  console.log(`test:real: ${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

function readArguments(): { readonly names: readonly string[]; readonly options: RealOptions } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      seed: { type: 'string' },
      count: { type: 'string' },
    },
  })
  const number = (text: string | undefined) => (text === undefined ? undefined : Number.parseInt(text, 10))
  const options = { full: values.full, seed: number(values.seed), count: number(values.count) }
  return { names: positionals, options }
}

if (import.meta.main) {
  // Peers end their servers when this process exits, which a signal alone would not let them do.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
