import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

interface Declared {
  readonly required?: boolean
  readonly default?: unknown
}

interface Contract {
  readonly inputs?: Readonly<Record<string, Declared>>
  readonly secrets?: Readonly<Record<string, Declared>>
}

interface Job {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly permissions?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly name: string
  readonly text: string
  readonly contract: Contract
  readonly jobs: Readonly<Record<string, Job>>
}

const FOLDER = join(import.meta.dirname, '..', '..', '.github', 'workflows')
const WORKFLOWS = readdirSync(FOLDER)
  .filter((name) => name.startsWith('mlops'))
  .map(readWorkflow)
const WHOLE = WORKFLOWS.find(({ name }) => name === 'mlops.yml')

function readWorkflow(name: string): Workflow {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const { on, jobs }: { on: { workflow_call: Contract }; jobs: Workflow['jobs'] } = parse(text)
  return { name, text, contract: on.workflow_call, jobs }
}

function partOf({ uses = '' }: Job): Contract {
  const name = uses.split('/').at(-1)
  const part = WORKFLOWS.find((one) => one.name === name)
  if (part === undefined) throw new Error(`${uses} is no workflow of ours`)
  return part.contract
}

describe.each(WORKFLOWS.map((workflow) => [workflow.name, workflow] as const))(
  '%s',
  (_name, { text, contract }) => {
    const { inputs = {}, secrets = {} } = contract

    test('uses every input and every secret', () => {
      const isUsed = (context: string) => (name: string) =>
        new RegExp(`\\b${context}\\.${name}(?![\\w-])`).test(text)
      expect(Object.keys(inputs).filter((name) => !isUsed('inputs')(name))).toEqual([])
      expect(Object.keys(secrets).filter((name) => !isUsed('secrets')(name))).toEqual([])
    })

    test('has a default for what need not be given', () => {
      const vague = Object.entries(inputs).filter(
        ([, input]) => (input.required === true) === 'default' in input,
      )
      expect(vague.map(([name]) => name)).toEqual([])
    })
  },
)

describe.each(['README.md', 'docs/workflows.md'])('the table of %s', (page) => {
  const text = readFileSync(join(FOLDER, '..', '..', page), 'utf8')

  test.each(WORKFLOWS.map(({ name, jobs }) => [name, jobs] as const))(
    'says what a caller of %s grants',
    (name, jobs) => {
      const asked = Object.values(jobs).flatMap(({ permissions = {} }) => Object.entries(permissions))
      const grants = new Set(asked.map(([scope, access]) => `\`${scope}: ${access}\``))
      const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``)) ?? ''
      const cell = row.split(' | ')[2]?.replace(/ \|$/, '')
      expect(cell).toBe([...grants].sort().join(', '))
    },
  )
})

describe.each(Object.entries(WHOLE?.jobs ?? {}))('mlops.yml hands its part %s', (_id, job) => {
  const { inputs = {}, secrets = {} } = partOf(job)

  test('everything that the part takes', () => {
    expect(Object.keys(job.with ?? {}).sort()).toEqual(Object.keys(inputs).sort())
    expect(Object.keys(job.secrets ?? {}).sort()).toEqual(Object.keys(secrets).sort())
  })

  test('the same values when nobody gives any', () => {
    const whole = WHOLE?.contract.inputs ?? {}
    const different = Object.entries(job.with ?? {}).flatMap(([name, value]) => {
      const [, given = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? []
      const [one, other] = [whole[given], inputs[name]]
      const isSame = one === undefined || one.required === true || one.default === other?.default
      return isSame ? [] : [`${name}: ${other?.default} alone, ${one?.default} in mlops.yml`]
    })
    expect(different).toEqual([])
  })
})
