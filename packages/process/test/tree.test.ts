import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { childEnv, startTree, type Tree, type TreeCommand } from '../src/index.ts'
import { createTestWorld, failureOf, isAlive, until } from './world.ts'

/** Starts a grandchild and prints its pid; both live until they are ended. */
const FAMILY = `
const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
console.log('grandchild', child.pid)
setInterval(() => {}, 1000)`

/** As FAMILY, and deaf to TERM, both of them. */
const STUBBORN = `
process.on('SIGTERM', () => console.log('no'))
const script = "process.on('SIGTERM', () => {}); console.log('grandchild', process.pid); setInterval(() => {}, 1000)"
require('child_process').spawn(process.execPath, ['-e', script], { stdio: 'inherit' })
setInterval(() => {}, 1000)`

interface Started {
  readonly tree: Tree
  readonly lines: string[]
  readonly controller: AbortController
}

async function start(script: string, more: Partial<TreeCommand> = {}): Promise<Started> {
  const { world, controller } = createTestWorld()
  const lines: string[] = []
  const tree = await startTree(world, {
    file: process.execPath,
    args: ['-e', script],
    env: childEnv(process.env),
    onLine: (line) => lines.push(line),
    what: 'Cannot build',
    ...more,
  })
  return { tree, lines, controller }
}

async function grandchildOf({ lines }: Started): Promise<number> {
  const find = (): string | undefined => lines.find((line) => line.startsWith('grandchild '))
  await until(() => find() !== undefined)
  return Number(find()?.split(' ')[1])
}

describe('a tree', () => {
  test('hands on its lines, sanitized, and how it ended', async () => {
    const seen: string[] = []
    const script =
      'process.stdout.write("one\\r\\n::error::two\\rthree\\u001b[31m!\\nlast"); console.error("bad"); process.exitCode = 4'
    const { tree } = await start(script, { onLine: (line, output) => seen.push(`${output} ${line}`) })
    expect(await tree.exited).toEqual({ exitCode: 4, signal: undefined })
    expect(seen.filter((line) => line.startsWith('stdout'))).toEqual([
      'stdout one',
      'stdout :\u200b:error::two',
      'stdout three!',
      'stdout last',
    ])
    expect(seen).toContain('stderr bad')
  })

  test('hands on a line that never ends in pieces', async () => {
    const { tree, lines } = await start('process.stdout.write("x".repeat(100_000))')
    await tree.exited
    expect(lines.length).toBeGreaterThan(5)
  })

  test('dies with all its descendants when the step is cancelled', async () => {
    const started = await start(FAMILY)
    const grandchild = await grandchildOf(started)
    started.controller.abort()
    expect(await started.tree.exited).toEqual({ exitCode: undefined, signal: 'SIGTERM' })
    expect([started.tree.pid, grandchild].filter(isAlive)).toEqual([])
  })

  test('that ignores TERM is killed after the grace', async () => {
    const started = await start(STUBBORN, { grace: 100 })
    const grandchild = await grandchildOf(started)
    expect(await started.tree.stop()).toEqual({ exitCode: undefined, signal: 'SIGKILL' })
    expect([started.tree.pid, grandchild].filter(isAlive)).toEqual([])
  })

  test('leaves no orphan behind when it ends by itself', async () => {
    const started = await start(`${FAMILY}; setTimeout(() => process.exit(0), 50)`)
    const grandchild = await grandchildOf(started)
    expect(await started.tree.exited).toEqual({ exitCode: 0, signal: undefined })
    expect(isAlive(grandchild)).toBe(false)
  })

  test('may end politely when it is asked to', async () => {
    const script =
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up"); setInterval(() => {}, 1000)'
    const { tree, lines } = await start(script)
    await until(() => lines.includes('up'))
    expect(await tree.stop()).toEqual({ exitCode: 0, signal: undefined })
    expect(lines).toEqual(['up', 'bye'])
  })

  test('is killed when this process exits without a word', async () => {
    const script = `
      import { startTree, childEnv } from '@mlops-actions/process'
      const world = { signal: new AbortController().signal }
      const onLine = (line) => { console.log(line); process.exit(0) }
      await startTree(world, { file: process.execPath, args: ['-e', ${JSON.stringify(FAMILY)}], env: childEnv(process.env), onLine, what: '' })`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    parent.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    await once(parent, 'close')
    const grandchild = Number(/grandchild (\d+)/.exec(output)?.[1])
    expect(grandchild).toBeGreaterThan(1)
    await until(() => !isAlive(grandchild))
  })

  test('is one of many that share one listener for the exit, which is gone when they are', async () => {
    const listeners = process.listenerCount('exit')
    const { world, controller } = createTestWorld()
    const sleeper = { file: 'sleep', args: ['300'], env: childEnv(process.env), what: 'Cannot wait' }
    const trees = await Promise.all(Array.from({ length: 12 }, () => startTree(world, sleeper)))
    expect(process.listenerCount('exit')).toBe(listeners + 1)
    controller.abort()
    await Promise.all(trees.map(({ exited }) => exited))
    expect(trees.map(({ pid }) => pid).filter(isAlive)).toEqual([])
    expect(process.listenerCount('exit')).toBe(listeners)
  })

  test('is not started when the step is already cancelled', async () => {
    const { world, controller } = createTestWorld()
    controller.abort()
    const command = { file: process.execPath, args: [], env: {}, what: 'Cannot build' }
    expect((await failureOf(startTree(world, command))).kind).toBe('cancelled')
  })

  test.each([
    ['a program that is not installed', { file: 'no-such-program' }, 'PROGRAM_NOT_FOUND'],
    ['a folder that does not exist', { cwd: '/no/such/folder' }, 'FOLDER_NOT_FOUND'],
    ['an argument with a NUL', { args: ['a\0b'] }, 'PROGRAM_NOT_STARTED'],
  ])('of %s is a mistake in the configuration', async (_what, more, code) => {
    expect(await failureOf(start('', more))).toMatchObject({ kind: 'config', code })
  })

  const LONG = 'hunter22'.repeat(400_000)
  test.each([
    ['an argument', { args: ['--quiet', `--label=a=${LONG}`] }, '--label is 3,200,010 bytes long'],
    ['a variable', { env: { KEY: LONG, B: 'x' } }, 'KEY is 3,200,004 bytes long'],
  ])('of %s that is too long names it and the limit, and not its value', async (_what, more, words) => {
    const failure = await failureOf(start('', more))
    expect(failure).toMatchObject({ kind: 'config', code: 'COMMAND_TOO_LONG' })
    expect(failure.details.seen).toContain(words)
    expect(failure.details.seen).toContain('131,071')
    expect(failure.message).not.toContain('hunter22')
  })
})

test('a child has the files that it was given as its descriptors, and so have its own children', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  const file = await open(join(folder, 'key'), 'wx+')
  try {
    await unlink(join(folder, 'key'))
    await file.write('the key', 0)
    const args = ['-c', 'cat /dev/fd/3; sh -c "test -e /dev/fd/3 && echo , inherited"']
    let said = ''
    const tree = await startTree(createTestWorld().world, {
      file: 'sh',
      args,
      env: childEnv(process.env),
      what: 'Cannot read',
      files: [file.fd],
      onData: (chunk) => {
        said += chunk
      },
    })
    expect((await tree.exited).exitCode).toBe(0)
    expect(said).toBe('the key, inherited\n')
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
})
