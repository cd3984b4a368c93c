import { deepStrictEqual, rejects, strictEqual } from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  fetchBranch,
  type GitRepository,
  openRepository,
  parseRemoteUrl,
  pushCommit,
  readBlob,
  readEntry,
  writeCommit,
} from '@mlops-actions/git'
import { runOrThrow } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'
import { testWorld } from '../harness/world.ts'
import { startSshd } from './sshd.ts'

/** Our own client of git over a real OpenSSH server, with a deploy key. @param folder that holds `config.git` */
export async function checkSsh(folder: string, check: Check): Promise<void> {
  await using sshd = await startSshd()
  const temp = join(folder, 'ssh')
  await runOrThrow('mkdir', [temp], folder)
  const open = (privateKey = sshd.privateKey, knownHosts = sshd.knownHosts): Promise<GitRepository> =>
    openRepository(testWorld({ env: { PATH: process.env['PATH'] ?? '' } }), {
      remote: parseRemoteUrl(`${sshd.url}${join(folder, 'config.git')}`),
      credential: { kind: 'ssh-key', privateKey, knownHosts },
      temp,
      requestTimeout: 10_000,
    })
  await check(
    'over ssh, a branch is read, a commit made on it and pushed, by a key that lies on no disk',
    async () => {
      const repository = await open()
      try {
        const commit = await commitOn(repository, 'by ssh')
        deepStrictEqual(await pushCommit(repository, commit, 'main'), { status: 'accepted' })
        const entry = await readEntry(repository, commit.commit, 'file')
        strictEqual((await readBlob(repository, entry?.oid ?? '')).toString(), 'by ssh')
        strictEqual(filesWith(temp, 'PRIVATE KEY'), 0)
      } finally {
        await repository.close()
      }
    },
  )
  await check('over ssh, a push is no push when the branch is not where it was', async () => {
    const repository = await open()
    try {
      const [ours, theirs] = [await commitOn(repository, 'ours'), await commitOn(repository, 'theirs')]
      await pushCommit(repository, theirs, 'main')
      strictEqual((await pushCommit(repository, ours, 'main')).status, 'moved')
    } finally {
      await repository.close()
    }
  })
  await check('over ssh, a key that is not let in and a host that is not known are told apart', async () => {
    const codeOf = async (repository: GitRepository): Promise<unknown> => {
      try {
        await fetchBranch(repository, 'main')
        return 'it was let in'
      } finally {
        await repository.close()
      }
    }
    const stranger = codeOf(await open(sshd.strangersKey))
    await rejects(stranger, { code: 'GIT_AUTH', message: /Permission denied \(publickey.*deploy key/ })
    const other = sshd.knownHosts.replace(/AAAA\S+/, STRANGER)
    const unknown = codeOf(await open(sshd.privateKey, other))
    await rejects(unknown, { code: 'GIT_HOST_KEY', message: /IDENTIFICATION HAS CHANGED.*`ssh-known-hosts`/ })
  })
  await check('over ssh, nothing is left of the steps, the socket of the agent included', async () => {
    deepStrictEqual(readdirSync(temp), [])
  })
}

/** The host key of github.com, which this server has not. */
const STRANGER = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'

async function commitOn(repository: GitRepository, text: string) {
  const parent = await fetchBranch(repository, 'main')
  const author = { name: 'Test', email: 'test@example.com' }
  const files = [{ path: 'file', mode: '100644', bytes: Buffer.from(text) }]
  const commit = await writeCommit(repository, { parent, files, message: text, author, time: Date.now() })
  return { parent, commit }
}

function filesWith(folder: string, text: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.filter((file) => readFileSync(join(file.parentPath, file.name), 'latin1').includes(text))
    .length
}
