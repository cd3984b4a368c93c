import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { childEnv, runCommand, startTree } from '@mlops-actions/process'
import type { Access } from './environment.ts'

export interface SshAgent {
  readonly access: Access
  stop(): Promise<void>
}

interface SshAgentOptions {
  /** A folder that only we can read; the agent's socket lies in it. */
  readonly directory: string
  /** As PEM or in OpenSSH's format, without a passphrase. */
  readonly privateKey: string
  /** Lines of a known_hosts file. */
  readonly knownHosts: string
}

/**
 * Seconds after which an agent forgets the key. Nobody stops the agent of a step that was killed, unless the runner does
 * at the end of the job (RUNNER_TRACKING_ID); no job of GitHub's runners is longer.
 */
const LONGEST_JOB = 6 * 60 * 60

/**
 * Holds the key in an agent of our own, so that it never lies on the disk.
 * @throws Failure GIT_SSH_KEY when it is no key, or has a passphrase; GIT_SSH_AGENT where no agent can listen
 */
export async function startSshAgent(
  world: World,
  { directory, privateKey, knownHosts }: SshAgentOptions,
): Promise<SshAgent> {
  const agentSocket = join(directory, 'agent')
  const knownHostsFile = join(directory, 'known_hosts')
  await writeFile(knownHostsFile, `${knownHosts.trim()}\n`)
  const env = childEnv(world.env, { SSH_AUTH_SOCK: agentSocket })
  const listening = Promise.withResolvers<boolean>()
  const complaints: string[] = []
  const agent = await startTree(world, {
    what: 'Cannot hold the SSH key',
    file: 'ssh-agent',
    args: ['-D', '-a', agentSocket],
    env,
    // It says where it listens, as a shell would read it; what goes wrong before it says elsewhere.
    onLine: (line, output) => (output === 'stdout' ? listening.resolve(true) : complaints.push(line)),
  })
  const stop = async (): Promise<void> => void (await agent.stop())
  try {
    const isListening = await Promise.race([listening.promise, agent.exited.then(() => false)])
    if (!isListening && !world.signal.aborted) throw notListening(agentSocket, complaints)
    await addKey(world, env, privateKey)
  } catch (error) {
    await stop()
    throw error
  }
  return { access: { kind: 'ssh', agentSocket, knownHostsFile }, stop }
}

/** Its socket's path may be too long (unix(7): 107 bytes), or the folder one of a file system without sockets. */
function notListening(socket: string, complaints: readonly string[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'GIT_SSH_AGENT',
    what: 'Cannot hold the SSH key',
    on: socket,
    seen: complaints.join(' ') || 'ssh-agent ended at once and said nothing',
    next: 'The key is held behind a socket in RUNNER_TEMP: let that be a local folder with a short path',
  })
}

async function addKey(world: World, env: Record<string, string>, privateKey: string): Promise<void> {
  await runCommand(world, {
    what: 'Cannot use the SSH key',
    on: '`ssh-key`',
    file: 'ssh-add',
    args: ['-q', '-t', String(LONGEST_JOB), '-'],
    env,
    input: `${privateKey.replace(/\r/g, '').trim()}\n`,
    timeout: 10_000,
    explain: () => ({
      kind: 'config',
      code: 'GIT_SSH_KEY',
      seen: 'ssh-add does not take it',
      next: 'Give the whole private key, its first and last line included, without a passphrase',
    }),
  })
}
