import { describe, expect, test } from '@jest/globals'
import { CommandFailed } from './command.ts'
import {
  assertBuildx,
  assertRunning,
  type FailedPush,
  inspectBuilder,
  readEngine,
  refusePush,
} from './docker-words.ts'
import { MissingPrerequisite } from './prerequisite.ts'

// Said by Docker 26.1.5 and 28.2.2 and buildx 0.29.1 of Debian; other versions, Windows and buildah stand in the same form.

const failed = (stderr: string): CommandFailed => new CommandFailed('docker', 1, stderr)

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof MissingPrerequisite) return error.message
    throw error
  }
  throw new Error('it was not refused')
}

describe('buildx', () => {
  test.each([
    ['github.com/docker/buildx v0.36.1 5ab3c1e', '0.36.1'],
    ['github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4', '0.29.1'],
    ['github.com/docker/buildx v1.0.0 abc', '1.0.0'],
  ])('%s is taken', (said, version) => {
    expect(assertBuildx(said)).toBe(version)
  })

  test.each([
    ['github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3', 'buildx 0.13.1'],
    ['buildah 1.39.3', '"buildah 1.39.3"'],
    [
      failed("docker: unknown command: docker buildx\n\nRun 'docker --help' for more information"),
      '"docker: unknown command: docker buildx"',
    ],
  ])('%s is refused with what was said', (said, part) => {
    expect(refusal(() => assertBuildx(said))).toContain(part)
  })
})

describe('the engine', () => {
  test('is named by its version, without what a distribution adds', () => {
    expect(readEngine('{"Version":"26.1.5+dfsg1","Os":"linux"}')).toBe('26.1.5')
  })

  test('that does not answer is refused with the words of docker', () => {
    const stderr = 'Cannot connect to the Docker daemon at unix:///nowhere. Is the docker daemon running?'
    expect(refusal(() => readEngine(failed(stderr)))).toContain(stderr)
  })

  test('that runs containers of another system is refused', () => {
    expect(refusal(() => readEngine('{"Version":"28.0.4","Os":"windows"}'))).toContain('windows')
  })
})

describe('a builder', () => {
  const inspected = `Name:          later
Driver:        docker-container
Last Activity: 2026-11-27 16:04:37 +0000 UTC

Nodes:
Name:                  later0
Endpoint:              unix:///var/run/docker.sock
Status:                inactive
BuildKit daemon flags: --allow-insecure-entitlement=network.host
`

  test('that was never started is refused before it fetches its own image', () => {
    const { driver, status } = inspectBuilder(inspected, 'later')
    expect(refusal(() => assertRunning('later', driver, status))).toContain(
      '"later" (docker-container) is inactive',
    )
  })

  test('that runs is taken, whatever its driver', () => {
    const { driver, status } = inspectBuilder(inspected.replace('inactive', 'running'), 'later')
    expect(() => assertRunning('later', driver, status)).not.toThrow()
  })

  test('that is not there is refused', () => {
    const said = failed('ERROR: no builder "nope" found')
    expect(refusal(() => inspectBuilder(said, 'nope'))).toContain('buildx says "no builder "nope" found"')
  })
})

describe('a failed push to loopback', () => {
  const builder = '"default" (docker)'
  const graph =
    '------\n > pushing 127.0.0.1:9/probe:x with docker:\n------\nERROR: failed to build: Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused'
  const containerd =
    'ERROR: failed to build: failed to solve: failed to push 127.0.0.1:9/probe:x: failed to do request: Head "https://127.0.0.1:9/v2/probe/blobs/sha256:d16d": dial tcp 127.0.0.1:9: connect: network is unreachable'
  const full = 'ERROR: failed to build: failed to solve: write /x: no space left on device'

  test.each<[string, Omit<FailedPush, 'builder'>, string]>([
    ['an engine elsewhere', { stderr: graph, arrived: false }, 'does not (dial tcp 127.0.0.1:9: connect: '],
    ['its containerd store', { stderr: containerd, arrived: false }, 'network is unreachable)'],
    ['a build that fails', { stderr: full, arrived: false }, 'no space left on device'],
    ['a registry that it reached', { stderr: graph, arrived: true }, 'says "failed to build: Get'],
  ])('%s is told apart', (_name, push, part) => {
    expect(refusePush({ builder, ...push }).message).toContain(part)
  })
})

test('every refusal is one line that says how to do without', () => {
  const message = refusal(() => readEngine(failed('no\nway')))
  expect(message).toMatch(/^With --docker the demo needs [^\n]*, or leave --docker away[^\n]*\.$/)
})
