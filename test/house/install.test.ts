import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { goProgram } from '../../scripts/real/go.ts'
import { installFolder, installOnce } from '../../scripts/real/install.ts'
import { startService } from '../../scripts/real/service.ts'

const { XDG_CACHE_HOME, PATH } = process.env
let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'install-test-'))
  process.env['XDG_CACHE_HOME'] = cache
})
afterEach(() => {
  for (const [name, value] of Object.entries({ XDG_CACHE_HOME, PATH })) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  rmSync(cache, { recursive: true, force: true })
})

describe('installing something once', () => {
  /** Builds a folder with one file in it, and counts. */
  const counting = (text = 'whole') => {
    const built: string[] = []
    const build = async (folder: string) => {
      built.push(folder)
      writeFileSync(join(folder, 'program'), text)
    }
    return { built, build }
  }
  const programIn = (folder: string) => readFileSync(join(folder, 'program'), 'utf8')

  test('builds at the first time and finds what was built at the next', async () => {
    const { built, build } = counting()
    const first = await installOnce('tool', '1.0', build)
    expect(await installOnce('tool', '1.0', build)).toBe(first)
    expect([built.length, programIn(first)]).toEqual([1, 'whole'])
  })

  test('what is built sees the path at which it will be found', async () => {
    const { built, build } = counting()
    expect([await installOnce('tool', '1.0', build)]).toEqual(built)
  })

  test('another recipe is built beside it', async () => {
    const old = await installOnce('tool', '1.0', counting('old').build)
    const now = await installOnce('tool', '2.0', counting('now').build)
    expect([programIn(old), programIn(now)]).toEqual(['old', 'now'])
  })

  test('what failed half-way leaves nothing behind and is built again', async () => {
    const failing = async (folder: string) => {
      writeFileSync(join(folder, 'program'), 'half')
      throw new Error('no network')
    }
    await expect(installOnce('tool', '1.0', failing)).rejects.toThrow('no network')
    expect(readdirSync(installFolder())).toEqual([])
    expect(programIn(await installOnce('tool', '1.0', counting().build))).toBe('whole')
  })

  test('what a killed process left half-made is never found', async () => {
    const { build } = counting('half')
    // A process that dies in the middle of its build gets no further than this.
    const never = new Promise<void>(() => {})
    const begun = Promise.withResolvers<void>()
    void installOnce('tool', '1.0', async (folder) => {
      await build(folder)
      begun.resolve()
      await never
    })
    await begun.promise
    expect(programIn(await installOnce('tool', '1.0', counting().build))).toBe('whole')
  })

  test('of two at the same time both get the same, whole one', async () => {
    const both = Promise.withResolvers<void>()
    let building = 0
    const build = async (folder: string) => {
      if (++building === 2) both.resolve()
      await both.promise
      writeFileSync(join(folder, 'program'), 'whole')
    }
    const [one, other] = await Promise.all([
      installOnce('tool', '1.0', build),
      installOnce('tool', '1.0', build),
    ])
    expect([one, programIn(one)]).toEqual([other, 'whole'])
    expect(readdirSync(installFolder()).length).toBe(2)
  })

  test('one whose folder somebody has deleted is built again', async () => {
    rmSync(await installOnce('tool', '1.0', counting().build), { recursive: true })
    expect(programIn(await installOnce('tool', '1.0', counting('again').build))).toBe('again')
  })
})

test('without Go the failure says what to install', async () => {
  process.env['PATH'] = cache
  await expect(goProgram('example.com/tool', 'v1.0.0')).rejects.toThrow(
    /There is no Go tool chain.*example\.com\/tool.*install Go/,
  )
})

describe('a service', () => {
  const server = (code: string) => ({
    program: process.execPath,
    args: (port: number) => ['--eval', code, String(port)],
    isReady: async (url: string) => (await fetch(url)).ok,
  })
  const ANSWERS = "require('node:http').createServer((_, r) => r.end()).listen(process.argv[1], '127.0.0.1')"

  test('answers when it is started, and is gone when it is disposed of', async () => {
    const service = await startService(server(ANSWERS))
    expect([(await fetch(service.url)).status, existsSync(service.folder)]).toEqual([200, true])
    await service[Symbol.asyncDispose]()
    await expect(fetch(service.url)).rejects.toThrow()
    expect(existsSync(service.folder)).toBe(false)
  })

  test('that ends at once is a failure with what it printed', async () => {
    const broken = server("console.error('no such option'); process.exit(2)")
    await expect(startService(broken)).rejects.toThrow(/did not come up. It said:\nno such option/)
  })

  test('whose program is not there is a failure', async () => {
    await expect(startService({ ...server(''), program: join(cache, 'none') })).rejects.toThrow(
      /did not come up/,
    )
  })
})
