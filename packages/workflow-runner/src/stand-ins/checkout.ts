import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { git } from '../git.ts'
import type { FunctionStandIn, StandInStep } from '../stand-in.ts'
import { textOf } from '../values.ts'

const NOT_KNOWN = ['ssh-key', 'sparse-checkout', 'filter', 'github-server-url']

/**
 * `actions/checkout` with this machine's git: a shallow fetch of one ref, credentials in a file of their
 * own below RUNNER_TEMP that the clone includes (as v6 and later keep them), removed again in post.
 */
export const checkout: FunctionStandIn = {
  describe: "clones with this machine's git",
  inputs: {
    repository: '${{ github.repository }}',
    ref: '',
    token: '${{ github.token }}',
    path: '.',
    'persist-credentials': 'true',
    'fetch-depth': '1',
    'fetch-tags': 'false',
    clean: 'true',
    'show-progress': 'true',
    'set-safe-directory': 'true',
    submodules: 'false',
    lfs: 'false',
    'ssh-key': '',
    'sparse-checkout': '',
    filter: '',
    'github-server-url': '',
  },
  async main(step) {
    refuseUnknown(step)
    const directory = resolve(step.workspace, step.inputs['path'] ?? '.')
    const repository = step.inputs['repository'] ?? ''
    const target = targetOf(step, repository)
    await emptyDirectory(directory)
    const run = (...args: string[]) =>
      git(args, { cwd: directory, env: { ...step.env }, signal: step.signal })
    await run('init', '--quiet', '--initial-branch=main')
    await run('remote', 'add', 'origin', step.remoteOf(repository))
    await writeCredentials(step, directory, step.remoteOf(repository))
    await fetchAndCheckOut(step, target, run)
    if (step.inputs['persist-credentials'] === 'false') await removeCredentials(directory, step)
    step.setOutput('ref', target.ref)
    step.setOutput('commit', await run('rev-parse', 'HEAD'))
    step.log(`${repository} at ${await run('log', '-1', '--format=%H %s')}`)
  },
  async post(step) {
    await removeCredentials(resolve(step.workspace, step.inputs['path'] ?? '.'), step)
  },
}

interface Target {
  /** `refs/heads/main`, `refs/tags/v1`, a commit, or a bare name yet to be found. */
  readonly ref: string
  readonly commit: string
}

type Run = (...args: string[]) => Promise<string>

function targetOf({ inputs, github }: StandInStep, repository: string): Target {
  const ref = inputs['ref'] ?? ''
  if (/^[0-9a-f]{40}$/.test(ref)) return { ref: '', commit: ref }
  if (ref !== '') return { ref, commit: '' }
  const own = repository === textOf(github['repository'])
  return own ? { ref: textOf(github['ref']), commit: textOf(github['sha']) } : { ref: 'HEAD', commit: '' }
}

async function fetchAndCheckOut(step: StandInStep, target: Target, run: Run): Promise<void> {
  const depth = Number(step.inputs['fetch-depth'] ?? '1')
  const full =
    target.ref === '' || target.ref === 'HEAD' || target.ref.startsWith('refs/')
      ? target.ref
      : await findRef(target.ref, run)
  const branch = full.startsWith('refs/heads/') ? full.slice('refs/heads/'.length) : ''
  const local = branch === '' ? 'refs/remotes/origin/fetched' : `refs/remotes/origin/${branch}`
  const source = target.commit === '' ? full : target.commit
  const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  const limits = depth > 0 ? [`--depth=${depth}`] : []
  const tags = step.inputs['fetch-tags'] === 'true' || depth === 0 ? [] : ['--no-tags']
  await run(
    'fetch',
    '--quiet',
    ...tags,
    ...limits,
    'origin',
    ...(depth === 0 ? all : []),
    `+${source}:${local}`,
  )
  if (branch === '') await run('checkout', '--quiet', '--force', '--detach', local)
  else await run('checkout', '--quiet', '--force', '-B', branch, local)
}

async function findRef(name: string, run: Run): Promise<string> {
  const refs = (await run('ls-remote', 'origin', `refs/heads/${name}`, `refs/tags/${name}`))
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '')
  const found = refs.find((ref) => ref.startsWith('refs/heads/')) ?? refs.find((ref) => ref !== '')
  if (found === undefined) throw new Error(`A branch or tag with the name '${name}' could not be found`)
  return found
}

function refuseUnknown({ inputs }: StandInStep): void {
  const asked = NOT_KNOWN.filter((name) => (inputs[name] ?? '') !== '')
  const switched = ['submodules', 'lfs'].filter((name) => (inputs[name] ?? 'false') !== 'false')
  const kept = inputs['clean'] === 'false' ? ['clean'] : []
  const all = [...asked, ...switched, ...kept]
  if (all.length > 0) throw new Error(`The stand-in for actions/checkout does not support: ${all.join(', ')}`)
}

async function emptyDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const name of await readdir(directory))
    await rm(join(directory, name), { recursive: true, force: true })
}

async function writeCredentials(step: StandInStep, directory: string, remote: string): Promise<void> {
  const token = step.inputs['token'] ?? ''
  if (token === '' || !remote.startsWith('http')) return
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  step.mask(basic)
  const file = join(step.temp, `git-credentials-${randomUUID()}.config`)
  await writeFile(
    file,
    `[http "${new URL(remote).origin}/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`,
    { mode: 0o600 },
  )
  await git(['config', '--local', `includeIf.gitdir:${join(directory, '.git')}.path`, file], {
    cwd: directory,
  })
  step.saveState('credentials', file)
}

async function removeCredentials(directory: string, step: StandInStep): Promise<void> {
  const file = step.state['credentials']
  if (file === undefined) return
  if (existsSync(join(directory, '.git'))) {
    await git(['config', '--local', '--unset-all', `includeIf.gitdir:${join(directory, '.git')}.path`], {
      cwd: directory,
    }).catch(() => {})
  }
  await rm(file, { force: true })
}
