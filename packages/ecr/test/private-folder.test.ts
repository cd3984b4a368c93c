import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { privateFolder, writeTls } from '../src/buildkit/index.ts'

const MODULE = join(import.meta.dirname, '../src/buildkit/private-folder.ts')
const onLinux = process.platform === 'linux' ? test : test.skip

let below: string
beforeEach(async () => {
  below = await mkdtemp(join(tmpdir(), 'private-'))
})
afterEach(() => rm(below, { recursive: true }))

describe('a private folder', () => {
  test('is open to nobody else, and goes when it is closed', async () => {
    const folder = await privateFolder(join(below, 'temp'))
    expect((await stat(folder.path)).mode & 0o777).toBe(0o700)
    await folder.close()
    expect(await readdir(join(below, 'temp'))).toEqual([])
  })

  test('goes also where the process ends in the middle', async () => {
    const script = `
      const { privateFolder } = await import(${JSON.stringify(MODULE)})
      const { writeFileSync } = await import('node:fs')
      const folders = [await privateFolder(process.argv[1]), await privateFolder(process.argv[1])]
      for (const { path } of folders) writeFileSync(path + '/key', 'x')
      console.log(folders.length)
      process.exit(3)`
    const args = ['--input-type=module', '--eval', script, below]
    const ended = await promisify(execFile)(process.execPath, args).catch((error) => error)
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 3, stdout: '2\n' })
    expect(await readdir(below)).toEqual([])
  })
})

describe('the files of a builder', () => {
  const PEM = { ca: 'the authority', cert: 'the certificate', key: 'the key' }

  test('are open to nobody else', async () => {
    const { paths, close } = await writeTls(below, PEM)
    expect((await stat(paths.cert)).mode & 0o777).toBe(0o600)
    expect(await readFile(paths.cacert, 'utf8')).toBe('the authority')
    await close()
  })

  onLinux('do not have the key under any name, and a child can read it as often as it likes', async () => {
    const { paths, open, close } = await writeTls(below, PEM)
    expect(await readdir(below)).toEqual(['ca.pem', 'cert.pem'])
    const [fd = 0] = open
    // As a child opens its descriptor 3.
    const path = `/proc/${process.pid}/fd/${fd}`
    expect([await readFile(path, 'utf8'), await readFile(path, 'utf8')]).toEqual(['the key', 'the key'])
    expect(paths.key).toBe('/dev/fd/3')
    await close()
  })
})
