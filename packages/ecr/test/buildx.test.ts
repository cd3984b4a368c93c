import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { likelyBuildx, mayBeOpened } from '../src/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buildx-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function install(...programs: readonly string[]): Promise<void> {
  for (const program of programs) await writeFile(join(folder, program), '#!/bin/sh\n', { mode: 0o755 })
}

const DOCKER = { file: 'docker', first: ['buildx'] }

describe('which buildx it will be is known without asking', () => {
  test.each([
    [['docker'], DOCKER],
    [['buildx'], { file: 'buildx', first: [] }],
    [['docker-buildx'], { file: 'docker-buildx', first: [] }],
    [['docker', 'buildx'], undefined],
    [['buildx', 'docker-buildx'], undefined],
    [[], undefined],
  ])('with %j on the PATH: %j', async (programs, expected) => {
    await install(...programs)
    expect(likelyBuildx({ PATH: folder })).toEqual(expected)
  })

  test('and a file that is no program is none', async () => {
    await install('docker')
    await writeFile(join(folder, 'buildx'), '#!/bin/sh\n', { mode: 0o644 })
    expect(likelyBuildx({ PATH: folder })).toEqual(DOCKER)
  })
})

describe('whether a registry may be opened by a login of the user', () => {
  const asked = (env: Record<string, string> = {}) =>
    mayBeOpened({ DOCKER_CONFIG: folder, PATH: folder, ...env }, ['h.example', '127.0.0.1:5000'])

  test.each([
    ['{}', false],
    ['{"auths":{"ghcr.io":{"auth":"YTpi"}}}', false],
    ['{"auths":{"h.example":{"auth":"YTpi"}}}', true],
    ['{"auths":{"https://h.example/v2/":{}}}', true],
    ['{"auths":{"127.0.0.1:5000":{"identitytoken":"x"}}}', true],
    ['{"credHelpers":{"ghcr.io":"gcloud"}}', false],
    ['{"credHelpers":{"h.example":"ecr-login"}}', true],
    ['{"credsStore":"pass"}', true],
    ['{"credsStore":""}', false],
    ['{"auths"', true],
    ['null', true],
    ['', true],
  ])('by the configuration %s: %j', async (config, expected) => {
    await writeFile(join(folder, 'config.json'), config)
    expect(await asked()).toBe(expected)
  })

  test('without a configuration it may not', async () => {
    expect(await asked()).toBe(false)
  })

  test('a configuration that cannot be read may have one', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await asked({ DOCKER_CONFIG: join(folder, 'file') })).toBe(true)
  })

  test.each(['pass', 'secretservice', 'osxkeychain', 'wincred'])(
    'where Docker finds the helper %s by itself, it may',
    async (helper) => {
      await install(`docker-credential-${helper}`)
      expect(await asked()).toBe(true)
    },
  )

  test('what the job hands on in DOCKER_AUTH_CONFIG is no login of that kind', async () => {
    expect(await asked({ DOCKER_AUTH_CONFIG: '{"auths":{"h.example":{"auth":"YTpi"}}}' })).toBe(false)
  })

  test.each([
    ['{"auths":{"ghcr.io":{"auth":"YTpi"}}}', true],
    ['{"credHelpers":{"ghcr.io":"gcloud"}}', true],
    ['{}', false],
  ])('or any registry at all, by the configuration %s: %j', async (config, expected) => {
    await writeFile(join(folder, 'config.json'), config)
    expect(await mayBeOpened({ DOCKER_CONFIG: folder, PATH: folder })).toBe(expected)
  })

  test('of no registry there is nothing to open', async () => {
    await writeFile(join(folder, 'config.json'), '{"credsStore":"pass"}')
    expect(await mayBeOpened({ DOCKER_CONFIG: folder }, [])).toBe(false)
  })
})
