import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ActionResult } from '@mlops-actions/runner'
import { type GitHubServer, headOf, type Repository, startGitHub } from '@mlops-actions/sandbox/github'
import { type Fixture, KEYS_IN_CONFIG, startFixture } from './fixture.ts'
import { gitIn } from './git.ts'

export const TOKEN = 'ghs_canaryToken0123456789'
export const SCRIPT = '#!/bin/bash\n'

/** A checkout of a repository on the sandbox's GitHub, whose branches others may write to. */
export interface Company {
  readonly fixture: Fixture
  readonly github: GitHubServer
  readonly repository: Repository
  /** git in the checkout. */
  readonly git: (...args: string[]) => Promise<string>
  /** Runs the action, which is to commit to main. */
  push(given?: Readonly<Record<string, string>>): Promise<ActionResult>
  close(): Promise<void>
}

/** What clone leaves in .git, with the objects where they are: three processes less in every test. */
async function checkOut(workspace: string, repository: Repository, url: string): Promise<void> {
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(workspace, '.git', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await write('HEAD', 'ref: refs/heads/main\n')
  await write(
    'config',
    `[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`,
  )
  await write('objects/info/alternates', `${join(repository.directory, 'objects')}\n`)
  await write('refs/heads/main', `${await headOf(repository, 'main')}\n`)
}

/** @param path where the step finds programs */
export async function startCompany(path?: string): Promise<Company> {
  const fixture = await startFixture(path)
  await fixture.write('.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
  const github = await startGitHub({
    tokens: {
      [TOKEN]: { login: 'pusher[bot]', access: { 'acme/churn': 'write' } },
      ghs_readOnly0123456789: { login: 'reader[bot]', access: { 'acme/churn': 'read' } },
      ghs_nothing0123456789: { login: 'stranger[bot]', access: {} },
    },
  })
  const files: Record<string, string> = { '.gitignore': '/data\n/.dvc/config.local\n', 'train.py': 'x\n' }
  for (const path of ['.dvc/config', 'data.dvc', 'x.sh.dvc'])
    files[path] = await readFile(join(fixture.workspace, path), 'utf8')
  const repository = await github.createRepository('acme/churn', { isPrivate: true, files })
  const git = gitIn(fixture.workspace)
  await checkOut(fixture.workspace, repository, `${github.url}/acme/churn.git`)
  await git('reset', '--quiet', '--hard')
  const context = { serverUrl: github.url, apiUrl: github.apiUrl }
  return {
    fixture,
    github,
    repository,
    git,
    push: (given = {}) => fixture.run({ 'commit-to': 'main', token: TOKEN, ...given }, context),
    close: async () => {
      await fixture.close()
      await github.close()
    },
  }
}
