import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { headOf } from '@mlops-actions/sandbox/github'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Company, SCRIPT, startCompany, TOKEN } from './company.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const KEY = { 'ssh-key': privateKey, 'ssh-known-hosts': 'git.example ssh-ed25519 AAAA' }

let company: Company
let bin: string

/** What a server of git does for who has a key: the last word is the command that the client asks for. */
async function answerSsh(script: string): Promise<void> {
  const lines = ['#!/bin/sh', `PATH='${process.env['PATH']}'`, `ssh-add -l > '${bin}/keys'`, script]
  await writeFile(join(bin, 'ssh'), lines.join('\n'))
  await chmod(join(bin, 'ssh'), 0o755)
}

beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'dvc-push-ssh-'))
  company = await startCompany(`${bin}:${process.env['PATH']}`)
  await company.git('remote', 'set-url', 'origin', 'git@git.example:acme/churn.git')
  await company.fixture.write('x.sh', SCRIPT)
})
afterEach(async () => {
  await company.close()
  await rm(bin, { recursive: true, force: true })
})

test('with a key, a commit goes by SSH to where origin is', async () => {
  const { directory } = company.repository
  await answerSsh(
    `for asked; do :; done; exec git "$(echo "$asked" | cut -d ' ' -f 1 | cut -c 5-)" '${directory}'`,
  )
  const { outputs } = await company.push({ add: 'x.sh', ...KEY })
  expect(outputs).toMatchObject({
    'commit-sha': await headOf(company.repository, 'main'),
    committed: ['x.sh.dvc'],
  })
  expect(await readFile(join(bin, 'keys'), 'utf8')).toMatch(/^2048 SHA256:.*\(RSA\)$/m)
})

test('a key that the server does not know is told before anything is sent, with what to do about it', async () => {
  await answerSsh('echo "git@git.example: Permission denied (publickey)." >&2; exit 255')
  const thrown = await failureOf(() => company.push({ add: 'x.sh', ...KEY }))
  expect([thrown.kind, thrown.details.next]).toEqual([
    'auth',
    expect.stringMatching(/public half of `ssh-key` as a deploy key/),
  ])
  expect(company.fixture.keys()).toEqual([])
})

test.each([
  ['git@git.example:acme/churn.git', { 'ssh-key': privateKey }, /`ssh-keyscan git.example`/],
  ['https://git.example/acme/churn.git', KEY, /over HTTPS .*`ssh-key` opens nothing/],
])('%s is refused where key and origin do not fit together', async (url, given, words) => {
  await company.git('remote', 'set-url', 'origin', url)
  const thrown = await failureOf(() => company.push({ add: 'x.sh', token: TOKEN, ...given }))
  expect([thrown.kind, thrown.message]).toEqual(['config', expect.stringMatching(words)])
  expect(company.fixture.keys()).toEqual([])
})
