import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import type { World } from '@mlops-actions/diagnostics'
import { type CommandResult, runCommand } from '@mlops-actions/process'
import { type Access, gitEnvironment } from './environment.ts'
import { explainLocal, explainRemote, lastWords, PASSING } from './remote-failure.ts'
import type { RemoteUrl } from './remote-url.ts'
import { type SshAgent, startSshAgent } from './ssh-agent.ts'

/** What the user gave to get in. */
export type Credential =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'ssh-key'; readonly privateKey: string; readonly knownHosts: string }

export interface RepositoryOptions {
  readonly remote: RemoteUrl
  readonly credential: Credential
  /**
   * An existing folder for temporary files; the repository is a folder of its own in it, removed by
   * `close`.
   */
  readonly temp: string
  /** PEM certificates that are trusted in addition to the usual ones. */
  readonly caCert?: string | undefined
  /** Milliseconds a transfer may stand still. */
  readonly requestTimeout: number
}

/**
 * Milliseconds. Longer than any; what stands still ends by `requestTimeout`, and everything by the step's
 * own deadline.
 */
const LONGEST_TRANSFER = 30 * 60_000
const LONGEST_STEP = 60_000
const ANY_EXIT: readonly number[] = Array.from({ length: 256 }, (_, code) => code)

export interface GitCommand {
  /** What it is for, as the first part of a failure. */
  readonly what: string
  readonly args: readonly string[]
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
  /** It talks to the server, so that its words are explained in the terms of servers. */
  readonly isRemote?: boolean
}

/** An empty local repository that knows one remote, `origin`. Nothing is checked out. */
export interface GitRepository {
  readonly directory: string
  readonly remote: RemoteUrl
  /** Runs git; throws a Failure unless it ends with 0. */
  run(command: GitCommand): Promise<CommandResult>
  /** Runs git and returns however it ended. */
  attempt(command: GitCommand): Promise<CommandResult>
  close(): Promise<void>
}

/**
 * Makes a bare repository below `temp`. The credential never enters it: git gets it by its environment.
 * @throws Failure where git is missing or the SSH key cannot be read
 */
export async function openRepository(world: World, options: RepositoryOptions): Promise<GitRepository> {
  const directory = await mkdtemp(join(options.temp, 'gitops-'))
  let agent: SshAgent | undefined
  const close = async (): Promise<void> => {
    await agent?.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    agent = await startAgent(world, options, directory)
    const { remote, requestTimeout } = options
    const environment = gitEnvironment(world, {
      url: remote.url,
      access: agent?.access ?? httpAccess(options),
      home: directory,
      caFile: await writeCaFile(directory, options.caCert),
      requestTimeout,
    })
    const repository = createRepository(world, { directory, remote, environment, close })
    await repository.run({
      what: 'Cannot prepare a local repository',
      args: ['init', '--quiet', '--bare', '--template='],
    })
    return repository
  } catch (error) {
    await close()
    throw error
  }
}

interface Parts {
  readonly directory: string
  readonly remote: RemoteUrl
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

function createRepository(world: World, { directory, remote, environment, close }: Parts): GitRepository {
  const start = (
    { what, args, input, env, isRemote }: GitCommand,
    tolerate: readonly number[],
  ): Promise<CommandResult> =>
    runCommand(world, {
      what,
      on: isRemote ? `${remote.path} on ${remote.host}` : `git ${args[0] ?? ''}`,
      file: 'git',
      args,
      cwd: directory,
      env: { ...environment, ...env },
      ...(input === undefined ? {} : { input }),
      timeout: isRemote ? LONGEST_TRANSFER : LONGEST_STEP,
      tolerate,
      explain: ({ stderr }) => {
        const known = isRemote ? (explainRemote(stderr) ?? PASSING) : explainLocal(stderr)
        return known && { ...known, seen: lastWords(stderr) }
      },
    })
  return {
    directory,
    remote,
    run: (command) => start(command, []),
    attempt: (command) => start(command, ANY_EXIT),
    close,
  }
}

function httpAccess({ remote, credential }: RepositoryOptions): Access {
  if (credential.kind !== 'token' || remote.protocol !== 'http') return { kind: 'anonymous' }
  return { kind: 'token', origin: remote.origin, token: credential.token, user: 'x-access-token' }
}

async function startAgent(
  world: World,
  { remote, credential }: RepositoryOptions,
  directory: string,
): Promise<SshAgent | undefined> {
  if (credential.kind !== 'ssh-key' || remote.protocol !== 'ssh') return undefined
  return startSshAgent(world, {
    directory,
    privateKey: credential.privateKey,
    knownHosts: credential.knownHosts,
  })
}

/** GIT_SSL_CAINFO replaces what git trusts by itself, so the usual authorities go into the file too. */
async function writeCaFile(directory: string, caCert: string | undefined): Promise<string | undefined> {
  if (caCert === undefined) return undefined
  const file = join(directory, 'trusted.pem')
  await writeFile(file, [...getCACertificates('default'), caCert].join('\n'))
  return file
}
