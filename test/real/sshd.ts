import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { runOrThrow } from '../../scripts/command.ts'
import { unpackDebian } from './debian.ts'

/** A real OpenSSH server on this machine, which lets in one key as the user of this process. */
export interface Sshd extends AsyncDisposable {
  /** `ssh://user@127.0.0.1:port` */
  readonly url: string
  /** Of a known_hosts file. */
  readonly knownHosts: string
  /** The key that is let in. */
  readonly privateKey: string
  /** One that is not. */
  readonly strangersKey: string
}

/** Where many distributions have it. */
const INSTALLED = '/usr/sbin/sshd'

/**
 * The machine's own program, or else that of Debian's packages; nothing of the machine's configuration takes part, and its
 * services are left alone.
 */
export async function startSshd(): Promise<Sshd> {
  const root = existsSync(INSTALLED) ? '/' : await unpackSshd()
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-sshd-'))
  for (const name of ['host', 'ours', 'stranger'])
    await runOrThrow('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', name], folder)
  const port = await freePort()
  writeFileSync(join(folder, 'config'), configOf(folder, port))
  const { file, args } = commandOf(root, folder)
  const libraries = globSync('usr/lib/*-linux-gnu', { cwd: root }).map((path) => join(root, path))
  const env = { PATH: process.env['PATH'], LD_LIBRARY_PATH: root === '/' ? '' : libraries.join(':') }
  const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  await listening(child.stderr)
  const publicKey = readFileSync(join(folder, 'host.pub'), 'utf8').trim()
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    knownHosts: `[127.0.0.1]:${port} ${publicKey}`,
    privateKey: readFileSync(join(folder, 'ours'), 'utf8'),
    strangersKey: readFileSync(join(folder, 'stranger'), 'utf8'),
    [Symbol.asyncDispose]: async () => {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function unpackSshd(): Promise<string> {
  return unpackDebian('openssh-server', [
    ['openssh-server', 'own'],
    ['libwrap0', 'own'],
  ])
}

function configOf(folder: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'ours.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    '',
  ].join('\n')
}

/** As root it wants a user and a folder of its own, which it gets in a mount namespace that nobody else sees. */
function commandOf(
  root: string,
  folder: string,
): { readonly file: string; readonly args: readonly string[] } {
  const sshd = join(root, 'usr/sbin/sshd')
  const args = ['-D', '-e', '-f', join(folder, 'config')]
  if (process.getuid?.() !== 0) return { file: sshd, args }
  const users = `${readFileSync('/etc/passwd', 'utf8').trimEnd()}\nsshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n`
  writeFileSync(join(folder, 'passwd'), users)
  const script =
    'mount --bind passwd /etc/passwd && mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"'
  return { file: 'unshare', args: ['--mount', 'sh', '-c', script, 'sh', sshd, ...args] }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('the machine gives out no port')
  return address.port
}

/** Resolves when it says that it listens; rejects with what it said when it ends before that. */
function listening(stderr: NodeJS.ReadableStream): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    stderr.on('data', (chunk) => {
      said += chunk
      if (said.includes('Server listening')) resolve()
    })
    stderr.on('end', () => reject(new Error(`sshd does not start: ${said.trim()}`)))
  })
}
