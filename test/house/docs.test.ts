import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseActionFile, parsePermissions } from '../../scripts/docs/action-file.wire.ts'
import { checkContract } from '../../scripts/docs/contract.ts'
import { readInputs } from '../../scripts/docs/reads.ts'
import { readSchema, type Schema } from '../../scripts/docs/schema.wire.ts'
import { replaceSection } from '../../scripts/docs/sections.ts'
import { generateDocs } from '../../scripts/docs.ts'
import { addFiles, makeTree } from './tree.ts'

const manifest = `name: Push
description: Pushes things.
# Permissions
# - GitHub \`contents: write\`: pushes
#   the commit
# - AWS \`s3:PutObject\` on the prefix: uploads
inputs:
  mode:
    description: a | b
    default: a
  wait-time:
    description: >
      How long
      to wait
    required: true
  token:
    description: For GitHub
    default: \${{ github.token }}
outputs:
  failure-kind:
    description: What kind
  retryable:
    description: Whether
runs:
  using: node24
  main: ../../dist/push/index.js
`
const schema: Schema = new Map([
  ['mode', { type: 'a | b', required: false, default: 'a' }],
  ['wait-time', { type: 'duration', required: true, default: undefined }],
  ['token', { type: 'secret', required: false, default: undefined }],
])
const inputsTable = `| Input | Type | Default | Description |
| --- | --- | --- | --- |
| \`mode\` | a \\| b | \`a\` | a \\| b |
| \`wait-time\` | duration | **required** | How long to wait |
| \`token\` | secret | \`\${{ github.token }}\` | For GitHub |`

const project = {
  'actions/push/action.yml': manifest,
  'actions/push/package.json': { name: '@mlops-actions/push', dependencies: {} },
  'actions/push/README.md':
    '# push\n\nBy hand.\n\n<!-- inputs:start -->\nold\n<!-- inputs:end -->\n\nMore.\n',
  'actions/push/src/inputs.ts': '',
  'actions/push/src/run.ts':
    'export const run = ({ mode, waitTime, token }: Inputs) => [mode, waitTime, token]',
  'actions/begun/package.json': { name: '@mlops-actions/begun' },
  'README.md': '# All\n',
}

const deployWorkflow = `on:
  workflow_call:
    inputs:
      wait: { description: How long, type: string, default: 10m }
      mode: { description: a | b, type: string, required: true }
    secrets:
      token: { description: For GitHub, required: true }
    outputs:
      result: { value: x }
`

describe('generateDocs', () => {
  const load = () => Promise.resolve(schema)

  test('writes the tables and leaves the prose alone', async () => {
    using tree = makeTree(project)
    expect(await generateDocs({ root: tree.root, check: false, load })).toEqual([])
    const readme = readFileSync(join(tree.root, 'actions/push/README.md'), 'utf8')
    expect(readme).toContain(
      `By hand.\n\n<!-- inputs:start -->\n${inputsTable}\n<!-- inputs:end -->\n\nMore.\n`,
    )
    expect(readme).toContain('## Outputs\n\n<!-- outputs:start -->\n| Output | Description |')
    expect(readme).toContain('| AWS | `s3:PutObject` on the prefix | uploads |')
    expect(readFileSync(join(tree.root, 'README.md'), 'utf8')).toContain(
      '| [`push`](actions/push/README.md) | Pushes things. |',
    )
    expect(await generateDocs({ root: tree.root, check: true, load })).toEqual([])
  })

  test('writes what a reusable workflow takes and gives into docs/workflows.md', async () => {
    using tree = makeTree({
      ...project,
      'docs/workflows.md': '# Workflows\n\n<!-- deploy:start -->\nold\n<!-- deploy:end -->\n\nBy hand.\n',
      '.github/workflows/ci.yml': 'on: push\n',
      '.github/workflows/deploy.yml': deployWorkflow,
    })
    expect(await generateDocs({ root: tree.root, check: false, load })).toEqual([
      '.github/workflows/deploy.yml output result has no description',
    ])
    const page = readFileSync(join(tree.root, 'docs/workflows.md'), 'utf8')
    expect(page).toContain(
      '| `wait` | string | `10m` | How long |\n| `mode` | string | **required** | a \\| b |\n',
    )
    expect(page).toContain('| `token` | **required** | For GitHub |')
    expect(page).toMatch(/<!-- deploy:end -->\n\nBy hand\.\n$/)
    expect(page).not.toContain('ci')
  })

  test('with check, an outdated README fails and stays as it is', async () => {
    using tree = makeTree(project)
    expect(await generateDocs({ root: tree.root, check: true, load })).toEqual([
      'actions/push/README.md is not what action.yml says; run npm run docs',
      'README.md is not what action.yml says; run npm run docs',
    ])
    expect(readFileSync(join(tree.root, 'README.md'), 'utf8')).toBe('# All\n')
  })

  test('an input that no code uses is named', async () => {
    using tree = makeTree(project)
    addFiles(tree.root, {
      'actions/push/src/inputs.ts': 'export const check = ({ waitTime }: Inputs) => waitTime',
      'actions/push/src/run.ts': 'export const run = ({ mode, token }: Inputs) => `${mode} waitTime`',
      'actions/push/src/rows.ts': 'export const waitTime = (step: Step) => step.waitTime',
    })
    const problems = await generateDocs({ root: tree.root, check: false, load })
    expect(problems).toEqual(['actions/push/action.yml input wait-time is declared but nothing uses it'])
  })

  test('an action that was begun without a contract is named', async () => {
    using tree = makeTree({ ...project, 'actions/begun/src/main.ts': '' })
    const problems = await generateDocs({ root: tree.root, check: false, load })
    expect(problems).toEqual([
      'actions/begun/action.yml is missing',
      'actions/begun/src/inputs.ts is missing',
    ])
  })
})

describe('checkContract', () => {
  const file = parseActionFile(manifest)
  const isRead = (): boolean => true

  test('finds nothing where action.yml and code agree', () => {
    expect(checkContract(file, schema, isRead)).toEqual([])
  })

  const without = (name: string): Schema => new Map([...schema].filter(([key]) => key !== name))
  const cases: [want: string, yaml: string, schema: Schema][] = [
    ['the action has no description', manifest.replace('description: Pushes things.\n', ''), schema],
    ['input token has no description', manifest.replace('description: For GitHub', ''), schema],
    ['output retryable has no description', manifest.replace('description: Whether', ''), schema],
    [
      'output failure-kind is not declared; every action has it',
      manifest.replace('failure-kind:', 'kind:'),
      schema,
    ],
    [
      'the comment "# Permissions" is missing, see scripts/docs/action-file.wire.ts',
      manifest.replace('# Permissions', '#'),
      schema,
    ],
    ['input token is declared but not in src/inputs.ts', manifest, without('token')],
    [
      'input more is read but not declared',
      manifest,
      new Map([...schema, ['more', { type: 'string', required: false, default: undefined }]]),
    ],
    [
      'input mode: default is "b" in action.yml and "a" in src/inputs.ts',
      manifest.replace('default: a', 'default: b'),
      schema,
    ],
    [
      'input wait-time: required is false in action.yml and true in src/inputs.ts',
      manifest.replace('    required: true\n', ''),
      schema,
    ],
  ]
  test.each(cases)('%s', (want, yaml, fields) => {
    expect(checkContract(parseActionFile(yaml), fields, isRead)).toEqual([want])
  })
})

test('permissions may be none, and a line that does not fit is an error', () => {
  expect(parsePermissions('# Permissions: none\n')).toEqual([])
  expect(parsePermissions('name: x\n')).toBeUndefined()
  expect(() => parsePermissions('# Permissions\n# - GitHub contents\n')).toThrow('is not of the form')
  expect(parsePermissions('# Permissions\n# - GitHub `a: b`: x: y\n')).toEqual([
    { where: 'GitHub', right: '`a: b`', why: 'x: y' },
  ])
})

test('a module that exports no schema is refused', () => {
  expect(() => readSchema({ inputs: {} })).toThrow('src/inputs.ts must export `inputs`')
  expect(() => readSchema({ inputs: { fields: { a: {} } } })).toThrow('input a has no type word')
  expect(readSchema({ inputs: { fields: { a: { type: 'list', required: false } } } })).toEqual(
    new Map([['a', { type: 'list', required: false, default: undefined }]]),
  )
})

test('a section is replaced in place, or added under its own heading', () => {
  expect(replaceSection('a <!-- x:start -->1<!-- x:end --> b', 'x', '2')).toBe(
    'a <!-- x:start -->\n2\n<!-- x:end --> b',
  )
  expect(replaceSection('a\n', 'inputs', '2')).toBe(
    'a\n\n## Inputs\n\n<!-- inputs:start -->\n2\n<!-- inputs:end -->\n',
  )
})

describe('readInputs', () => {
  const reads: [source: string, want: string[]][] = [
    ['inputs.dryRun', ['dryRun']],
    ["inputs['dryRun']", ['dryRun']],
    ['step.inputs?.dryRun', ['dryRun']],
    ['const { dryRun, maxSize: limit = 1 } = inputs', ['dryRun', 'maxSize']],
    ['const { dryRun } = step.inputs', ['dryRun']],
    ['function f({ dryRun }: Inputs) {}', ['dryRun']],
    ["type Ask = Pick<Inputs, 'file'>; const f = ({ file }: Ask, rest: Ask) => rest.mode", ['file', 'mode']],
  ]
  test.each(reads)('%s', (source, want) => {
    expect([...readInputs(source)].sort()).toEqual(want)
  })

  const unread = [
    'const dryRun = 1; f(dryRun)',
    'other.dryRun',
    'const { dryRun } = other',
    'const f = ({ dryRun }: Step) => dryRun',
    '// inputs.dryRun',
    "const a = 'inputs.dryRun'",
    'const a = { dryRun: inputs }',
  ]
  test.each(unread)('%s reads none', (source) => {
    expect([...readInputs(source)]).toEqual([])
  })
})
