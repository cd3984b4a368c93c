import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Command, childEnv, runCommand } from '../src/index.ts'
import { createTestWorld, failureOf, isAlive, until } from './world.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'process run '))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a script in Node: in a process group of its own, or, where it is `short`, by @actions/exec. */
function node(script: string, more: Partial<Command> = {}): Command {
  return {
    file: process.execPath,
    args: ['-e', script, '--', ...(more.args ?? [])],
    env: childEnv(process.env),
    what: 'Cannot compute',
    ...withoutArgs(more),
  }
}

function withoutArgs({ args: _args, ...rest }: Partial<Command>): Partial<Command> {
  return rest
}

const ways: [string, Partial<Command>][] = [
  ['as it comes', {}],
  ['as a short child', { short: true }],
  ['as a child with a timeout', { timeout: 15_000 }],
]

describe.each(ways)('a command, run %s,', (_way, way) => {
  const { world } = createTestWorld()

  test('gives its exit code and both outputs', async () => {
    const result = await runCommand(world, node('console.log("out"); console.error("err")', way))
    expect(result).toMatchObject({ exitCode: 0, stdout: 'out\n', stderr: 'err\n', truncated: false })
  })

  test('gets every argument as one argument, however hostile', async () => {
    const args = [
      'a b',
      '$(id)',
      '`id`',
      '; id',
      '"',
      "'",
      '\\',
      '*',
      '',
      '--flag=x y',
      'new\nline',
      '%PATH%',
      'ü',
      '| cat',
      '<x',
    ]
    const result = await runCommand(
      world,
      node('process.stdout.write(JSON.stringify(process.argv.slice(1)))', { ...way, args }),
    )
    expect(JSON.parse(result.stdout)).toEqual(args)
  })

  test('has the environment that was given and nothing else', async () => {
    process.env['INPUT_CANARY'] = 'canary'
    try {
      const env = { ...childEnv(process.env), ONLY_HERE: '1' }
      const result = await runCommand(
        world,
        node('process.stdout.write(JSON.stringify(process.env))', { ...way, env }),
      )
      expect(JSON.parse(result.stdout)).toEqual(env)
    } finally {
      delete process.env['INPUT_CANARY']
    }
  })

  test('ends in a failure that quotes the end of its error output', async () => {
    const script =
      'for (let i = 0; i < 50; i++) console.error("line " + i); console.error("fatal: ##[error]no"); process.exit(3)'
    const failure = await failureOf(runCommand(world, node(script, way)))
    expect(failure).toMatchObject({ kind: 'internal', code: 'COMMAND_FAILED' })
    expect(failure.details).toMatchObject({ what: 'Cannot compute', on: 'node' })
    expect(failure.details.seen).toMatch(
      /^exit code 3: line 46 \/ line 47 \/ line 48 \/ line 49 \/ fatal: ##\u200b\[error\]no$/,
    )
  })

  test('may end with a tolerated exit code, or with words of a caller that knows it', async () => {
    expect((await runCommand(world, node('process.exit(1)', { ...way, tolerate: [1] }))).exitCode).toBe(1)
    const explain = () => ({ kind: 'conflict' as const, seen: 'the branch moved', next: 'Push again' })
    const failure = await failureOf(
      runCommand(world, node('process.exit(1)', { ...way, explain, on: 'main' })),
    )
    expect(failure).toMatchObject({
      kind: 'conflict',
      message: 'Cannot compute: main: the branch moved. Push again.',
    })
  })

  test('that is killed by a signal says so', async () => {
    const failure = await failureOf(runCommand(world, node('process.kill(process.pid, "SIGKILL")', way)))
    expect(failure.code).toBe('COMMAND_KILLED')
  })

  test('that is not installed is a mistake in the configuration', async () => {
    const failure = await failureOf(runCommand(world, { ...node('', way), file: 'no-such-program' }))
    expect(failure).toMatchObject({ kind: 'config', code: 'PROGRAM_NOT_FOUND' })
    expect(failure.details.seen).toBe('no-such-program is not installed')
  })

  test('is found by the PATH of the child, even under a name with spaces', async () => {
    const file = join(folder, 'my tool')
    writeFileSync(file, '#!/bin/sh\necho "mine: $1"\n')
    chmodSync(file, 0o755)
    const env = { ...childEnv(process.env), PATH: `${folder}:${process.env['PATH']}` }
    const result = await runCommand(world, {
      file: 'my tool',
      args: ['x'],
      env,
      what: 'Cannot run it',
      ...way,
    })
    expect(result.stdout).toBe('mine: x\n')
  })

  test('keeps bytes that are not UTF-8', async () => {
    const result = await runCommand(world, node('process.stdout.write(Buffer.of(0x66, 0xff, 0x6f))', way))
    expect(result.stdoutBytes).toEqual(Buffer.of(0x66, 0xff, 0x6f))
    expect(result.stdout).toBe('f\ufffdo')
  })

  test('with too much output is read to the end, and the output is cut', async () => {
    const script =
      'const piece = "x".repeat(65535) + "\\n"; for (let i = 0; i < 64; i++) process.stdout.write(piece)'
    const result = await runCommand(world, node(script, { ...way, maxOutput: 1000 }))
    expect(result).toMatchObject({ exitCode: 0, truncated: true })
    expect(result.stdout).toHaveLength(1000)
  })

  test('is not started when the step is already cancelled', async () => {
    const cancelled = createTestWorld()
    cancelled.controller.abort()
    expect((await failureOf(runCommand(cancelled.world, node('', way)))).kind).toBe('cancelled')
  })

  test('in a folder that does not exist fails', async () => {
    await expect(runCommand(world, node('', { ...way, cwd: join(folder, 'nowhere') }))).rejects.toThrow(
      'nowhere',
    )
  })

  test('ends when the step is cancelled', async () => {
    const { world, controller } = createTestWorld()
    const marker = join(folder, 'started')
    const script = `require("fs").writeFileSync(${JSON.stringify(marker)}, ""); setTimeout(() => {}, 500)`
    const failed = failureOf(runCommand(world, node(script, way)))
    setImmediate(() => controller.abort())
    expect((await failed).kind).toBe('cancelled')
  })
})

describe('a command', () => {
  const { world } = createTestWorld()

  test('gets a secret by its standard input, where no list of processes shows it', async () => {
    const script = 'process.stdin.on("data", (d) => process.stdout.write(d + "|" + process.argv.join(" ")))'
    const result = await runCommand(world, node(script, { input: 's3cret-canary' }))
    const [input, argv] = result.stdout.split('|')
    expect(input).toBe('s3cret-canary')
    expect(argv).not.toContain('canary')
  })

  test.each([
    {},
    { input: '' },
    { timeout: 15_000 },
    { short: true, timeout: 15_000 },
    { short: true, input: '' },
  ])('with %j finds the end of its standard input', async (way) => {
    const result = await runCommand(
      world,
      node('process.stdin.resume().on("end", () => console.log("end"))', way),
    )
    expect(result.stdout).toBe('end\n')
  })

  test('that does not read its input is no accident', async () => {
    const result = await runCommand(world, node('process.exit(0)', { input: Buffer.alloc(4 * 1024 * 1024) }))
    expect(result.exitCode).toBe(0)
  })

  test.each([{}, { timeout: 15_000 }, { short: true, timeout: 15_000 }])(
    'with %j dies with all that it started when the step is cancelled',
    async (way) => {
      const { world, controller } = createTestWorld()
      const pids = join(folder, `pids of ${JSON.stringify(way)}`.replace(/\W/g, ' '))
      const script = `
        const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
        require('fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid + '.')
        setInterval(() => {}, 1000)`
      const failed = failureOf(runCommand(world, node(script, way)))
      const read = (): string => (existsSync(pids) ? readFileSync(pids, 'utf8') : '')
      await until(() => read().endsWith('.'))
      controller.abort()
      expect((await failed).kind).toBe('cancelled')
      expect(read().slice(0, -1).split(' ').map(Number).filter(isAlive)).toEqual([])
    },
  )

  test('with a timeout of many days is not ended at once', async () => {
    const script = 'setTimeout(() => console.log("out"), 50)'
    expect((await runCommand(world, node(script, { timeout: 2 ** 31 }))).stdout).toBe('out\n')
  })

  test('that takes too long is ended with all that it started', async () => {
    const script = 'console.error("waiting for the lock"); setInterval(() => {}, 1000)'
    const failure = await failureOf(runCommand(world, node(script, { timeout: 400 })))
    expect(failure).toMatchObject({ kind: 'timeout', code: 'COMMAND_TIMEOUT' })
    expect(failure.details.seen).toBe('it had not ended after 0.4 s; its last words: waiting for the lock')
  })
})
