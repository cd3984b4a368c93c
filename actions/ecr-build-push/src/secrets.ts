import { resolve } from 'node:path'
import { wrongInput } from '@mlops-actions/diagnostics'
import type { BuildSecret } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { existing } from './paths.ts'

/** The secrets of a build, and the variables of the child that hold their values. */
export interface PreparedSecrets {
  readonly secrets: readonly BuildSecret[]
  readonly env: Readonly<Record<string, string>>
}

type Given = Pick<Inputs, 'secrets' | 'secretEnvs' | 'secretFiles'>

/**
 * Masks every value, and gives it to the one child in a variable of its own.
 * @throws Failure `config` for variables and files that are not there
 */
export async function prepareSecrets(given: Given, world: ActionWorld): Promise<PreparedSecrets> {
  const values = [...given.secrets, ...[...given.secretEnvs].map(([id, name]) => fromEnv(world, id, name))]
  for (const [, value] of values) world.mask(value)
  const variables = values.map(([id, value], at) => ({ id, value, env: `MLOPS_BUILD_SECRET_${at}` }))
  const files: BuildSecret[] = []
  for (const [id, path] of given.secretFiles) {
    const absolute = resolve(world.context.workspace, path)
    files.push({ id, file: await existing(absolute, path, { input: 'secret-files', kind: 'file' }) })
  }
  return {
    secrets: [...variables.map(({ id, env }) => ({ id, env })), ...files],
    env: Object.fromEntries(variables.map(({ env, value }) => [env, value])),
  }
}

function fromEnv({ env }: ActionWorld, id: string, name: string): [string, string] {
  const value = env[name] ?? ''
  if (value !== '') return [id, value]
  // Not quoted: where somebody has given the value itself in place of a name, this is it.
  throw wrongInput('secret-envs', {
    code: 'SECRET_ENV',
    seen: `the variable that is named for the secret ${id} is not set in this job, or empty`,
    next: 'Set it in `env:` of the step, as `NAME: ${{ secrets.… }}`; a value itself belongs into `secrets`',
  })
}
