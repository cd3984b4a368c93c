import { describe, expect, test } from '@jest/globals'
import { childEnv } from '../src/index.ts'

describe('the environment of a child', () => {
  test('carries the mark by which the runner ends what a job leaves behind', () => {
    expect(childEnv({ RUNNER_TRACKING_ID: 'github_1f3d9475', RUNNER_TEMP: '/tmp' })).toEqual({
      RUNNER_TRACKING_ID: 'github_1f3d9475',
    })
  })

  test('has what programs need and none of the secrets of the job', () => {
    const env = {
      PATH: '/bin',
      HOME: '/home/me',
      LC_ALL: 'C.UTF-8',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
      SSH_AUTH_SOCK: '/agent',
      INPUT_TOKEN: 'a',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'b',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'c',
      ACTIONS_RUNTIME_TOKEN: 'd',
      GITHUB_TOKEN: 'e',
      AWS_SECRET_ACCESS_KEY: 'f',
      NODE_OPTIONS: '--require=evil',
      LD_PRELOAD: 'evil.so',
      GIT_SSH_COMMAND: 'evil',
      UNSET: undefined,
    }
    expect(childEnv(env)).toEqual({
      PATH: '/bin',
      HOME: '/home/me',
      LC_ALL: 'C.UTF-8',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
    })
  })

  test('has what is meant for this one child, and the SSH agent where that is asked for', () => {
    const extra = { GIT_TERMINAL_PROMPT: '0', NOT_SET: undefined }
    const env = childEnv({ PATH: '/bin', SSH_AUTH_SOCK: '/agent' }, extra, { sshAgent: true })
    expect(env).toEqual({ PATH: '/bin', SSH_AUTH_SOCK: '/agent', GIT_TERMINAL_PROMPT: '0' })
  })
})
