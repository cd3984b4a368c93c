import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import { type Engine, startEngine } from './docker-engine.ts'
import type { Prepared } from './docker-stack.ts'
import { argumentsOfProcesses } from './processes.ts'

const MAIN = resolve(import.meta.dirname, '../demo/main.ts')

/** `npm run demo -- --docker` on a real engine: the whole story, and what it refuses before it begins. */
export async function checkDemo(prepared: Prepared, check: Check): Promise<void> {
  const { containerd, graph } = prepared.engines
  await check(
    '[containerd] the whole demo with --docker holds all that it claims, and clears the engine',
    () => tellAll(prepared, containerd),
  )
  await check(
    '[graph] the demo with --docker, ended by Ctrl-C in its second act, leaves nothing behind',
    () => interrupt(prepared, graph),
  )
  await checkRefusals(prepared, check)
}

interface Outcome {
  readonly ok: boolean
  readonly broken: readonly string[]
  readonly builder: string
  readonly report: string
  readonly scenes: readonly {
    readonly name: string
    readonly conclusion: string
    readonly claims: readonly unknown[]
    readonly objects: readonly { readonly what: string; readonly identity: string }[]
  }[]
}

async function tellAll(prepared: Prepared, engine: Engine): Promise<void> {
  const before = await images(engine)
  const since = seconds()
  const { code, stdout, stderr } = await finish(start(prepared, engine.env, ['--json']))
  deepStrictEqual([code, stderr], [0, ''], stdout)
  const told: Outcome = JSON.parse(stdout)
  deepStrictEqual([told.ok, told.broken], [true, []])
  deepStrictEqual(
    told.scenes.map(({ name, conclusion }) => [name, conclusion]),
    [
      ['today', 'success'],
      ['broken', 'failure'],
      ['fixed', 'success'],
    ],
  )
  match(told.builder, /^Docker 26\.\d+\.\d+ with buildx 0\.\d+\.\d+, builder default$/)
  ok(readFileSync(told.report, 'utf8').includes(told.builder), 'the page does not say who built')
  const events = await engineSays(engine, since)
  for (const { objects } of told.scenes) {
    const commit = objects.find(({ what }) => what.endsWith('churn, commit'))?.identity ?? 'none'
    ok(events.includes(`/churn:${commit}`), `the engine never had churn:${commit}:\n${events}`)
  }
  deepStrictEqual(await images(engine), before)
}

/**
 * Interrupted when pods have run of an image that serves and of one that crashes, and when the tag of the latter has
 * moved to the image of the second act, so that it has none in the engine.
 */
async function interrupt(prepared: Prepared, engine: Engine): Promise<void> {
  const before = await images(engine)
  const child = start(prepared, engine.env, ['--scenario', 'today', '--scenario', 'broken'])
  let pressed = false
  const { code, stdout, stderr } = await finish(child, (seen) => {
    if (pressed || !/ image +sha256:\w+ built and pushed/.test(seen)) return
    pressed = true
    child.kill('SIGINT')
  })
  deepStrictEqual([code, stderr], [130, 'Stopped; everything that was started is stopped too.\n'])
  match(stdout, /really serving: v1/)
  match(stdout, /images: Docker 26\.\d+\.\d+ with buildx/)
  deepStrictEqual(await images(engine), before)
  const temp = tempOf(prepared)
  deepStrictEqual(readdirSync(temp), [])
  deepStrictEqual(
    argumentsOfProcesses().filter((line) => line.includes(temp)),
    [],
  )
}

async function checkRefusals(prepared: Prepared, check: Check): Promise<void> {
  const { root, folder, engines } = prepared
  const { env } = engines.containerd
  const later = ['buildx', 'create', '--name=later', '--driver=docker-container']
  const refused: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ['an engine that does not answer', { DOCKER_HOST: 'unix:///nowhere' }, /daemon at unix:\/\/\/nowhere/],
    ['a docker whose buildx is broken', { DOCKER_CONFIG: brokenPlugin(folder) }, /buildx 0\.26 or newer/],
    ['a builder that is not there', { BUILDX_BUILDER: 'nobody' }, /no builder "nobody" found/],
    [
      'a builder that would fetch itself',
      { BUILDX_BUILDER: 'later' },
      /"later" \(docker-container\) is inac/,
    ],
  ]
  const { code, output } = await runCommand('docker', later, { cwd: folder, env: { ...env } })
  strictEqual(code, 0, output)
  for (const [what, changed, words] of refused)
    await check(`--docker refuses ${what}, in one sentence and before anything runs`, () =>
      assertRefused(prepared, { ...env, ...changed }, words),
    )
  await check('--docker refuses an engine in a network of its own, and leaves no image in it', async () => {
    mkdirSync(join(folder, 'elsewhere'))
    const engine = await startEngine(root, join(folder, 'elsewhere'), {
      store: 'containerd',
      elsewhere: true,
    })
    try {
      await assertRefused(prepared, engine.env, /reaches 127\.0\.0\.1 of this machine.*"default" \(docker\)/)
      deepStrictEqual(await images(engine), [])
    } finally {
      await engine.stop()
    }
  })
}

/** A configuration whose plugin is none; it goes before those that the machine may have. */
function brokenPlugin(folder: string): string {
  const plugins = join(folder, 'broken/cli-plugins')
  mkdirSync(plugins, { recursive: true })
  symlinkSync('/bin/true', join(plugins, 'docker-buildx'))
  return join(folder, 'broken')
}

async function assertRefused(
  prepared: Prepared,
  env: Readonly<Record<string, string>>,
  words: RegExp,
): Promise<void> {
  const { code, stdout, stderr } = await finish(start(prepared, env, []))
  deepStrictEqual([code, stdout], [1, ''], stderr)
  match(stderr, words)
  match(stderr, /^With --docker the demo needs [^\n]*\.\n$/)
  deepStrictEqual(readdirSync(tempOf(prepared)), [])
}

function tempOf({ folder }: Pick<Prepared, 'folder'>): string {
  return join(folder, 'demo-tmp')
}

function start(
  prepared: Prepared,
  env: Readonly<Record<string, string>>,
  options: readonly string[],
): ChildProcess {
  const { folder } = prepared
  mkdirSync(tempOf(prepared), { recursive: true })
  return spawn(process.execPath, [MAIN, '--docker', '--report', join(folder, 'report'), ...options], {
    cwd: folder,
    env: { ...env, HOME: folder, TMPDIR: tempOf(prepared) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** @param seen called with all that was printed so far */
async function finish(child: ChildProcess, seen: (stdout: string) => void = () => {}): Promise<Ended> {
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    seen(stdout)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code]: (number | null)[] = await once(child, 'close')
  return { code: code ?? null, stdout, stderr }
}

/** Every image of the engine, dangling ones included. */
async function images(engine: Engine): Promise<readonly string[]> {
  const listed = await docker(engine, ['image', 'ls', '--all', '--quiet', '--no-trunc'])
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .sort()
}

/** What the engine itself noted of images since then. */
function engineSays(engine: Engine, since: string): Promise<string> {
  const format = '{{.Action}} {{.Actor.Attributes.name}}'
  const times = [`--since=${since}`, `--until=${seconds()}`]
  return docker(engine, ['events', ...times, '--filter=type=image', `--format=${format}`])
}

async function docker({ env }: Engine, args: readonly string[]): Promise<string> {
  const { code, output } = await runCommand('docker', args, { cwd: '/', env: { ...env } })
  strictEqual(code, 0, output)
  return output
}

function seconds(): string {
  return (Date.now() / 1_000).toFixed(3)
}
