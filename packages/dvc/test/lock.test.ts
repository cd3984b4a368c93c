import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { assertNotBeingWritten, lockRepository, readRepository, readSettled } from '../src/index.ts'
import { makeRepository, type TestRepository } from './repository.ts'

const env = { PATH: process.env['PATH'] ?? '' }
const children: ChildProcess[] = []
let repository: TestRepository

beforeEach(async () => {
  repository = await makeRepository()
  await mkdir(join(repository.root, '.dvc/tmp'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await repository.close()
})

/** What DVC does: an flock by Python's fcntl (zc.lockfile). Prints `held` or `busy`. */
async function pythonLock(): Promise<{ readonly answer: string; readonly child: ChildProcess }> {
  const script = `import fcntl, sys
file = open(sys.argv[1], "a+")
try:
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("busy", flush=True)
    sys.exit()
print("held", flush=True)
sys.stdin.read()
`
  const child = spawn('python3', ['-c', script, join(repository.root, '.dvc/tmp/lock')])
  children.push(child)
  const [chunk] = await once(child.stdout, 'data')
  return { answer: String(chunk).trim(), child }
}

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux("DVC's lock", () => {
  test('is held against DVC, and let go again', async () => {
    const release = await lockRepository(testWorld({ env }), await readRepository(repository.root))
    expect((await pythonLock()).answer).toBe('busy')
    await release()
    expect((await pythonLock()).answer).toBe('held')
  })

  test('is waited for while DVC has it', async () => {
    const { child } = await pythonLock()
    const world = testWorld({ env })
    const waiting = {
      ...world,
      sleep: async (ms: number) => {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL')
          await once(child, 'exit')
        }
        await world.sleep(ms)
      },
    }
    const release = await lockRepository(waiting, await readRepository(repository.root))
    expect(world.lines).toEqual([expect.stringMatching(`the process ${child.pid} has DVC's lock`)])
    await release()
  })

  test('is taken for a second look at what could not be read: DVC may have been writing it', async () => {
    await repository.write('a.dvc', 'outs:\n- md5')
    const { child } = await pythonLock()
    const world = testWorld({ env })
    const sleep = async (ms: number) => {
      await repository.write('a.dvc', 'outs:\n- path: a\n')
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await world.sleep(ms)
    }
    const read = () => readRepository(repository.root)
    expect((await readSettled({ ...world, sleep }, repository.root, read)).outputs).toHaveLength(1)
    await repository.write('a.dvc', 'outs:\n- md5')
    await expect(readSettled(world, repository.root, read)).rejects.toMatchObject({ code: 'DVC_FILE' })
    expect((await pythonLock()).answer).toBe('held')
  })

  test('that is never let go ends with who has it', async () => {
    const { child } = await pythonLock()
    await expect(
      lockRepository(testWorld({ env }), await readRepository(repository.root)),
    ).rejects.toMatchObject({
      kind: 'conflict',
      code: 'DVC_LOCKED',
      message: expect.stringContaining(`the process ${child.pid} has held DVC's lock for a minute`),
    })
  })
})

describe('a lock', () => {
  test('by hard links is refused, since only DVC can hold it', async () => {
    await repository.write('.dvc/config.local', '[core]\nhardlink_lock = true\n')
    await expect(lockRepository(testWorld({ env }), await readRepository(repository.root))).rejects.toThrow(
      /hardlink_lock/,
    )
  })

  test('where there is no flock(1) is not needed: files are replaced whole', async () => {
    const release = await lockRepository(
      testWorld({ env: { PATH: '/nonexistent' } }),
      await readRepository(repository.root),
    )
    await release()
  })

  test('for writing an output, by a stage that runs, keeps us away from it alone', async () => {
    const rwlock = (pid: number) =>
      repository.write(
        '.dvc/tmp/rwlock',
        JSON.stringify({ write: { [join(repository.root, 'model')]: { pid, cmd: 'dvc repro' } }, read: {} }),
      )
    await rwlock(process.pid)
    await expect(assertNotBeingWritten(repository.root, ['data', 'model/a'])).rejects.toMatchObject({
      kind: 'conflict',
      code: 'DVC_BEING_WRITTEN',
    })
    await assertNotBeingWritten(repository.root, ['data'])
    await rwlock(2 ** 22 + 1)
    await assertNotBeingWritten(repository.root, ['model'])
    await repository.write('.dvc/tmp/rwlock', '{"wri')
    await assertNotBeingWritten(repository.root, ['model'])
  })
})
