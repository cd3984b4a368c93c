import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DOCKER_BIN_DIRECTORY } from '@mlops-actions/sandbox/docker'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { addRepository, type EcrRepository } from '@mlops-actions/sandbox/registry'
import { type BundleOptions, runBundle, type StepResult } from '../../../test/harness/bundle.ts'
import { type EndedStep, runStep } from '../../../test/harness/step.ts'
import { inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'

type Values = Readonly<Record<string, string>>

/** A registry with one repository, a checkout with a Dockerfile, and a docker that writes down how it was called. */
export interface Fixture {
  readonly ecr: EcrServer
  readonly repository: EcrRepository
  readonly workspace: string
  /** A PATH on which docker is a script of these lines, and then the one that writes down. */
  before(...lines: readonly string[]): Promise<string>
  /** Runs the action in this process; variables that are undefined are taken away. */
  push(inputs?: Values, env?: Readonly<Record<string, string | undefined>>): Promise<EndedStep>
  /** Runs its bundle. */
  pushBundle(inputs?: Values, options?: Omit<BundleOptions, 'inputs'>): Promise<StepResult>
  write(files: Values): Promise<void>
  /** Every word that docker was called with, one call on a line, and the environments of the calls. */
  calls(): Promise<{ readonly words: string; readonly environments: string }>
  close(): Promise<void>
}

export async function startFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'ecr-build-push-'))
  const [workspace, temp] = [join(folder, 'checkout'), join(folder, 'temp')]
  const ecr = await startEcr()
  const repository = addRepository(ecr.state.registry, 'ml/churn', Date.now())
  const spy = await writeSpy(folder)
  const write = async (files: Values): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, path)), { recursive: true })
      await writeFile(join(workspace, path), text)
    }
  }
  await write({ Dockerfile: 'FROM scratch\nCOPY model.txt /\n', 'model.txt': 'weights' })
  const env = environment(ecr, spy)
  const given = { repository: 'ml/churn', tags: 'v1' }
  return {
    ecr,
    repository,
    workspace,
    before: async (...lines) => {
      const { PATH: path = '' } = env
      const bin = await mkdtemp(join(folder, 'before-'))
      const script = ['#!/bin/sh', ...lines, `PATH='${path}' exec docker "$@"`]
      await writeFile(join(bin, 'docker'), `${script.join('\n')}\n`, { mode: 0o755 })
      return `${bin}:${path}`
    },
    write,
    push: (inputs = {}, more = {}) =>
      runStep(
        { name: 'ecr-build-push', inputs: schema, run },
        { workspace, temp, inputs: { ...given, ...inputs }, env: defined({ ...env, ...more }) },
      ),
    pushBundle: (inputs = {}, options = {}) =>
      runBundle('ecr-build-push', {
        workspace,
        ...options,
        inputs: { ...given, ...inputs },
        env: { ...env, ...options.env },
      }),
    calls: async () => ({
      words: await readFile(join(folder, 'words'), 'utf8').catch(() => ''),
      environments: await readFile(join(folder, 'environments'), 'utf8').catch(() => ''),
    }),
    close: async () => {
      await ecr.close()
      // A step that fails does not wait for a question to docker, whose spy may be writing still.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

function defined(env: Readonly<Record<string, string | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function environment(ecr: EcrServer, spy: string): Record<string, string> {
  const [principal] = ecr.state.principals
  return {
    PATH: `${spy}:${process.env['PATH']}`,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_ECR: ecr.url,
    AWS_ACCESS_KEY_ID: principal?.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey ?? '',
  }
}

async function writeSpy(folder: string): Promise<string> {
  const spy = join(folder, 'spy')
  await mkdir(spy)
  const script = [
    '#!/bin/sh',
    `printf '%s\\n' "$*" >> '${join(folder, 'words')}'`,
    `env >> '${join(folder, 'environments')}'`,
    `exec '${join(DOCKER_BIN_DIRECTORY, 'docker')}' "$@"`,
  ]
  await writeFile(join(spy, 'docker'), `${script.join('\n')}\n`)
  await chmod(join(spy, 'docker'), 0o755)
  return spy
}
