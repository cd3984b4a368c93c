import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  type JobResult,
  type RunOptions,
  type RunResult,
  runWorkflow,
  type StepResult,
} from '../src/index.ts'

const WORKFLOW = '.github/workflows/main.yml'

export interface Fixture {
  readonly directory: string
  /** Commits these files to a repository of their own and returns its directory. */
  readonly repository: (name: string, files: Readonly<Record<string, string>>) => string
  /** Runs one workflow text as `.github/workflows/main.yml` of a fresh repository. */
  readonly run: (
    workflow: string,
    options?: Partial<RunOptions>,
    files?: Readonly<Record<string, string>>,
  ) => Promise<RunResult>
  readonly remove: () => void
}

/** A directory with real git repositories in it. */
export function createFixture(): Fixture {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-runner-test-'))
  let count = 0
  const repository = (name: string, files: Readonly<Record<string, string>>) => {
    const root = join(directory, `${name}-${++count}`)
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    }
    commitFirst(root, files)
    return root
  }
  return {
    directory,
    repository,
    run(workflow, options = {}, files = {}) {
      const root = repository('churn', { [WORKFLOW]: workflow, ...files })
      return runWorkflow({
        repository: { root, name: 'octo/churn' },
        workflow: WORKFLOW,
        event: { name: 'push' },
        runnerTemp: directory,
        ...options,
      })
    },
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** `git init` and `commit` by one process instead of four, without an index: hundreds of tests start with it. */
function commitFirst(root: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, '.git')
  for (const part of ['objects', 'refs/heads']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n')
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`
  const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`)
  const commit = `commit refs/heads/main\ncommitter t <t@example.com> 1700000000 +0000\n${data('first')}`
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: commit + changes.join('') })
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' }).trim()
}

export function job(result: RunResult, id: string): JobResult {
  const found = result.jobs.find((candidate) => candidate.id === id)
  if (found === undefined)
    throw new Error(`no job ${id} among ${result.jobs.map((known) => known.id).join(', ')}`)
  return found
}

export function step(result: RunResult, jobId: string, stepId: string): StepResult {
  const found = job(result, jobId).steps.find((candidate) => candidate.id === stepId)
  if (found === undefined) throw new Error(`no step ${stepId}`)
  return found
}
