import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { commitFiles, headOf } from '@mlops-actions/sandbox/github'
import {
  bringBlobs,
  fetchBranch,
  fetchHistory,
  type GitRepository,
  isAncestor,
  isOnBranch,
  pushCommit,
  readBlob,
  readEntries,
  readEntry,
  resolveRemoteBranch,
  writeCommit,
} from '../src/index.ts'
import { type Fixture, startFixture, worldWith } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const AUTHOR = { name: 'Deployer', email: 'deployer@example.com' }

async function commitOn(repository: GitRepository, text: string, depth?: number): Promise<NewCommit> {
  const parent = await fetchBranch(repository, 'main', depth)
  const files = [{ path: 'a.yaml', mode: '100644', bytes: Buffer.from(text) }]
  const draft = { parent, files, message: 'Change a\n', author: AUTHOR, time: 1_700_000_000_999 }
  return { parent, commit: await writeCommit(repository, draft) }
}

interface NewCommit {
  readonly parent: string
  readonly commit: string
}

/** So many commits on `main`, by one process. Their SHAs, oldest first. */
function commitMore(count: number, body = ''): readonly string[] {
  const who = 'Other <other@example.com> 1700000000 +0000'
  const commits = Array.from({ length: count }, (_, index) => {
    const [message, text] = [`b ${index}${body}`, `b: ${index}\n`]
    const from = index === 0 ? 'from refs/heads/main^0\n' : ''
    const head = `commit refs/heads/main\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\n`
    const change = `M 100644 inline b.yaml\ndata ${text.length}\n${text}`
    return `${head}data ${message.length}\n${message}\n${from}${change}get-mark :${index + 1}\n`
  })
  const options = { cwd: fixture.remote.directory, encoding: 'utf8', input: commits.join('') } as const
  return execFileSync('git', ['fast-import', '--quiet'], options).trim().split('\n')
}

describe('a repository', () => {
  test('reads the head, an entry and its bytes, and brings no file that nobody asked for', async () => {
    await commitFiles(fixture.server.state, fixture.remote, {
      files: { 'big.bin': Buffer.alloc(10_000, 1) },
      message: 'Big',
    })
    const repository = await fixture.open()
    const head = await fetchBranch(repository, 'main')
    expect(head).toBe(await headOf(fixture.remote, 'main'))
    expect(await resolveRemoteBranch(repository, 'main')).toBe(head)
    const entry = await readEntry(repository, head, 'a.yaml')
    expect(entry).toMatchObject({ kind: 'file', mode: '100644' })
    expect(await readBlob(repository, entry?.oid ?? '')).toEqual(Buffer.from('a: 1\n'))
    expect(await readEntry(repository, head, 'A.yaml')).toBeUndefined()
    const { stdout } = await repository.run({
      what: 'Test',
      args: ['rev-list', '--objects', '--missing=print', head],
    })
    expect(stdout.match(/^\?/gm)).toHaveLength(1)
  })

  test('makes a commit out of objects and moves the branch to it', async () => {
    const repository = await fixture.open()
    const { commit, parent } = await commitOn(repository, 'a: 2\r\n')
    expect(await pushCommit(repository, { commit, parent }, 'main')).toEqual({ status: 'accepted' })
    expect(await headOf(fixture.remote, 'main')).toBe(commit)
    expect(await fetchHistory(repository, 'main', 3)).toMatchObject({
      commits: [{ oid: commit, message: 'Change a' }, { message: 'Start' }],
      hasOlder: false,
    })
    expect(await fetchHistory(repository, 'main', 1)).toMatchObject({ hasOlder: true })
  })

  test('says that there is more of a history whose messages are too long to be read all, and reads no half of one', async () => {
    const [, second, third] = commitMore(3, `\n\n${'x'.repeat(7 * 1024 * 1024)}`)
    const repository = await fixture.open()
    const { commits, hasOlder } = await fetchHistory(repository, 'main', 10)
    expect(commits.map(({ oid }) => oid)).toEqual([third, second])
    expect(hasOlder).toBe(true)
  })

  test('commits any name, mode and bytes, and asks the server for nothing that did not change', async () => {
    const { server, remote } = fixture
    const before = { 'big.bin': Buffer.alloc(10_000, 1), 'deep/er/b.yaml': 'b: 1\n', 'deep/c.yaml': 'c: 1\n' }
    await commitFiles(server.state, remote, { files: before, message: 'More' })
    const repository = await fixture.open()
    const parent = await fetchBranch(repository, 'main')
    const bytes = Buffer.from([0, 255, 13, 10, 0x64, 0x6f, 0x6e, 0x65, 10])
    const names = [
      '"q" \\ and\ttab',
      'line\nbreak',
      'größe.dvc',
      'deep/er/b.yaml',
      ' lead',
      'M 100644 inline x',
    ]
    const files = names.map((path, index) => ({ path, mode: index % 2 === 0 ? '100644' : '100755', bytes }))
    const asked = server.requests.length
    const author = { name: 'A <b>\nC', email: 'a@example.com>\ndata 3' }
    const commit = await writeCommit(repository, { parent, files, message: '', author, time: 1_999 })
    expect(server.requests).toHaveLength(asked)
    const show = async (...args: string[]) => (await repository.run({ what: 'Test', args })).stdout
    const tree = (await show('ls-tree', '-r', '-z', '--full-tree', commit)).split('\0').filter(Boolean)
    expect(tree).toHaveLength(3 + names.length)
    for (const { path, mode } of files)
      expect(tree.filter((line) => line.startsWith(mode) && line.endsWith(`\t${path}`))).toHaveLength(1)
    const blob = await readEntry(repository, commit, 'größe.dvc')
    expect(await readBlob(repository, blob?.oid ?? '')).toEqual(bytes)
    expect(await show('log', '-1', '--format=%an|%ae|%ad|%ce|%cd|%B', '--date=raw', commit)).toBe(
      'A bC|a@example.comdata 3|1 +0000|a@example.comdata 3|1 +0000|\n',
    )
    expect(await pushCommit(repository, { commit, parent }, 'main')).toEqual({ status: 'accepted' })
  })

  test('is told that the branch has moved, and moves nothing', async () => {
    const repository = await fixture.open()
    const commit = await commitOn(repository, 'a: 2\n')
    const [other] = commitMore(1)
    expect(await pushCommit(repository, commit, 'main')).toMatchObject({ status: 'moved' })
    expect(await headOf(fixture.remote, 'main')).toBe(other)
  })

  test('brings nothing back that was taken out of the branch meanwhile', async () => {
    const start = await headOf(fixture.remote, 'main')
    commitMore(1)
    const repository = await fixture.open()
    const commit = await commitOn(repository, 'a: 2\n', 50)
    execFileSync('git', ['update-ref', 'refs/heads/main', start ?? ''], { cwd: fixture.remote.directory })
    expect(await pushCommit(repository, commit, 'main')).toMatchObject({ status: 'moved' })
    expect(await headOf(fixture.remote, 'main')).toBe(start)
  })

  test('does not create a branch again that was deleted meanwhile', async () => {
    const repository = await fixture.open()
    const commit = await commitOn(repository, 'a: 2\n')
    execFileSync('git', ['update-ref', '-d', 'refs/heads/main'], { cwd: fixture.remote.directory })
    expect(await pushCommit(repository, commit, 'main')).toMatchObject({ status: 'moved' })
    expect(await headOf(fixture.remote, 'main')).toBeUndefined()
  })

  test('finds a branch that is not there missing', async () => {
    const repository = await fixture.open()
    expect(await resolveRemoteBranch(repository, 'nope')).toBeUndefined()
    await expect(fetchBranch(repository, 'nope')).rejects.toMatchObject({
      code: 'GIT_BRANCH_NOT_FOUND',
      kind: 'not-found',
    })
  })

  test('says of one that names its objects by SHA-256 that it cannot work there, and not that a second try may help', async () => {
    const cwd = join(fixture.server.state.root, 'acme')
    await rm(join(cwd, 'gitops.git'), { recursive: true })
    execFileSync('git', ['init', '-q', '--bare', '--object-format=sha256', 'gitops.git'], { cwd })
    const [who, text] = ['Other <other@example.com> 1700000000 +0000', 'a: 1\n']
    const input = `commit refs/heads/main\ncommitter ${who}\ndata 1\na\nM 100644 inline a\ndata 5\n${text}\n`
    execFileSync('git', ['fast-import', '--quiet'], { cwd: fixture.remote.directory, input })
    const repository = await fixture.open()
    await expect(fetchBranch(repository, 'main')).rejects.toMatchObject({
      kind: 'config',
      code: 'GIT_OBJECT_FORMAT',
    })
  })

  test('brings several blobs by one request, where reading them makes one for each', async () => {
    const files = { 'b.yaml': 'b: 1\n', 'd/c.yaml': 'c: 1\n', 'same.yaml': 'b: 1\n' }
    await commitFiles(fixture.server.state, fixture.remote, { files, message: 'More' })
    const fetches = () =>
      fixture.server.requests.filter(({ path }) => path.endsWith('/git-upload-pack')).length
    const read = async (isBrought: boolean): Promise<number> => {
      const repository = await fixture.open()
      const entries = await readEntries(repository, await fetchBranch(repository, 'main'), [
        ...Object.keys(files),
        'nope',
      ])
      expect([...entries.keys()].sort()).toEqual(Object.keys(files))
      const oids = [...entries.values()].map(({ oid }) => oid)
      const before = fetches()
      if (isBrought) await bringBlobs(repository, oids)
      const bytes = await Promise.all(oids.map((oid) => readBlob(repository, oid)))
      expect(bytes.map(String).sort()).toEqual(Object.values(files).sort())
      return fetches() - before
    }
    expect(await read(true)).toBe(1)
    expect(await read(false)).toBeGreaterThan(1)
  })

  test('goes on where the server gives out no single objects', async () => {
    const repository = await fixture.open()
    await fetchBranch(repository, 'main')
    await bringBlobs(repository, ['f'.repeat(40), 'e'.repeat(40)])
  })

  test('knows what a branch contains, however far back', async () => {
    const start = (await headOf(fixture.remote, 'main')) ?? ''
    const commits = commitMore(60)
    const repository = await fixture.open()
    expect(await isOnBranch(repository, 'main', start)).toBe(true)
    expect(await isOnBranch(repository, 'main', 'f'.repeat(40))).toBe(false)
    expect(await isAncestor(repository, commits[10] ?? '', commits[20] ?? '')).toBe(true)
    expect(await isAncestor(repository, commits[20] ?? '', commits[10] ?? '')).toBe(false)
  })

  test('is gone when it is closed', async () => {
    const repository = await fixture.open()
    await repository.close()
    expect(await readdir(fixture.temp)).toEqual([])
  })
})

describe('what lies on the machine takes no part', () => {
  test('hooks, aliases, credential helpers and URL rewriting of its configuration', async () => {
    const home = join(fixture.temp, 'home')
    await mkdir(home)
    const canary = join(fixture.temp, 'canary')
    await writeFile(
      join(home, '.gitconfig'),
      `[core]\n\thooksPath = ${home}\n\tfsmonitor = "touch '${canary}'"\n[credential]\n\thelper = "!touch '${canary}'"\n[url "http://127.0.0.1:9/"]\n\tinsteadOf = ${fixture.server.url}/\n`,
    )
    await writeFile(join(home, 'pre-push'), `#!/bin/sh\ntouch '${canary}'\n`)
    await chmod(join(home, 'pre-push'), 0o755)
    const world = worldWith({ HOME: home, GIT_DIR: '/nowhere', GIT_TRACE: '1', GIT_EXTERNAL_DIFF: 'false' })
    const repository = await fixture.open({ world })
    expect(await pushCommit(repository, await commitOn(repository, 'a: 3\n'), 'main')).toEqual({
      status: 'accepted',
    })
    expect(await readdir(fixture.temp)).not.toContain('canary')
  })
})

describe('over ssh', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const url = 'git@git.example:acme/gitops.git'
  const knownHosts = 'git.example ssh-ed25519 AAAA'

  /**
   * Stands in for ssh: writes down its arguments and what the agent holds, then runs the command on this
   * machine.
   */
  async function fakeSsh(): Promise<{ PATH: string; log: string }> {
    const folder = join(fixture.temp, 'bin')
    const log = join(fixture.temp, 'ssh.log')
    await mkdir(folder)
    const lines = [
      '#!/bin/sh',
      `printf '%s\\n' "$@" >> "${log}"`,
      `ssh-add -l >> "${log}" 2>&1`,
      'for command; do :; done',
      `cd '${fixture.server.state.root}'`,
      'exec sh -c "$command"',
    ]
    const spy = [
      '#!/bin/sh',
      `echo "ssh-add $*" >> "${log}"`,
      `PATH='${process.env['PATH']}' exec ssh-add "$@"`,
    ]
    for (const [name, script] of Object.entries({ ssh: lines, 'ssh-add': spy })) {
      await writeFile(join(folder, name), `${script.join('\n')}\n`)
      await chmod(join(folder, name), 0o755)
    }
    return { PATH: `${folder}:${process.env['PATH']}`, log }
  }

  test('the key is in an agent of our own and nowhere on the disk, and the host has to be a known one', async () => {
    const { PATH, log } = await fakeSsh()
    const repository = await fixture.open({
      url,
      credential: { kind: 'ssh-key', privateKey, knownHosts },
      world: worldWith({ PATH }),
    })
    expect(await pushCommit(repository, await commitOn(repository, 'a: 4\n'), 'main')).toEqual({
      status: 'accepted',
    })
    const said = await readFile(log, 'utf8')
    expect(said).toContain('2048 SHA256:')
    // Nobody stops the agent of a step that was killed: the key does not outlive the longest job in it.
    expect(said).toContain('ssh-add -q -t 21600 -\n')
    expect(said).toContain('StrictHostKeyChecking=yes\n')
    expect(await readFile(join(repository.directory, 'known_hosts'), 'utf8')).toBe(`${knownHosts}\n`)
    const files = await readdir(fixture.temp, { recursive: true, withFileTypes: true })
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    )
    expect(texts.filter((text) => text.includes('PRIVATE KEY'))).toEqual([])
  })

  test('what is no key is refused', async () => {
    const credential = { kind: 'ssh-key', privateKey: 'not a key', knownHosts } as const
    await expect(fixture.open({ url, credential })).rejects.toMatchObject({
      kind: 'config',
      code: 'GIT_SSH_KEY',
    })
    expect(await readdir(fixture.temp)).toEqual([])
  })
})
