import { afterAll, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const withJob = (more: string, steps = '[ { run: "true" } ]') =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    ${more}\n    steps: ${steps}\n`

describe('what this runner does not know is refused by name before anything runs', () => {
  test.each([
    ['a container job', withJob('container: node:24'), 'jobs.a.container'],
    ['services', withJob('services: { db: { image: postgres } }'), 'jobs.a.services'],
    ['a snapshot', withJob('snapshot: image'), 'jobs.a.snapshot'],
    [
      'a docker action',
      withJob('', '[ { uses: "docker://alpine:3" } ]'),
      'jobs.a.steps[0].uses docker://alpine:3',
    ],
    ['a background step', withJob('', '[ { run: "true", background: true } ]'), 'jobs.a.steps[0].background'],
    ['waiting for one', withJob('', '[ { wait-all: true } ]'), 'jobs.a.steps[0].wait-all'],
    ['parallel steps', withJob('', '[ { parallel: [ { run: "true" } ] } ]'), 'jobs.a.steps[0].parallel'],
    ['waiting for a named one', withJob('', '[ { wait: [ x ] } ]'), 'jobs.a.steps[0].wait'],
    ['ending one', withJob('', '[ { cancel: x } ]'), 'jobs.a.steps[0].cancel'],
    ['more time to be cancelled in', withJob('cancel-timeout-minutes: 9'), 'jobs.a.cancel-timeout-minutes'],
    ['cmd', withJob('', '[ { run: x, shell: cmd } ]'), 'jobs.a.steps[0].shell cmd'],
    ['PowerShell', withJob('', '[ { run: x, shell: pwsh } ]'), 'jobs.a.steps[0].shell pwsh'],
    [
      'PowerShell by default',
      withJob('defaults: { run: { shell: powershell } }'),
      'jobs.a.defaults.run.shell powershell',
    ],
    [
      'Windows',
      withJob('').replace('runs-on: x', 'runs-on: windows-latest'),
      'jobs.a.runs-on windows-latest',
    ],
    [
      'a third-party action without a stand-in',
      withJob('', '[ { uses: actions/setup-java@v5 } ]'),
      'actions/setup-java@v5',
    ],
    ['a key that GitHub does not know either', withJob('retries: 3'), "Unexpected value 'retries'"],
    [
      'an expression that GitHub does not take',
      withJob('', '[ { run: "echo ${{ nothing.x }}" } ]'),
      "Unrecognized named-value: 'nothing'",
    ],
    [
      'a need that is not there',
      `${withJob('needs: nowhere')}  b: { runs-on: x, steps: [ { run: 'true' } ] }\n`,
      "depends on unknown job 'nowhere'",
    ],
    ['what is no YAML', 'on: [push\njobs: {', 'main.yml'],
    ['$/ with a ref', withJob('', '[ { uses: "$/a@v1" } ]'), 'must not have @ref'],
  ])('%s', async (_, workflow, name) => {
    const events: unknown[] = []
    const failure = await fixture
      .run(workflow, { onEvent: (event) => events.push(event) })
      .catch((error: unknown) => error)
    expect(String(failure)).toContain(name)
    expect(events).toEqual([])
  })

  test('with all that is refused in one sentence', async () => {
    const failure = await fixture
      .run(withJob('container: x\n    services: { db: { image: y } }'))
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect(String(failure)).toContain('not supported: jobs.a.container; jobs.a.services')
  })

  test.each([
    ['docker', 'runs: { using: docker, image: Dockerfile }', 'runs.using: docker'],
    ['old Node', 'runs: { using: node16, main: x.js }', 'runs.using: node16'],
    [
      'composite with a docker step',
      'runs: { using: composite, steps: [ { uses: "docker://x" } ] }',
      'runs.steps[0].uses docker://x',
    ],
    [
      'composite with an action that is not at hand',
      'runs: { using: composite, steps: [ { uses: other/action@v1 } ] }',
      'other/action@v1',
    ],
    [
      'an expression out of place',
      'inputs: { a: { default: "${{ secrets.X }}" } }\nruns: { using: node24, main: m.js }',
      "Unrecognized named-value: 'secrets'",
    ],
    [
      'a secret in a composite step',
      'runs: { using: composite, steps: [ { run: "echo ${{ secrets.X }}", shell: bash } ] }',
      "Unrecognized named-value: 'secrets'",
    ],
    [
      'a run step without a shell',
      'runs: { using: composite, steps: [ { run: x } ] }',
      'Required property is missing: shell',
    ],
    ['no way to run', 'name: nothing', "Missing 'using' value"],
    ['no script', 'runs: { using: node24 }', "Missing 'main' value"],
    ['no YAML', 'runs: [', 'The action.yml is not valid'],
    [
      'composite with a pre stage within',
      'runs: { using: composite, steps: [ { uses: $/pre } ] }',
      'runs.pre of an action within a composite action',
    ],
  ])('an action of %s', async (_, manifest, name) => {
    const files = {
      'bad/action.yml': manifest,
      'pre/action.yml': 'runs: { using: node24, pre: a.js, main: b.js }',
    }
    await expect(fixture.run(withJob('', '[ { uses: $/bad } ]'), {}, files)).rejects.toThrow(name)
  })
})

describe('what can only be known later fails its step or job by name', () => {
  test('a script that is not there, such as a bundle that was not built', async () => {
    const files = { 'a/action.yml': 'runs: { using: node24, main: ../dist/a/index.js }' }
    const result = await fixture.run(withJob('', '[ { id: s, uses: $/a } ]'), {}, files)
    expect(step(result, 'a', 's').annotations[0]?.message).toMatch(
      /^File not found: '.*\/dist\/a\/index.js'$/,
    )
  })

  test('an action of the workspace that is not there yet', async () => {
    const result = await fixture.run(withJob('', '[ { id: s, uses: ./actions/x } ]'))
    expect(step(result, 'a', 's').annotations[0]?.message).toContain("Can't find 'action.yml'")
  })

  test('Windows out of an expression', async () => {
    const result = await fixture.run(
      withJob('').replace('runs-on: x', 'runs-on: ${{ fromJSON(\'"windows-2025"\') }}'),
    )
    expect(job(result, 'a')).toMatchObject({ conclusion: 'failure', steps: [] })
    expect(result.annotations[0]?.message).toContain('windows-2025')
  })

  test('a shell out of an expression', async () => {
    const result = await fixture.run(withJob('', '[ { id: s, run: x, shell: "${{ \'pwsh\' }}" } ]'))
    expect(String(result.annotations[0]?.message)).toMatch(/pwsh/)
  })
})
