import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { moveFile } from '../src/pull/place.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dvc-place-'))
  await writeFile(join(folder, 'from'), 'new')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const move = (to: string, given: { readonly isexec?: boolean; readonly replaceFolder?: boolean } = {}) =>
  moveFile({
    from: join(folder, 'from'),
    to: join(folder, to),
    isexec: false,
    replaceFolder: false,
    ...given,
  })

describe('a file that is moved into the workspace', () => {
  test.each(['x', 'not/there/x'])('is at %s with the permissions of a new file', async (path) => {
    await writeFile(join(folder, 'other'), '')
    await move(path)
    expect(await readFile(join(folder, path), 'utf8')).toBe('new')
    expect((await stat(join(folder, path))).mode).toBe((await stat(join(folder, 'other'))).mode)
    expect(existsSync(join(folder, 'from'))).toBe(false)
  })

  test('may be executed by its owner where that was recorded', async () => {
    await move('a/x', { isexec: true })
    expect((await stat(join(folder, 'a/x'))).mode & 0o100).toBe(0o100)
  })

  test('takes the place of a file, and of a folder only where that is wanted', async () => {
    await writeFile(join(folder, 'x'), 'old')
    await move('x')
    expect(await readFile(join(folder, 'x'), 'utf8')).toBe('new')
    await writeFile(join(folder, 'from'), 'newer')
    await mkdir(join(folder, 'y/z'), { recursive: true })
    await expect(move('y')).rejects.toMatchObject({ code: 'EISDIR' })
    await move('y', { replaceFolder: true })
    expect(await readFile(join(folder, 'y'), 'utf8')).toBe('newer')
  })

  test('that is not there is named', async () => {
    await rm(join(folder, 'from'))
    await expect(move('a/x')).rejects.toMatchObject({ code: 'ENOENT', path: join(folder, 'from') })
  })
})
