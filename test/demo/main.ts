// npm run demo: see options.ts for what it does and can do.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { inspectMachine, type Machine } from './machine.ts'
import { HELP, type Options, parseOptions, UsageError } from './options.ts'
import { OVERHEAD_MEANING } from './overhead.ts'
import { MissingPrerequisite } from './prerequisite.ts'
import { problemOfPlace, writeReport } from './report/write.ts'
import { ROOT } from './run.ts'
import type { Company } from './seed.ts'
import { type Story, tellStory } from './story.ts'
import { openTerminal, say, silentTerminal, type Terminal } from './terminal.ts'
import { seconds } from './timeline.ts'

/** A story that takes longer than this hangs: a laptop needs half a minute. */
const LONGEST = 180_000

/** After Ctrl-C everything is stopped within a second; what hangs all the same does not keep the terminal. */
const LONGEST_END = 20_000

const BUNDLES = [
  'bump-kserve-image',
  'deployment-report',
  'dvc-push',
  'ecr-build-push',
  'kfp-run-and-wait',
  'kserve-health-check',
  'wait-argocd-sync',
]

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args)
  if (options === 'help') {
    console.log(HELP)
    return 0
  }
  if (options.scenarios.some((name) => name !== 'today')) assertBundles()
  assertPlace(options.report)
  const stop = stopOnSignals()
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LONGEST)])
  const machine = await inspectMachine({ docker: options.docker, signal })
  const terminal = options.json ? silentTerminal : openTerminal(process.stdout, process.env)
  introduce(terminal, machine)
  const epilogue = async (story: Story, company: Company): Promise<void> => {
    await conclude(terminal, options, story)
    if (options.keep) await stayOpen(terminal, company, stop)
  }
  try {
    const story = await tellStory({ scenarios: options.scenarios, machine, terminal, signal, epilogue })
    return story.scenes.every(({ claims }) => claims.every(({ held }) => held)) ? 0 : 1
  } catch (error) {
    terminal.leave()
    // What was stopped breaks in many ways: the reason is why.
    throw signal.aborted ? signal.reason : error
  } finally {
    await machine.builder.close()
  }
}

/** Aborted by Ctrl-C, by a polite end, and by the end of the terminal. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      stop.abort(new Interrupted())
      setTimeout(() => process.exit(130), LONGEST_END).unref()
    })
  // Nobody reads what is written to a terminal that is gone; everything is stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return stop.signal
}

class Interrupted extends Error {}

function assertBundles(): void {
  const missing = BUNDLES.filter((name) => !existsSync(resolve(ROOT, 'dist', name, 'index.js')))
  if (missing.length === 0) return
  throw new MissingPrerequisite(`The bundles of ${missing.join(', ')} are not built: run \`npm run build\`.`)
}

function assertPlace(report: string): void {
  const problem = problemOfPlace(resolve(report))
  if (problem === undefined) return
  throw new MissingPrerequisite(
    `The page has no place, ${problem}: choose another one with \`--report DIR\`.`,
  )
}

const TITLE = /^mlops-actions demo/

function introduce(terminal: Terminal, { versions, builder }: Machine): void {
  const { strong, dim } = terminal.paint
  const promise = 'real bundles, real workflow files · servers on 127.0.0.1, nothing leaves this machine'
  say(terminal, `mlops-actions demo · ${promise}`, { style: (line) => line.replace(TITLE, strong) })
  const found = `node ${versions.node} · git ${versions.git} · python ${versions.python}`
  say(terminal, `${found} · images: ${builder.name}`, { style: dim })
}

async function conclude(terminal: Terminal, options: Options, story: Story): Promise<void> {
  const page = await writeReport(resolve(options.report), story)
  const broken = story.scenes.flatMap((scene) =>
    scene.claims.filter(({ held }) => !held).map(({ text, seen }) => `${scene.name}: ${text}; seen: ${seen}`),
  )
  if (options.json) {
    console.log(JSON.stringify(outcomeOf(story, page, broken), undefined, 2))
    return
  }
  const { ownMs, totalMs, processes } = story.overhead
  terminal.line()
  for (const line of broken) say(terminal, `NOT SO  ${line}`, { style: terminal.paint.bad })
  terminal.line(`serving in the end: churn ${story.serving}`)
  const own = `our own time ${seconds(ownMs).trim()} of ${seconds(totalMs).trim()} (the rest is waiting; see the report) · `
  const near = relative(process.cwd(), page)
  say(terminal, `${processes === 0 ? '' : own}report: ${near.startsWith('..') ? page : near}`)
  terminal.line('next: npm run demo -- --help')
}

function outcomeOf(story: Story, page: string, broken: readonly string[]) {
  return {
    ok: broken.length === 0,
    broken,
    serving: story.serving,
    builder: story.machine.builder.name,
    ownMs: Math.round(story.overhead.ownMs),
    totalMs: Math.round(story.overhead.totalMs),
    ownMeans: OVERHEAD_MEANING,
    report: page,
    scenes: story.scenes.map(({ name, result, serving, verdict, traffic, claims, entries, objects }) => ({
      name,
      conclusion: result.conclusion,
      durationMs: Math.round(result.durationMs),
      serving,
      verdict,
      requests: { sent: traffic.sent, lost: traffic.lost },
      claims,
      steps: entries,
      objects,
    })),
  }
}

async function stayOpen(
  terminal: Terminal,
  { sandbox, deployed }: Company,
  signal: AbortSignal,
): Promise<void> {
  terminal.line()
  terminal.line('Everything is still running; Ctrl-C stops it.')
  for (const name of ['github', 's3', 'ecr', 'kubernetes', 'argocd', 'kfp', 'mlflow'] as const)
    terminal.line(`  ${name.padEnd(11)} ${sandbox[name].url}`)
  terminal.line(`  ${'churn'.padEnd(11)} ${deployed.url}/v1/models/churn`)
  if (!signal.aborted) await once(signal, 'abort')
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Interrupted) {
    console.error('Stopped; everything that was started is stopped too.')
    process.exitCode = 130
  } else if (error instanceof DOMException && error.name === 'TimeoutError') {
    console.error(
      `The story did not end within ${LONGEST / 1_000} s and was stopped; a machine under load may need another try.`,
    )
    process.exitCode = 1
  } else if (error instanceof UsageError || error instanceof MissingPrerequisite) {
    console.error(error.message)
    process.exitCode = error instanceof UsageError ? 2 : 1
  } else {
    console.error(error)
    process.exitCode = 1
  }
}
