import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { headOf } from '@mlops-actions/sandbox/github'
import { runBundle } from '../../../test/harness/bundle.ts'
import { type Company, SCRIPT, startCompany, TOKEN } from './company.ts'
import { readInputs } from './fixture.ts'

describe('a step that commits', () => {
  let company: Company
  beforeEach(async () => {
    company = await startCompany()
  })
  afterEach(() => company.close())

  const runStep = (inputs: Readonly<Record<string, string>>) =>
    runBundle('dvc-push', {
      workspace: company.fixture.workspace,
      inputs: { token: TOKEN, ...inputs },
      env: {
        ...company.fixture.env,
        GITHUB_SERVER_URL: company.github.url,
        GITHUB_API_URL: company.github.apiUrl,
        GITHUB_GRAPHQL_URL: company.github.graphqlUrl,
        GITHUB_REPOSITORY: 'acme/churn',
        GITHUB_RUN_ID: '100',
        RUNNER_TEMP: company.fixture.temp,
      },
    })

  test('commits, says so, and shows its token nowhere', async () => {
    await company.fixture.write('x.sh', SCRIPT)
    const step = await runStep({ add: 'x.sh', 'commit-to': 'main' })
    expect([step.code, step.errors]).toEqual([0, []])
    expect(step.outputs).toMatchObject({
      changed: 'true',
      'commit-sha': await headOf(company.repository, 'main'),
      committed: '["x.sh.dvc"]',
      recorded: '["x.sh.dvc"]',
    })
    expect(step.summary).toContain('Committed to acme/churn main as [')
    const shown = `${step.stdout.replace(/^::add-mask::.*$/gm, '')}${step.stderr}${JSON.stringify(step.outputs)}${step.summary}`
    expect(shown).not.toContain(TOKEN)
  })

  test('fails with every wrong input in one annotation', async () => {
    const step = await runStep({ 'commit-to': 'a..b', transport: 'ftp' })
    expect(step.code).toBe(1)
    expect(step.errors).toHaveLength(1)
    expect(step.errors[0]?.message).toMatch(/commit-to: got "a\.\.b".*transport: got "ftp"/s)
  })
})

describe('inputs', () => {
  test.each([
    [{ 'commit-to': 'main', verify: 'false' }, /verify: is false/],
    [{ 'commit-message': 'x' }, /commit-message: goes with `commit-to`/],
    [{ 'ssh-key': 'x' }, /ssh-key: goes with `commit-to`/],
    [{ 'commit-to': 'main', 'ssh-known-hosts': 'x' }, /ssh-known-hosts: goes with `ssh-key`/],
    [{ 'commit-to': 'main', 'ssh-key': 'x', transport: 'api' }, /ssh-key: `transport: api` takes a token/],
    [{ 'commit-to': 'main', mode: 'status' }, /commit-to: changes something/],
    [{ token: 'a b' }, /token: holds white space/],
  ])('%j', (given, words) => {
    expect(() => readInputs(given)).toThrow(words)
  })
})
