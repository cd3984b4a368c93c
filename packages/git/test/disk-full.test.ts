import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { fetchBranch, type GitRepository, readPush, writeCommit } from '../src/index.ts'
import { type Fixture, startFixture, worldWith } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

/** A repository whose git fails at one command as git 2.39 does on a disk without space (tried on a tmpfs of 400 kB). */
async function openOnFullDisk(command: string, words: string): Promise<GitRepository> {
  const bin = join(fixture.temp, 'bin')
  await mkdir(bin)
  const real = process.env['PATH'] ?? ''
  const script = `#!/bin/sh\n[ "$1" = '${command}' ] && { echo "${words}" >&2; exit 128; }\nPATH='${real}' exec git "$@"\n`
  await writeFile(join(bin, 'git'), script)
  await chmod(join(bin, 'git'), 0o755)
  return fixture.open({ world: worldWith({ PATH: `${bin}:${real}` }) })
}

const FULL = {
  kind: 'quota',
  code: 'DISK_FULL',
  retryable: false,
  message: expect.stringContaining('RUNNER_TEMP'),
}

test('a disk that is full while a branch is read is no trouble of the server', async () => {
  const words = 'fatal: unable to write loose object file: No space left on device'
  await expect(fetchBranch(await openOnFullDisk('fetch', words), 'main')).rejects.toMatchObject(FULL)
})

test('nor, while a commit is made, a defect of this collection', async () => {
  const words = "fatal: sha1 file 'objects/pack/tmp_pack_U' write error. Out of diskspace"
  const repository = await openOnFullDisk('fast-import', words)
  const parent = await fetchBranch(repository, 'main')
  const author = { name: 'Deployer', email: 'deployer@example.com' }
  const draft = { parent, files: [], message: 'm', author, time: 0 }
  await expect(writeCommit(repository, draft)).rejects.toMatchObject(FULL)
})

test('a full disk of the server is its own', () => {
  const outcome = readPush('o/r main', {
    exitCode: 1,
    stdout: '!\ta:refs/heads/main\t[remote rejected] (unpacker error)',
    stderr: 'remote: fatal: unable to write loose object file: No space left on device',
  })
  expect(outcome).toMatchObject({ status: 'refused', failure: { code: 'GIT_PUSH_REJECTED' } })
})
