import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOrThrow } from '../../scripts/command.ts'
import type { Check, Peer } from '../../scripts/real/peer.ts'
import { serveRepositories } from './git-http.ts'
import { checkSsh } from './git-ssh.ts'

type Prepared = AsyncDisposable & { readonly folder: string; readonly url: string }

/** Real git on both sides of a real HTTP connection, and of a real SSH one: what the fakes and the gitops package take for granted. */
export const peer: Peer<Prepared> = { name: 'git', prepare, run }

async function prepare(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-git-'))
  await git(folder, 'init', '--bare', '--initial-branch=main', 'config.git')
  await git(join(folder, 'config.git'), 'config', 'http.receivepack', 'true')
  const server = await serveRepositories(folder)
  const { port } = server.address() as AddressInfo
  return {
    folder,
    url: `http://127.0.0.1:${port}/config.git`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function run({ folder, url }: Prepared, check: Check): Promise<void> {
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')]
  await check('git is 2.30 or newer', async () => {
    const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(await git(folder, '--version')) ?? []).map(Number)
    strictEqual(major > 2 || (major === 2 && minor >= 30), true)
  })
  await check('git http-backend serves a push', async () => {
    await git(folder, 'clone', url, 'ours')
    await commit(ours, 'one')
    await git(ours, 'push', 'origin', 'HEAD:main')
    strictEqual(
      await git(join(folder, 'config.git'), 'rev-parse', 'main'),
      await git(ours, 'rev-parse', 'HEAD'),
    )
  })
  await check('git http-backend serves a shallow clone of what was pushed', async () => {
    await git(folder, 'clone', '--depth=1', url, 'theirs')
    strictEqual(readFileSync(join(theirs, 'file'), 'utf8'), 'one')
  })
  await check(
    'the second of two racing pushes is rejected, and its commit is not on the branch',
    async () => {
      await commit(theirs, 'theirs')
      await git(theirs, 'push', 'origin', 'HEAD:main')
      await commit(ours, 'ours')
      await rejects(git(ours, 'push', 'origin', 'HEAD:main'), /rejected/)
      const log = await git(join(folder, 'config.git'), 'log', '--format=%s', 'main')
      deepStrictEqual(log.split('\n'), ['theirs', 'one'])
    },
  )
  await check('a push says in porcelain format what became of each ref', async () => {
    const { output } = await git(ours, 'push', '--porcelain', 'origin', 'HEAD:main').then(
      (output) => ({ output }),
      (error: Error) => ({ output: error.message }),
    )
    match(output, /^!\tHEAD:refs\/heads\/main\t\[rejected\]/m)
  })
  await checkSsh(folder, check)
}

async function commit(folder: string, text: string): Promise<void> {
  writeFileSync(join(folder, 'file'), text)
  await git(folder, 'add', 'file')
  await git(folder, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-m', text)
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  return (await runOrThrow('git', ['-c', 'protocol.version=2', ...args], cwd)).trim()
}
