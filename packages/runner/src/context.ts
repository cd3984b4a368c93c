/** What the runner says of the run that this step belongs to; '' where it says nothing. */
export interface RunContext {
  /** `owner/name` of the repository whose workflow runs. */
  readonly repository: string
  readonly sha: string
  readonly ref: string
  /** Whether rules or branch protection guard the ref. */
  readonly refProtected: boolean
  readonly eventName: string
  /** Absolute path of the webhook payload that started the run. */
  readonly eventPath: string
  readonly actor: string
  readonly workflow: string
  readonly job: string
  readonly runId: string
  readonly runAttempt: string
  readonly serverUrl: string
  readonly apiUrl: string
  readonly runUrl: string
  /** Absolute path of the checkout; the working directory of every action. */
  readonly workspace: string
  /** Absolute path of a folder that is emptied after the job. */
  readonly temp: string
}

/** Reads the default variables of GitHub Actions. */
export function readContext(env: Readonly<Record<string, string | undefined>>): RunContext {
  const of = (name: string) => env[name] ?? ''
  const serverUrl = env['GITHUB_SERVER_URL'] ?? 'https://github.com'
  return {
    repository: of('GITHUB_REPOSITORY'),
    sha: of('GITHUB_SHA'),
    ref: of('GITHUB_REF'),
    refProtected: of('GITHUB_REF_PROTECTED') === 'true',
    eventName: of('GITHUB_EVENT_NAME'),
    eventPath: of('GITHUB_EVENT_PATH'),
    actor: of('GITHUB_ACTOR'),
    workflow: of('GITHUB_WORKFLOW'),
    job: of('GITHUB_JOB'),
    runId: of('GITHUB_RUN_ID'),
    runAttempt: of('GITHUB_RUN_ATTEMPT'),
    serverUrl,
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    runUrl:
      of('GITHUB_RUN_ID') === ''
        ? ''
        : `${serverUrl}/${of('GITHUB_REPOSITORY')}/actions/runs/${of('GITHUB_RUN_ID')}`,
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temp: env['RUNNER_TEMP'] ?? process.env['TMPDIR'] ?? '/tmp',
  }
}
