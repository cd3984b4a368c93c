import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

interface ActionFile {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown }>>
  readonly outputs?: Readonly<Record<string, unknown>>
}

const ACTIONS = join(import.meta.dirname, '..', '..', 'actions')
const read = new Map<string, Promise<ActionFile>>()

/** The action.yml of an action, parsed once. */
function actionFile(action: string): Promise<ActionFile> {
  const known = read.get(action)
  if (known !== undefined) return known
  const file = readFile(join(ACTIONS, action, 'action.yml'), 'utf8').then((text) => parse(text))
  read.set(action, file)
  return file
}

/**
 * The inputs of a step as the runner hands them on: what is given, and the defaults of action.yml. Literal ones only:
 * those with an expression are what the runner would put there, so a test gives them.
 */
export async function inputsOf(
  action: string,
  given: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { inputs = {} } = await actionFile(action)
  const defaults = Object.entries(inputs).flatMap(([name, input]) => {
    const value = String(input?.default ?? '')
    return value === '' || value.includes('${{') ? [] : [[name, value]]
  })
  return { ...Object.fromEntries(defaults), ...given }
}

/** @throws where a step has set an output that its action.yml does not declare */
export async function assertDeclared(
  action: string,
  outputs: Readonly<Record<string, string>>,
): Promise<void> {
  const { outputs: declared = {} } = await actionFile(action)
  const unknown = Object.keys(outputs).filter((name) => !(name in declared))
  if (unknown.length > 0)
    throw new Error(`${action} set outputs that it does not declare: ${unknown.join(', ')}`)
}

/** What the runner says of every job in the environment of its steps; `temp` is a folder that the test removes. */
export function jobVariables(workspace: string, temp: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: temp,
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'octo/churn',
    GITHUB_SHA: '4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'deploy',
    GITHUB_ACTOR: 'octocat',
    RUNNER_TEMP: temp,
  }
}
