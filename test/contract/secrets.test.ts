import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { runBundle, type StepResult } from '../harness/bundle.ts'
import { ECHO_FORMS, startEchoServer } from './echo.ts'
import { leaksOf } from './leak.ts'
import { CANARY, STEPS, type Step, workspaceOf } from './steps.ts'

/** Everything that a step leaves to be read, by the name of the place. */
type Traces = ReadonlyMap<string, string>

/** Runs a step whose runner files outlive it, and collects what it wrote anywhere; mask commands are meant to tell. */
async function tracesOf(action: string, step: Step): Promise<{ step: StepResult; traces: Traces }> {
  const temp = await mkdtemp(join(tmpdir(), 'traces-'))
  const workspace = await workspaceOf(step)
  try {
    const state = join(temp, 'state')
    await writeFile(state, '')
    const env = { RUNNER_DEBUG: '1', ...step.env, GITHUB_STATE: state, RUNNER_TEMP: temp }
    const inputs = { timeout: '3s', 'request-timeout': '1s', ...step.inputs }
    const ended = await runBundle(action, { workspace, inputs, env })
    const report = ended.outputs['report-file']
    const traces = new Map([
      ['log', ended.stdout.replaceAll(/^::add-mask::.*$/gm, '')],
      ['stderr', ended.stderr],
      ['summary', ended.summary],
      ['outputs', Object.values(ended.outputs).join('\n')],
      ['state', await readFile(state, 'utf8')],
      ['report', report === undefined ? '' : await readFile(report, 'utf8')],
    ])
    return { step: ended, traces }
  } finally {
    await rm(temp, { recursive: true, force: true })
    await rm(workspace, { recursive: true, force: true })
  }
}

async function leaks(traces: Traces): Promise<readonly string[]> {
  const found = [...traces].map(async ([place, text]) =>
    (await leaksOf(CANARY, text)).map((what) => `${place}: ${what}`),
  )
  return (await Promise.all(found)).flat()
}

/** A program in the place of another: it writes its arguments down, line by line, then does what `then` says. */
async function fakeProgram(name: string, then: string) {
  const bin = await mkdtemp(join(tmpdir(), 'bin-'))
  const [file, log] = [join(bin, name), join(bin, 'arguments')]
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" >>'${log}'\n${then}\n`)
  await chmod(file, 0o755)
  return {
    path: [bin, process.env['PATH'] ?? ''].join(delimiter),
    seen: () => readFile(log, 'utf8').catch(() => ''),
    [Symbol.asyncDispose]: () => rm(bin, { recursive: true, force: true }),
  }
}

describe.each(Object.keys(STEPS))('%s, and a server that says what it was told', (action) => {
  test.concurrent.each(ECHO_FORMS)('shows no secret that comes back %s', async (form) => {
    const server = await startEchoServer(form)
    try {
      const { step, traces } = await tracesOf(action, STEPS[action]?.(server.url) ?? { inputs: {} })
      expect(step.code).toBe(1)
      expect(server.heard()).toBeGreaterThan(0)
      expect(await leaks(traces)).toEqual([])
      expect(step.masks).toContain(CANARY)
    } finally {
      await server.close()
    }
  })
})

describe('children', () => {
  test('git gets no secret as an argument, and none of what it says is shown', async () => {
    const real = `PATH='${process.env['PATH']}' exec git "$@"`
    await using git = await fakeProgram('git', `env >&2\n${real}`)
    const server = await startEchoServer('as it is')
    try {
      const step = STEPS['bump-kserve-image']?.(server.url) ?? { inputs: {} }
      const inputs = { ...step.inputs, transport: 'git' }
      const { traces } = await tracesOf('bump-kserve-image', { ...step, inputs, env: { PATH: git.path } })
      expect(server.heard()).toBeGreaterThan(0)
      expect(await git.seen()).toContain('fetch')
      expect(await leaksOf(CANARY, await git.seen())).toEqual([])
      expect(await leaks(traces)).toEqual([])
    } finally {
      await server.close()
    }
  })

  test('docker gets no secret as an argument, and none of what it says is shown', async () => {
    const told =
      'env >&2; env | base64 | tr -d "\\n" >&2; env | sed "s/[_-]/&\\x1b[0m/g" >&2; echo "ERROR: $(env)" >&2; exit 1'
    const version = '[ "$2" = version ] && { echo "github.com/docker/buildx v0.29.1 a"; exit 0; }'
    await using docker = await fakeProgram('docker', `${version}\n${told}`)
    const { step, traces } = await tracesOf('ecr-build-push', {
      inputs: { repository: 'churn', tags: 'v1', push: 'false', secrets: `npm=${CANARY}` },
      env: { PATH: docker.path },
      files: { Dockerfile: 'FROM scratch\n' },
    })
    expect(step.code).toBe(1)
    expect(await docker.seen()).toContain('id=npm')
    expect(await leaksOf(CANARY, await docker.seen())).toEqual([])
    expect(await leaks(traces)).toEqual([])
  })
})

describe('leaksOf', () => {
  test.each([
    CANARY,
    Buffer.from(`user:${CANARY}`).toString('base64'),
    encodeURIComponent(CANARY),
    CANARY.replace(/.{4}/g, '$&\u001b[0m'),
    CANARY.replace(/.{4}/g, '$&\u0000'),
    CANARY.replace(/[_*<>-]/g, '\\$&'),
    Buffer.from(`x${CANARY}`).toString('base64url'),
    Buffer.from(CANARY).toString('hex').toUpperCase(),
    Buffer.from(CANARY).toString('base64').replace(/.{9}/g, '$&\n'),
    CANARY.replace(/.{4}/g, '$&\r\n  '),
    CANARY.replace(/.{4}/g, '$&\u00ad\u200b'),
    CANARY.replace(/["=]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
    CANARY.replaceAll('"', '&#34;'),
    `… ${CANARY.slice(0, 14)}`,
  ])('finds it in %j', async (text) => {
    expect(await leaksOf(CANARY, `before ${text} after`)).not.toEqual([])
  })

  test('finds nothing in a text that hides it', async () => {
    expect(await leaksOf(CANARY, 'before *** after, `***` and aGVsbG8gd29ybGQhIQ==')).toEqual([])
  })
})
