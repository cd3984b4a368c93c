// Preloaded into every process of an action: notes at its end how long it lived and how long its event loop was idle,
// which is when it waited for a server, for a child or for a timer. The rest is ours: start, parsing, hashing, printing.
import { appendFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const file = process.env.MLOPS_DEMO_METER
if (file) {
  process.on('exit', () => {
    const livedMs = performance.now()
    const idleMs = performance.eventLoopUtilization().idle
    appendFileSync(file, `${JSON.stringify({ script: process.argv[1], livedMs, idleMs })}\n`)
  })
}
