import { afterAll, describe, expect, test } from '@jest/globals'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const CALLED = '.github/workflows/called.yml'
const called = `
on:
  workflow_call:
    inputs:
      who: { type: string, required: true }
      loud: { type: boolean, default: true }
      times: { type: number, default: 2 }
      runner: { type: string, default: '"ubuntu-latest"' }
    secrets:
      KEY: { required: true }
      MAYBE: { required: false }
    outputs:
      said: { value: "\${{ jobs.say.outputs.said }}" }
      result: { value: "\${{ jobs.say.result }}" }
env: { OWN: callee }
jobs:
  say:
    runs-on: \${{ fromJSON(inputs.runner) }}
    outputs: { said: "\${{ steps.s.outputs.said }}" }
    steps:
      - id: s
        run: |
          echo "said=\${{ inputs.who }} \${{ inputs.loud }} \${{ inputs.times * 1 }}" >> "$GITHUB_OUTPUT"
          echo "$OWN [$CALLER_ENV] \${{ github.workflow }} \${{ job.workflow_file_path }} \${{ github.event_name }}"
          test "\${{ secrets.KEY }}" = sesame && echo "[\${{ secrets.MAYBE }}] [\${{ secrets.OTHER }}]"
`.replace('inputs.times * 1', 'inputs.times')
const caller = (job: string, top = '') => `name: top\non: push\n${top}\nenv: { CALLER_ENV: x }\njobs:\n${job}`
const secrets = { KEY: 'sesame', OTHER: 'other-secret', TOP: 'sesame' }

describe('a called workflow', () => {
  test('gets typed inputs and named secrets, and gives its outputs back', async () => {
    const result = await fixture.run(
      caller(`
  call:
    uses: ./${CALLED}
    with: { who: "\${{ github.actor }}", times: "\${{ fromJSON('3') }}" }
    secrets: { KEY: "\${{ secrets.TOP }}" }
  after:
    needs: call
    runs-on: x
    steps: [ { id: s, run: 'echo "\${{ needs.call.outputs.said }} \${{ needs.call.outputs.result }} \${{ needs.call.result }}"' } ]
`),
      { secrets, actor: 'ann' },
      { [CALLED]: called },
    )
    expect(step(result, 'after', 's').log.at(-1)).toBe('ann true 3 success success')
    expect(step(result, 'call/say', 's').log.slice(-2)).toEqual([`callee [] top ${CALLED} push`, '[] []'])
    expect(job(result, 'call/say').name).toBe('call / say')
    expect(job(result, 'call/say').runsOn).toEqual(['ubuntu-latest'])
  })

  test('evaluates the defaults of its inputs for the run that it is part of', async () => {
    const withDefault = called.replace(
      'loud: { type: boolean, default: true }',
      'loud: { type: boolean, default: "${{ github.event_name == \'push\' }}" }\n      repo: { type: string, default: "${{ github.repository }}/${{ vars.STAGE }}" }',
    )
    const result = await fixture.run(
      caller(`  call: { uses: ./${CALLED}, with: { who: x }, secrets: { KEY: "\${{ secrets.TOP }}" } }\n`),
      { secrets, vars: { STAGE: 'prod' } },
      { [CALLED]: withDefault.replace('echo "$OWN', 'echo "${{ inputs.repo }}"; echo "$OWN') },
    )
    expect(step(result, 'call/say', 's').log.at(-3)).toBe('octo/churn/prod')
    expect(job(result, 'call/say').outputs['said']).toBe('x true 2')
  })

  test('inherits all secrets only where its caller says so', async () => {
    const result = await fixture.run(
      caller(`  call: { uses: "$/${CALLED}", with: { who: x }, secrets: inherit }\n`),
      { secrets },
      { [CALLED]: called },
    )
    expect(step(result, 'call/say', 's').log.at(-1)).toBe('[] [***]')
  })

  test('of another repository finds its own actions by $/ and the workspace of its caller by ./', async () => {
    const shared = fixture.repository('mlops', {
      '.github/workflows/flow.yml': `
on: { workflow_call: { outputs: { o: { value: "\${{ jobs.inner.outputs.o }}" } } } }
jobs:
  inner: { uses: $/.github/workflows/inner.yml }
`,
      '.github/workflows/inner.yml': `
on: { workflow_call: { outputs: { o: { value: "\${{ jobs.j.outputs.o }}" } } } }
jobs:
  j:
    runs-on: x
    outputs: { o: "\${{ steps.a.outputs.where }}" }
    steps:
      - uses: actions/checkout@v4
      - { id: a, uses: $/actions/where }
      - { id: l, uses: ./actions/where }
      - { id: r, run: 'echo "\${{ job.workflow_repository }} \${{ job.workflow_ref }} \${{ github.repository }}"' }
`,
      'actions/where/action.yml': 'runs: { using: node24, main: ../../dist/where/index.js }',
      'dist/where/index.js':
        "require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'where=shared ' + process.env.GITHUB_ACTION_REPOSITORY + '@' + process.env.GITHUB_ACTION_REF + '\\n')",
    })
    const result = await fixture.run(
      caller('  call: { uses: "mlops/actions/.github/workflows/flow.yml@v1" }\n'),
      { actionSources: { 'mlops/actions': shared } },
      {
        'actions/where/action.yml': 'runs: { using: node24, main: m.cjs }',
        'actions/where/m.cjs': "console.log('of the caller')",
      },
    )
    expect(job(result, 'call').outputs).toEqual({ o: 'shared mlops/actions@v1' })
    expect(step(result, 'call/inner/j', 'l').log.at(-1)).toBe('of the caller')
    expect(step(result, 'call/inner/j', 'r').log.at(-1)).toBe(
      'mlops/actions mlops/actions/.github/workflows/inner.yml@v1 octo/churn',
    )
  })

  test('runs for each combination of a matrix', async () => {
    const result = await fixture.run(
      caller(
        `  call: { strategy: { matrix: { who: [a, b] } }, uses: ./${CALLED}, with: { who: "\${{ matrix.who }}" }, secrets: inherit }\n`,
      ),
      { secrets },
      { [CALLED]: called },
    )
    expect(result.jobs.map(({ name }) => name).sort()).toEqual([
      'call (a)',
      'call (a) / say',
      'call (b)',
      'call (b) / say',
    ])
  })

  test('fails its caller when one of its jobs fails, and is skipped as a whole by an `if`', async () => {
    const files = {
      [CALLED]: 'on: workflow_call\njobs:\n  bad: { runs-on: x, steps: [ { run: exit 1 } ] }\n',
    }
    const result = await fixture.run(
      caller(
        `  call: { uses: ./${CALLED} }\n  not: { if: "false", uses: ./${CALLED} }\n  rescue: { needs: call, if: failure(), runs-on: x, steps: [ { run: 'true' } ] }\n`,
      ),
      {},
      files,
    )
    const conclusions = Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]))
    expect(conclusions).toEqual({ 'call/bad': 'failure', call: 'failure', not: 'skipped', rescue: 'success' })
  })

  test('fails on a value of the wrong type', async () => {
    const result = await fixture.run(
      caller(`  call: { uses: ./${CALLED}, with: { who: x, loud: "\${{ 'yes' }}" }, secrets: inherit }\n`),
      { secrets },
      { [CALLED]: called },
    )
    expect(job(result, 'call').annotations[0]?.message).toContain("Input loud must be a boolean, got 'yes'")
  })
})

describe('before anything runs', () => {
  const NEEDY = '.github/workflows/needy.yml'
  const needy = (top: string, job: string) =>
    `on: workflow_call\n${top}\njobs:\n  x: { runs-on: x, ${job} steps: [ { run: 'true' } ] }\n`

  test.each([
    [
      'a nested job asks for more',
      caller(`  call: { uses: ./${NEEDY} }\n`),
      needy('', 'permissions: { id-token: write, contents: read },'),
      "The nested job 'x' is requesting 'id-token: write', but is only allowed 'id-token: none'.",
    ],
    [
      'a job asks that an if would skip',
      caller(`  call: { if: "false", uses: ./${NEEDY} }\n`),
      needy('', 'permissions: { id-token: write },'),
      "The nested job 'x' is requesting 'id-token: write', but is only allowed 'id-token: none'.",
    ],
    [
      'the called workflow asks for more',
      caller(`  call: { uses: ./${NEEDY}, permissions: { contents: read } }\n`),
      needy('permissions: { contents: write, packages: read }', ''),
      "The workflow is requesting 'contents: write, packages: read', but is only allowed 'contents: read, packages: none'.",
    ],
    [
      'an input is missing',
      caller(`  call: { uses: ./${CALLED}, secrets: inherit }\n`),
      '',
      'Input who is required, but not provided while calling.',
    ],
    [
      'an input is unknown',
      caller(`  call: { uses: ./${CALLED}, secrets: inherit, with: { who: x, whom: y } }\n`),
      '',
      'Invalid input, whom is not defined in the referenced workflow.',
    ],
    [
      'a secret is missing',
      caller(`  call: { uses: ./${CALLED}, with: { who: x } }\n`),
      '',
      'Secret KEY is required, but not provided while calling.',
    ],
    [
      'a secret is unknown',
      caller(`  call: { uses: ./${CALLED}, with: { who: x }, secrets: { KEY: a, NO: b } }\n`),
      '',
      'Invalid secret, NO is not defined in the referenced workflow.',
    ],
    [
      'the workflow cannot be called',
      caller(`  call: { uses: ./${NEEDY} }\n`),
      'on: push\njobs: { x: { runs-on: x, steps: [ { run: "true" } ] } }\n',
      'workflow_call key is not defined in the referenced workflow.',
    ],
    [
      'the workflow is missing',
      caller('  call: { uses: ./.github/workflows/none.yml }\n'),
      '',
      'Unable to find the workflow',
    ],
    [
      'it calls itself',
      caller('  call: { uses: ./.github/workflows/loop.yml }\n'),
      '',
      'Nested reusable workflow depth exceeded 9.',
    ],
  ])('the run is refused when %s', async (_, text, needyText, message) => {
    const events: unknown[] = []
    const loop = 'on: workflow_call\njobs:\n  again: { uses: ./.github/workflows/loop.yml }\n'
    const files = {
      [CALLED]: called,
      [NEEDY]: needyText || needy('', ''),
      '.github/workflows/loop.yml': loop,
    }
    await expect(
      fixture.run(text, { onEvent: (event) => events.push(event), secrets }, files),
    ).rejects.toThrow(message)
    expect(events).toEqual([])
  })

  test('permissions granted by the caller pass, and the callee without any has those of its caller', async () => {
    const files = {
      [NEEDY]: needy('', 'permissions: { id-token: write },'),
      '.github/workflows/plain.yml': needy('', ''),
    }
    const result = await fixture.run(
      caller(
        `  call: { uses: ./${NEEDY} }\n  plain: { uses: ./.github/workflows/plain.yml, permissions: { contents: read } }\n`,
        'permissions: { id-token: write, contents: read }',
      ),
      {},
      files,
    )
    expect(job(result, 'call/x').permissions).toEqual({ 'id-token': 'write' })
    expect(job(result, 'plain/x').permissions).toEqual({ contents: 'read' })
  })

  test('ten levels are allowed', async () => {
    const level = (n: number) => `.github/workflows/l${n}.yml`
    const files = Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [
        level(n),
        n < 9 ? `on: workflow_call\njobs:\n  j: { uses: ./${level(n + 1)} }\n` : needy('', ''),
      ]),
    )
    const result = await fixture.run(caller(`  j: { uses: ./${level(1)} }\n`), {}, files)
    expect(job(result, 'j/j/j/j/j/j/j/j/j/x').conclusion).toBe('success')
  })
})
