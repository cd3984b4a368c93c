import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { inputs } from '../src/inputs.ts'

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

/** docker/build-push-action v7, action.yml. */
const THEIRS = [
  'add-hosts',
  'allow',
  'annotations',
  'attests',
  'build-args',
  'build-contexts',
  'builder',
  'cache-from',
  'cache-to',
  'call',
  'cgroup-parent',
  'context',
  'file',
  'github-token',
  'labels',
  'load',
  'network',
  'no-cache',
  'no-cache-filters',
  'outputs',
  'platforms',
  'provenance',
  'pull',
  'push',
  'sbom',
  'secret-envs',
  'secret-files',
  'secrets',
  'shm-size',
  'ssh',
  'tags',
  'target',
  'ulimit',
]

function section(name: string): string {
  return README.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? ''
}

function words(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

describe('the table for moving from build-push-action', () => {
  const rows = section('moving')
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()))

  test('has each of its inputs once', () => {
    expect(rows.flatMap(([, there = '']) => words(there))).toEqual(THEIRS)
  })

  test('names inputs that there are, and says why where there is none', () => {
    const names = Object.keys(inputs.fields)
    for (const [, there, here = '', why = ''] of rows) {
      for (const name of words(here)) expect(names).toContain(name)
      expect([there, here === '' ? why : here]).not.toContain('')
    }
  })

  test('calls an input here as it is called there, wherever that name is taken', () => {
    const names = new Set(Object.keys(inputs.fields))
    for (const [, there = '', here = ''] of rows)
      for (const name of words(there).filter((one) => names.has(one))) expect(words(here)).toContain(name)
  })
})

test('the policy of the README allows what the table of permissions asks for, and nothing else', () => {
  const table = section('permissions')
    .split('\n')
    .filter((row) => row.startsWith('| AWS |'))
    .flatMap((row) => words(row.split(' on ')[0] ?? ''))
  const [, policy = '{}'] = /```json\n(\{\s+"Version"[^`]*"Sid": "Token"[^`]*)```/.exec(README) ?? []
  const { Statement: statements } = JSON.parse(policy)
  const allowed: readonly string[] = statements.flatMap(({ Action }: { Action: string | string[] }) => Action)
  expect([...new Set(allowed)].sort()).toEqual([...new Set(table)].sort())
})
