import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workflowTables } from './tables.ts'
import { parseWorkflowContract, type WorkflowContract } from './workflow-contract.wire.ts'

const FOLDER = '.github/workflows'

export type DocumentedWorkflows = {
  /** `path what`, one for each thing that is not described. */
  readonly problems: readonly string[]
  /** Name of the file without its ending, with the tables of what it takes and gives. */
  readonly sections: ReadonlyMap<string, string>
}

/** The contracts of all workflows that can be called. */
export function documentWorkflows(root: string): DocumentedWorkflows {
  const folder = join(root, FOLDER)
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yml')) : []
  const found = files.sort().flatMap((name) => {
    const contract = parseWorkflowContract(readFileSync(join(folder, name), 'utf8'))
    return contract === undefined ? [] : [{ name, contract }]
  })
  return {
    problems: found.flatMap(({ name, contract }) =>
      undescribed(contract).map((what) => `${FOLDER}/${name} ${what}`),
    ),
    sections: new Map(
      found.map(({ name, contract }) => [name.replace(/\.yml$/, ''), workflowTables(contract)]),
    ),
  }
}

function undescribed({ inputs, secrets, outputs }: WorkflowContract): readonly string[] {
  const all = [
    ...inputs.map((one) => ({ ...one, kind: 'input' })),
    ...secrets.map((one) => ({ ...one, kind: 'secret' })),
    ...outputs.map((one) => ({ ...one, kind: 'output' })),
  ]
  return all
    .filter(({ description }) => description === '')
    .map(({ kind, name }) => `${kind} ${name} has no description`)
}
