import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { readmePolicy } from '../../../test/harness/readme-policy.ts'
import { startFixture } from './fixture.ts'

/** The actions of the table of permissions whose rows fit. */
function documented(rows: RegExp): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')
  return [...text.matchAll(rows)].map(([, action = '']) => action)
}

// That they are enough, every promotion of process.test.ts shows: its roles have these policies.
describe('a policy of the README allows what the table of permissions asks for, and nothing else:', () => {
  test.each([
    ['ReadToken', /^# - AWS \(source\) `(ecr:\w+)`/gm],
    ['PromoteToken', /^# - AWS \(target\) `(ecr:\w+)`/gm],
    ['Retag', /^# - AWS \(target\) `(ecr:\w+)`(?!.*not needed within one repository)/gm],
  ])('%s', (first, rows) => {
    const allowed = readmePolicy('ecr-promote', first).Statement.flatMap(({ Action }) => Action)
    expect(allowed.toSorted()).toEqual(documented(rows).toSorted())
  })
})

test('the policies of the README open no other repository, neither to read nor to write', async () => {
  const fixture = await startFixture()
  try {
    addRepository(fixture.prod.state.registry, 'ml/other', 0)
    const written = await fixture.promote({ repository: 'ml/other' })
    const { host } = fixture.staging.registryServer
    const read = await fixture.promote({ image: `${host}/ml/other:v1` })
    expect([written, read].map(({ outputs }) => outputs['failure-kind'])).toEqual(['auth', 'auth'])
    expect(fixture.prod.state.registry.repositories.get('ml/other')?.manifests.size).toBe(0)
  } finally {
    await fixture.close()
  }
})
