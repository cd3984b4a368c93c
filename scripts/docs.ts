// Writes the tables of every action's README and of the root README from the action.yml files, and those of
// docs/workflows.md from the workflow files, which are the single sources; with --check it writes nothing and fails on a
// difference. Both fail where action.yml and code disagree.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ActionFile, parseActionFile } from './docs/action-file.wire.ts'
import { checkContract } from './docs/contract.ts'
import { readInputs } from './docs/reads.ts'
import { loadSchema, type Schema } from './docs/schema.wire.ts'
import { replaceSection } from './docs/sections.ts'
import { actionSections, overviewTable } from './docs/tables.ts'
import { documentWorkflows } from './docs/workflows.ts'
import { listFiles } from './files.ts'
import { readWorkspaces } from './workspace.wire.ts'

/** What the runner package reads itself, for every action. */
const READ_BY_RUNNER = ['timeout', 'summary']

type Documented = { readonly name: string; readonly file: ActionFile; readonly schema: Schema }

/**
 * Brings the tables up to date and returns every problem as a line `path what`. With `check`, nothing is written
 * and an outdated README is a problem.
 */
export async function generateDocs(options: {
  readonly root: string
  readonly check: boolean
  readonly load?: (file: string) => Promise<Schema>
}): Promise<readonly string[]> {
  const { root, check, load = loadSchema } = options
  const problems: string[] = []
  const documented: Documented[] = []
  for (const name of actionNames(root)) {
    const missing = ['action.yml', 'src/inputs.ts'].filter(
      (file) => !existsSync(join(root, 'actions', name, file)),
    )
    problems.push(...missing.map((file) => `actions/${name}/${file} is missing`))
    if (missing.length > 0) continue
    try {
      const file = parseActionFile(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8'))
      const schema = await load(join(root, 'actions', name, 'src/inputs.ts'))
      const found = checkContract(file, schema, inputsReadBy(root, name))
      problems.push(...found.map((what) => `actions/${name}/action.yml ${what}`))
      documented.push({ name, file, schema })
    } catch (error) {
      problems.push(`actions/${name}/action.yml ${error instanceof Error ? error.message : error}`)
    }
  }
  for (const { name, file, schema } of documented) {
    problems.push(...update(root, `actions/${name}/README.md`, actionSections(file, schema), check))
  }
  const overview = documented.map(({ name, file }) => ({ name, description: file.description }))
  const workflows = documentWorkflows(root)
  return [
    ...problems,
    ...workflows.problems,
    ...update(root, 'README.md', new Map([['actions', overviewTable(overview)]]), check),
    ...(workflows.sections.size === 0 ? [] : update(root, 'docs/workflows.md', workflows.sections, check)),
  ]
}

/** Actions that somebody has begun: one of action.yml, an entry or a README is there. */
function actionNames(root: string): readonly string[] {
  return readWorkspaces(root)
    .filter(({ kind }) => kind === 'action')
    .filter(({ dir }) =>
      ['action.yml', 'src/main.ts', 'README.md'].some((file) => existsSync(join(root, dir, file))),
    )
    .map(({ folder }) => folder)
}

function update(
  root: string,
  path: string,
  sections: ReadonlyMap<string, string>,
  check: boolean,
): readonly string[] {
  const file = join(root, path)
  if (!existsSync(file)) return [`${path} is missing`]
  const before = readFileSync(file, 'utf8')
  let after = before
  for (const [name, content] of sections) after = replaceSection(after, name, content)
  if (after === before) return []
  const source = path.startsWith('docs/') ? 'the workflow files say' : 'action.yml says'
  if (check) return [`${path} is not what ${source}; run npm run docs`]
  writeFileSync(file, after)
  return []
}

/** Names of the inputs, as in action.yml, that the code of an action reads; its schema only declares and checks. */
function inputsReadBy(root: string, action: string): (input: string) => boolean {
  const schema = `actions/${action}/src/inputs.ts`
  const files = listFiles(root, `actions/${action}/src`, (path) => path.endsWith('.ts') && path !== schema)
  const read = new Set([
    ...READ_BY_RUNNER,
    ...files.flatMap((path) => [...readInputs(readFileSync(join(root, path), 'utf8'))]),
  ])
  return (input) => read.has(input.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..')
  const problems = await generateDocs({ root, check: process.argv.includes('--check') })
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) process.exitCode = 1
}
