// Checks every workflow and action.yml: GitHub's own language service, then the rules of this house.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { listFiles } from './files.ts'
import { loadLanguageService } from './lint/language-service.wire.ts'
import type { FindLocal } from './lint/rule.ts'
import { RULES } from './lint/rules.ts'
import { parseWorkflowFile, type WorkflowFile } from './lint/workflow-file.wire.ts'

/**
 * First line of a file that shows, on purpose, what people should not write. It is still checked by the language
 * service; the reason is part of the line, so that nobody copies it by accident.
 */
const EXEMPT = /^# house rules do not apply: \S/

/** Findings of the house rules, as lines `path:line rule: what`. */
export function checkHouseRules(file: WorkflowFile, find: FindLocal): readonly string[] {
  if (EXEMPT.test(file.text) && file.path.startsWith('test/')) return []
  return RULES.flatMap(({ name, check }) =>
    check(file, find).map(({ line, what }) => `${file.path}:${line} ${name}: ${what}`),
  )
}

/** Looks references to this repository up in the working tree at `root`. */
export function findIn(root: string): FindLocal {
  return (path) => {
    const file = /\.ya?ml$/.test(path) ? path : `${path}/action.yml`
    return existsSync(join(root, file))
      ? parseWorkflowFile(file, readFileSync(join(root, file), 'utf8'))
      : undefined
  }
}

/** Every problem of every workflow file below `root`. */
export async function lintWorkflows(root: string): Promise<readonly string[]> {
  const read = (path: string): string | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
  const validate = await loadLanguageService(read)
  const problems: string[] = []
  for (const path of workflowFiles(root)) {
    const text = read(path) ?? ''
    const found = await validate(path, text)
    problems.push(...found.map(({ line, what }) => `${path}:${line} ${what}`))
    try {
      problems.push(...checkHouseRules(parseWorkflowFile(path, text), findIn(root)))
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  return problems
}

function workflowFiles(root: string): readonly string[] {
  const isYaml = (path: string): boolean => /\.ya?ml$/.test(path)
  const isManifest = (path: string): boolean => /^actions\/[^/]+\/action\.ya?ml$/.test(path)
  return [
    ...listFiles(root, '.github/workflows', isYaml),
    ...listFiles(root, 'test/product/.github/workflows', isYaml),
    ...listFiles(root, 'actions', isManifest),
  ]
}

if (import.meta.main) {
  const problems = await lintWorkflows(resolve(process.argv[2] ?? join(import.meta.dirname, '..')))
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) process.exitCode = 1
}
