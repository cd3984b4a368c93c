import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startEchoServer } from './echo.ts'
import { leaksOf } from './leak.ts'
import { CANARY, STEPS } from './steps.ts'
import { expectSecrecy, leaks, tracesOf } from './traces.ts'

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

// The other forms are in secrets.story.test.ts.
describe.each(Object.keys(STEPS))('%s, and a server that says what it was told', (action) => {
  test('shows no secret that comes back as it is', () => expectSecrecy(action, 'as it is'))
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
