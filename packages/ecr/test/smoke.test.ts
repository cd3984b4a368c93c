import { describe, expect, test } from '@jest/globals'
import {
  type ContainerState,
  containerArguments,
  evaluateSmoke,
  parseContainerState,
  parseExposedPorts,
  parsePublishedPort,
  parseReach,
} from '../src/smoke/index.ts'

/** Said by Docker 26.1.5: `docker inspect --format '{{json .State}}'` of a running container. */
const RUNNING =
  '{"Status":"running","Running":true,"Paused":false,"Restarting":false,"OOMKilled":false,"Dead":false,"Pid":17568,"ExitCode":0,"Error":"","StartedAt":"2026-11-28T03:29:55.321624987Z","FinishedAt":"0001-01-01T00:00:00Z"}'
const state = (more: Partial<ContainerState> = {}): ContainerState => ({
  ...parseContainerState(RUNNING),
  ...more,
})
const judge = (look: Partial<Parameters<typeof evaluateSmoke>[0]>) =>
  evaluateSmoke({ state: state(), status: undefined, trouble: 'refused', ...look }, 'the image', '/ready')

describe('a started image', () => {
  test.each([200, 204, 299])('that answers %i serves', (status) => {
    expect(judge({ status })).toEqual({ status: 'done', value: { status } })
  })

  test.each([301, 404, 503])('that answers %i may still come to serve', (status) => {
    expect(judge({ status })).toEqual({
      status: 'pending',
      reason: `it runs, and answers ${status} to /ready`,
    })
  })

  test('that does not answer yet is waited for', () => {
    expect(judge({})).toEqual({ status: 'pending', reason: 'it runs, and does not answer yet: refused' })
    expect(judge({ state: state({ status: 'created' }) })).toMatchObject({ status: 'pending' })
  })

  test.each([
    [{ status: 'exited', exitCode: 0 }, 'the container has exited with code 0'],
    [{ status: 'exited', exitCode: 3 }, 'the container has exited with code 3'],
    [
      { status: 'exited', exitCode: 137, outOfMemory: true },
      'the container has exited with code 137, ended by the kernel for want of memory',
    ],
    [{ status: 'dead', exitCode: 1, error: 'no space' }, 'the container has died with code 1: no space'],
  ])('that has ended is the end: %j', (more, seen) => {
    // Whatever it had answered before.
    const verdict = judge({ state: state(more), status: 200 })
    expect(verdict).toMatchObject({ status: 'failed', failure: { kind: 'workload', details: { seen } } })
  })
})

describe('what the engine says', () => {
  test.each(['', 'null', '[]', '{"Status":1}', '<html>'])('is no state of a container: %j', (text) => {
    expect(() => parseContainerState(text)).toThrow()
  })

  test.each([
    ['null', []],
    ['{"8080/tcp":{}}', [8080]],
    ['{"53/udp":{},"8081/tcp":{},"8080/tcp":{}}', [8081, 8080]],
  ])('of the ports of an image: %s', (text, ports) => {
    expect(parseExposedPorts(text)).toEqual(ports)
  })

  test.each([
    ['127.0.0.1:32768\n', 32768],
    ['[::1]:32769\n127.0.0.1:32768\n', 32768],
    ['', undefined],
  ])('of where a port leads: %j', (text, port) => {
    expect(parsePublishedPort(text)).toBe(port)
  })
})

test('a container gets a port of the loopback, no privileges, and no value in an argument', () => {
  const args = containerArguments({
    image: 'mlops-actions-smoke:1',
    name: 'mlops-actions-smoke-1',
    port: 8080,
    reach: { kind: 'loopback' },
    env: new Map([['API_KEY', 'hunter22']]),
  })
  expect(args).toEqual([
    'run',
    '--detach',
    '--name=mlops-actions-smoke-1',
    '--label=mlops-actions.smoke=mlops-actions-smoke-1',
    '--publish=127.0.0.1::8080',
    '--security-opt=no-new-privileges',
    '--pull=never',
    '--restart=no',
    '--env=API_KEY',
    'mlops-actions-smoke:1',
  ])
})

/** Said by Docker 26.1.5: `docker inspect --format '{{.Id}} {{.HostConfig.NetworkMode}}'` of a container. */
describe('where what the engine starts is reached from', () => {
  const NAME = '9a41c0ffee12'
  const id = NAME.padEnd(64, '0')

  test.each([
    ['a network of its own', `${id} github_network_4f2c`, 'github_network_4f2c'],
    ['the default network', `${id} default\n`, 'bridge'],
  ])('a container in %s: by its address there', (_, said, network) => {
    const reach = parseReach(said, NAME)
    expect(reach).toEqual({ kind: 'network', network })
    const args = containerArguments({ image: 'i', name: 'n', port: 8080, reach, env: new Map() })
    expect(args).toContain(`--network=${network}`)
    expect(args.join(' ')).not.toContain('--publish')
  })

  test.each([
    ['in the network of the machine', `${id} host`],
    ['of another id, which has our name', `${'b'.repeat(64)} bridge`],
    ['that nobody knows', ''],
  ])('a container %s: by the loopback', (_, said) => {
    expect(parseReach(said, NAME)).toEqual({ kind: 'loopback' })
  })

  test.each(['none', 'container:4f2c9e1f', '--privileged'])(
    'refuses the network %s, and says why',
    (mode) => {
      expect(() => parseReach(`${id} ${mode}`, NAME)).toThrow(
        expect.objectContaining({
          kind: 'config',
          message: expect.stringContaining(`in a container whose network is ${mode}`),
        }),
      )
    },
  )
})
