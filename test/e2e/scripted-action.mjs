// Stands where the bundle of an action does, in tests of what the workflows make of it: notes what it was given, and then
// does what the script says of the step that it runs for.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const { SCRIPT, SCRIPT_LOG, GITHUB_ACTION: step, GITHUB_OUTPUT, GITHUB_WORKSPACE, RUNNER_TEMP } = process.env
const inputs = Object.entries(process.env)
  .filter(([name, value]) => name.startsWith('INPUT_') && value !== '')
  .map(([name, value]) => [name.slice('INPUT_'.length).toLowerCase(), value])
appendFileSync(
  SCRIPT_LOG,
  `${JSON.stringify({ step, action: basename(dirname(process.argv[1])), inputs: Object.fromEntries(inputs) })}\n`,
)

const {
  outputs = {},
  report,
  files = {},
  fails = false,
  hangs = false,
} = JSON.parse(readFileSync(SCRIPT, 'utf8'))[step] ?? {}
const lines = Object.entries(outputs).map(
  ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}\n`,
)
if (report !== undefined) {
  const path = join(RUNNER_TEMP, `${step}-report.json`)
  writeFileSync(path, JSON.stringify(report))
  lines.push(`report-file=${path}\n`)
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(GITHUB_WORKSPACE, path)), { recursive: true })
  writeFileSync(join(GITHUB_WORKSPACE, path), text)
}
appendFileSync(GITHUB_OUTPUT, lines.join(''))
if (fails) process.exitCode = 1
if (hangs) {
  process.on('SIGINT', () => process.exit(130))
  setInterval(() => {}, 1_000)
  console.log('hanging')
}
