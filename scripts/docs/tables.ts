import type { ActionFile } from './action-file.wire.ts'
import type { Schema } from './schema.wire.ts'
import type { WorkflowContract } from './workflow-contract.wire.ts'

/** Marker names with the Markdown that stands between them in the README of an action. */
export function actionSections(file: ActionFile, schema: Schema): ReadonlyMap<string, string> {
  return new Map([
    ['inputs', inputsTable(file, schema)],
    [
      'outputs',
      table(
        ['Output', 'Description'],
        file.outputs.map(({ name, description }) => [code(name), description]),
      ),
    ],
    ['permissions', permissionsTable(file)],
  ])
}

/** The table of all actions in the root README, ordered as given. */
export function overviewTable(
  actions: readonly { readonly name: string; readonly description: string }[],
): string {
  return table(
    ['Action', 'What it does'],
    actions.map(({ name, description }) => [`[${code(name)}](actions/${name}/README.md)`, description]),
  )
}

/** What a reusable workflow takes and gives, as tables; those that would be empty are left out. */
export function workflowTables({ inputs, secrets, outputs }: WorkflowContract): string {
  const given = inputs.map(({ name, type, required, default: value, description }) => [
    code(name),
    type,
    required ? '**required**' : value === '' ? '' : code(value),
    description,
  ])
  const hidden = secrets.map(({ name, required, description }) => [
    code(name),
    required ? '**required**' : '',
    description,
  ])
  const made = outputs.map(({ name, description }) => [code(name), description])
  return [
    ...(given.length === 0 ? [] : [table(['Input', 'Type', 'Default', 'Description'], given)]),
    ...(hidden.length === 0 ? [] : [table(['Secret', '', 'Description'], hidden)]),
    ...(made.length === 0 ? [] : [table(['Output', 'Description'], made)]),
  ].join('\n\n')
}

function inputsTable({ inputs }: ActionFile, schema: Schema): string {
  if (inputs.length === 0) return 'This action has no inputs.'
  return table(
    ['Input', 'Type', 'Default', 'Description'],
    inputs.map((input) => [
      code(input.name),
      schema.get(input.name)?.type ?? 'string',
      input.required ? '**required**' : input.default ? code(input.default) : '',
      input.deprecated ? `**Deprecated:** ${input.deprecated} ${input.description}` : input.description,
    ]),
  )
}

function permissionsTable({ permissions = [] }: ActionFile): string {
  if (permissions.length === 0) return 'This action needs no permission.'
  return table(
    ['Where', 'Permission', 'Why'],
    permissions.map(({ where, right, why }) => [where, right, why]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text.replaceAll('\n', ' ')}\``
}
