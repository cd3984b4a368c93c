import { childEnv, runCommand } from '@mlops-actions/process'
import type { ActionWorld } from '@mlops-actions/runner'

/** Where an image comes from: the commit that is checked out. */
export interface Origin {
  /** URL of the repository; undefined outside of GitHub. */
  readonly source: string | undefined
  readonly revision: string | undefined
  /** Seconds since the epoch, of the commit. */
  readonly committedAt: string | undefined
}

/** What git says of the checkout in `folder`; without git or a checkout, what the runner says of the run. */
export async function readOrigin(world: ActionWorld, folder: string): Promise<Origin> {
  const { sha } = world.context
  const [commit = '', time = ''] = (await lastCommit(world, folder)).split(' ')
  const given = world.env['SOURCE_DATE_EPOCH'] ?? ''
  return {
    ...originOfRun(world),
    revision: commit || sha || undefined,
    committedAt: /^\d{1,12}$/.test(given) ? given : time || undefined,
  }
}

/** What is known without git. Not the commit: it is not said which one made an image that is only reused. */
export function originOfRun({ context: { serverUrl, repository } }: Pick<ActionWorld, 'context'>): Origin {
  const source = repository === '' ? undefined : `${serverUrl}/${repository}`
  return { source, revision: undefined, committedAt: undefined }
}

async function lastCommit(world: ActionWorld, folder: string): Promise<string> {
  const options = ['-c', 'safe.directory=*', '-c', 'log.showSignature=false']
  const asked = runCommand(world, {
    file: 'git',
    args: [...options, 'log', '-1', '--format=%H %ct'],
    cwd: folder,
    env: childEnv(world.env, { GIT_TERMINAL_PROMPT: '0' }),
    timeout: 10_000,
    what: 'Cannot read the commit',
  })
  const { stdout } = await asked.catch(() => ({ stdout: '' }))
  world.signal.throwIfAborted()
  return stdout.trim()
}

/** OCI image-spec annotations.md; what the user gives wins. */
export function imageLabels(
  { source, revision, committedAt }: Origin,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const created = committedAt === undefined ? undefined : new Date(Number(committedAt) * 1000).toISOString()
  const own = Object.entries({ source, revision, created }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[`org.opencontainers.image.${name}`, value]],
  )
  return new Map([...own, ...given])
}
