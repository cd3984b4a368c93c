import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

/** Every right that the table of permissions asks for, and at which end: a new one is refused here by itself. */
const RIGHTS = [
  ...readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8').matchAll(
    /^# - AWS \((source|target)\) `(ecr:\w+)`/gm,
  ),
].map(([, side = '', action = '']) => [side, action] as const)
const ROLES: Readonly<Record<string, string>> = {
  source: 'arn:aws:sts::111111111111:assumed-role/ml-read/mlops-actions-42',
  target: 'arn:aws:sts::222222222222:assumed-role/ml-promote/mlops-actions-42',
}

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture(['layer of the model'])
})
afterEach(() => fixture.close())

test.each(RIGHTS)(
  'a role of the %s that lacks %s is named with it, and nothing is tagged',
  async (side, action) => {
    const { staging, prod, target } = fixture
    const server = side === 'source' ? staging : prod
    server.state.registry.deny.push({ action })
    const { outputs, errors } = await fixture.promote()
    expect(outputs['failure-kind']).toBe('auth')
    expect(errors[0]?.message).toContain(`\`${action}\``)
    expect(errors[0]?.message).toContain(ROLES[side])
    expect(target.tags.size).toBe(0)
  },
)

test('there are rights at both ends', () => expect(new Set(RIGHTS.map(([side]) => side)).size).toBe(2))

test.each([
  ['source-role-to-assume', 'arn:aws:iam::111111111111:role/ml-none'],
  ['role-to-assume', 'arn:aws:iam::222222222222:role/ml-none'],
])('a role of `%s` that cannot be assumed is named with its trust policy', async (input, role) => {
  const { outputs, errors } = await fixture.promote({ [input]: role })
  expect(outputs['failure-kind']).toBe('auth')
  expect(errors[0]?.message).toContain(role)
  expect(errors[0]?.message).toContain('trust policy allow `sts:AssumeRoleWithWebIdentity`')
  expect(errors[0]?.message).not.toContain('ecr:')
  expect(fixture.target.tags.size).toBe(0)
})
