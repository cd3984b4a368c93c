import { afterAll, describe, expect, test } from '@jest/globals'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const PROBE = `
name: probe
inputs:
  plain: { required: true }
  two words: { default: "d" }
  with-dash: { default: "\${{ github.token }}" }
  old: { deprecationMessage: use plain }
  commit: { default: "\${{ job.workflow_sha }}" }
runs: { using: node24, main: ../dist/probe.mjs, post: ../dist/post.mjs, post-if: "success() || failure()" }
`
const PROBE_JS = `
import { appendFileSync } from 'node:fs'
const out = (name, value) => appendFileSync(process.env.GITHUB_OUTPUT, name + '=' + value + '\\n')
out('inputs', JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('INPUT_')))))
out('cwd', process.cwd() === process.env.GITHUB_WORKSPACE)
out('repo', process.env.GITHUB_ACTION_REPOSITORY + '@' + process.env.GITHUB_ACTION_REF)
out('idtoken', process.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? 'none')
appendFileSync(process.env.GITHUB_STATE, 'myState=' + process.env.INPUT_PLAIN + '\\n')
process.exitCode = process.env.INPUT_PLAIN === 'fail' ? 3 : 0
`
const POST_JS = "console.log('post of ' + process.env.STATE_myState + ' ' + process.env.INPUT_PLAIN)"
const files = {
  'actions/probe/action.yml': PROBE.replaceAll('../dist', '../../dist'),
  'dist/probe.mjs': PROBE_JS,
  'dist/post.mjs': POST_JS,
}
const workflow = (body: string, top = '') =>
  `on: push\n${top}\njobs:\n  a:\n    runs-on: x\n    steps:\n${body}`

describe('JavaScript actions', () => {
  test('get inputs, defaults and state as the runner passes them, and post runs in reverse', async () => {
    const result = await fixture.run(
      workflow(`
      - { id: one, uses: $/actions/probe, with: { plain: 1, PLAIN2: x, old: y } }
      - { id: two, name: Second, uses: $/actions/probe, with: { Plain: two, with-dash: given } }`),
      { githubToken: 'ghs_token' },
      files,
    )
    const { outputs, annotations } = step(result, 'a', 'one')
    expect(JSON.parse(outputs['inputs'] ?? '')).toEqual({
      INPUT_PLAIN: '1',
      INPUT_PLAIN2: 'x',
      INPUT_TWO_WORDS: 'd',
      'INPUT_WITH-DASH': '***',
      INPUT_OLD: 'y',
      INPUT_COMMIT: expect.stringMatching(/^[0-9a-f]{40}$/),
    })
    expect(outputs).toMatchObject({ cwd: 'true', repo: 'octo/churn@refs/heads/main', idtoken: 'none' })
    expect(annotations.map(({ message }) => message)).toEqual([
      "Input 'old' has been deprecated with message: use plain",
      "Unexpected input(s) 'PLAIN2', valid inputs are ['plain', 'two words', 'with-dash', 'old', 'commit']",
    ])
    expect(job(result, 'a').steps.map(({ name }) => name)).toEqual([
      'Run $/actions/probe',
      'Second',
      'Post Second',
      'Post Run $/actions/probe',
    ])
    expect(job(result, 'a').steps.at(-1)?.log.at(-1)).toBe('post of 1 1')
  })

  test('fail by their exit code; post still runs unless its condition says no', async () => {
    const failing = '      - { id: one, uses: $/actions/probe, with: { plain: fail } }'
    const result = await fixture.run(workflow(failing), {}, files)
    expect(step(result, 'a', 'one').conclusion).toBe('failure')
    expect(job(result, 'a').steps.at(-1)).toMatchObject({
      name: 'Post Run $/actions/probe',
      conclusion: 'success',
    })
    const never = {
      ...files,
      'actions/probe/action.yml': files['actions/probe/action.yml'].replace(
        'success() || failure()',
        'success()',
      ),
    }
    const skipped = await fixture.run(workflow(failing), {}, never)
    expect(job(skipped, 'a').steps.at(-1)?.conclusion).toBe('skipped')
  })

  test('get an identity token only where the job may have one', async () => {
    const idToken = { url: 'http://127.0.0.1:1/token', token: 'idtoken-secret' }
    const body = workflow(
      '      - { id: one, uses: $/actions/probe, with: { plain: x } }',
      'permissions: { id-token: write }',
    )
    expect(step(await fixture.run(body, { idToken }, files), 'a', 'one').outputs['idtoken']).toBe(idToken.url)
    const without = body.replace('permissions: { id-token: write }', 'permissions: { contents: read }')
    expect(step(await fixture.run(without, { idToken }, files), 'a', 'one').outputs['idtoken']).toBe('none')
  })

  test('run their pre stage before all steps, except those of the workspace', async () => {
    const withPre = {
      'pre/action.yml': 'runs: { using: node20, pre: pre.cjs, main: main.cjs }',
      'pre/pre.cjs':
        "console.log('pre'); require('fs').appendFileSync(process.env.GITHUB_STATE, 'x=from pre\\n')",
      'pre/main.cjs': "console.log('main ' + process.env.STATE_x)",
    }
    const body = workflow(`
      - { id: first, uses: actions/checkout@v4 }
      - { id: remote, uses: $/pre }
      - { id: local, uses: ./pre }`)
    const result = await fixture.run(body, {}, withPre)
    expect(
      job(result, 'a')
        .steps.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['Pre Run $/pre', 'Run actions/checkout@v4'])
    expect(job(result, 'a').steps[2]?.log.at(-1)).toBe('main from pre')
    expect(step(result, 'a', 'local').log.at(-1)).toBe('main undefined')
    expect(step(result, 'a', 'local').annotations[0]?.message).toContain(
      '`pre` execution is not supported for local action',
    )
  })

  test('of another repository come from the directory given for it', async () => {
    const other = fixture.repository('mlops', files)
    const result = await fixture.run(
      workflow('      - { id: one, uses: "mlops/actions/actions/probe@v1", with: { plain: x } }'),
      {
        actionSources: { 'mlops/actions': other },
      },
    )
    expect(step(result, 'a', 'one').outputs['repo']).toBe('mlops/actions@v1')
  })

  test('see the working tree where the own repository is given as a source', async () => {
    const other = fixture.repository('mlops', {
      'a/action.yml': 'runs: { using: node24, main: m.cjs }',
      'a/m.cjs': "console.log('tree')",
      '.github/workflows/w.yml': workflow('      - { id: one, uses: $/a }'),
    })
    const { runWorkflow } = await import('../src/index.ts')
    const result = await runWorkflow({
      repository: { root: other, name: 'mlops/actions' },
      workflow: '.github/workflows/w.yml',
      event: { name: 'push' },
      actionSources: { 'mlops/actions': other },
    })
    expect(step(result, 'a', 'one').log.at(-1)).toBe('tree')
  })
})

describe('composite actions', () => {
  const composite = {
    ...files,
    'actions/outer/action.yml': `
inputs: { who: { default: nobody } }
outputs:
  said: { value: "\${{ steps.say.outputs.said }} from \${{ inputs.who }}" }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: |
        echo "said=$GREETING $INNER \${{ inputs.who }}" >> "$GITHUB_OUTPUT"
        echo "FROM_COMPOSITE=yes" >> "$GITHUB_ENV"
        echo "::warning::inner"
        test -f "$GITHUB_ACTION_PATH/action.yml"
        test -f "\${{ github.action_path }}/action.yml"
      env: { INNER: in }
    - { uses: $/actions/probe, with: { plain: "\${{ inputs.who }}" } }
    - { if: "inputs.who == 'fail'", run: exit 1, shell: sh }
    - { id: clean, if: always(), run: "echo cleaned; exit 0", shell: sh }
    - { run: "echo unreachable", shell: sh }
`,
  }

  test('run their steps in their own scope and set outputs', async () => {
    const result = await fixture.run(
      workflow(`
      - { id: o, uses: $/actions/outer, with: { who: me }, env: { GREETING: hi } }
      - { id: after, run: 'echo "\${{ steps.o.outputs.said }} $FROM_COMPOSITE [$GREETING] [\${{ steps.say.outputs.said }}]"' }`),
      {},
      composite,
    )
    expect(step(result, 'a', 'o').outputs).toEqual({ said: 'hi in me from me' })
    expect(step(result, 'a', 'o').annotations[0]?.message).toBe('inner')
    expect(step(result, 'a', 'after').log.at(-1)).toBe('hi in me from me yes [] []')
    expect(job(result, 'a').steps.at(-1)).toMatchObject({ name: 'Post Run $/actions/probe' })
    expect(job(result, 'a').steps.at(-1)?.log.at(-1)).toBe('post of me me')
  })

  test('fail with a failing step, after which only always() steps run', async () => {
    const result = await fixture.run(
      workflow('      - { id: o, uses: ./actions/outer, with: { who: fail } }').replace(
        'steps:\n',
        'steps:\n      - uses: actions/checkout@v4\n',
      ),
      {},
      composite,
    )
    const { log, conclusion } = step(result, 'a', 'o')
    expect(conclusion).toBe('failure')
    expect(log).toContain('cleaned')
    expect(log).not.toContain('unreachable')
  })

  test('stand in each other, with env handed down and outputs handed up', async () => {
    const nested = {
      'inner/action.yml': `
outputs: { o: { value: "\${{ steps.s.outputs.o }}" } }
runs:
  using: composite
  steps: [ { id: s, shell: bash, run: 'echo "o=$A $B $C" >> "$GITHUB_OUTPUT"', env: { C: "\${{ env.B }}c" } } ]
`,
      'outer/action.yml': `
outputs: { o: { value: "<\${{ steps.s.outputs.o }}>" } }
runs: { using: composite, steps: [ { id: s, uses: $/inner, env: { B: b } } ] }
`,
      'loop/action.yml': 'runs: { using: composite, steps: [ { uses: $/loop } ] }',
    }
    const body = '      - { id: o, uses: $/outer, env: { A: a } }'
    expect(step(await fixture.run(workflow(body), {}, nested), 'a', 'o').outputs).toEqual({ o: '<a b bc>' })
    const endless = await fixture.run(workflow('      - { id: o, uses: $/loop }'), {}, nested)
    expect(step(endless, 'a', 'o').annotations[0]?.message).toBe(
      'Composite action depth exceeded max depth 9',
    )
  })
})

describe('stand-ins', () => {
  test('replace third-party actions, are listed first, and may be functions or directories', async () => {
    const directory = fixture.repository('stand-in', {
      'action.yml': 'runs: { using: node24, main: m.cjs }',
      'm.cjs': "console.log('stand-in ' + process.env.GITHUB_ACTION_REPOSITORY)",
    })
    const rows: unknown[] = []
    const result = await fixture.run(
      workflow(`
      - { id: f, uses: aws-actions/configure-aws-credentials@v5, with: { aws-region: eu-west-1 } }
      - { id: d, uses: docker/login-action@v4 }
      - { id: use, run: 'echo "$AWS_REGION \${{ steps.f.outputs.account }}"' }`),
      {
        onEvent: (event) => {
          if (event.type === 'run-started') rows.push(...event.standIns)
        },
        standIns: {
          'aws-actions/configure-aws-credentials': {
            describe: 'sets test keys',
            inputs: { 'aws-region': '', role: 'r' },
            async main(call) {
              call.mask('123456789012')
              call.setEnv('AWS_REGION', call.inputs['aws-region'] ?? '')
              call.setOutput('account', '123456789012')
              call.saveState('s', call.inputs['role'] ?? '')
            },
            async post(call) {
              call.log(`post with ${call.state['s']}`)
            },
          },
          'docker/login-action': { describe: 'a directory', directory },
        },
      },
    )
    expect(rows).toContainEqual({
      action: 'aws-actions/configure-aws-credentials',
      standIn: 'sets test keys',
    })
    expect(rows).toContainEqual({ action: 'actions/checkout', standIn: "clones with this machine's git" })
    expect(step(result, 'a', 'use').log.at(-1)).toBe('eu-west-1 ***')
    expect(step(result, 'a', 'd').log.at(-1)).toBe('stand-in docker/login-action')
    expect(job(result, 'a').steps.at(-1)?.log.at(-1)).toBe('post with r')
  })

  test('that do not heed the end of their step are left behind', async () => {
    const controller = new AbortController()
    const deaf = {
      describe: 'never ends',
      inputs: {},
      main: () => new Promise<void>(() => controller.abort()),
    }
    const result = await fixture.run(workflow('      - { id: s, uses: some/action@v1 }'), {
      signal: controller.signal,
      standIns: { 'some/action': deaf },
      timing: { interrupt: 20, terminate: 20 },
    })
    expect(step(result, 'a', 's').conclusion).toBe('cancelled')
  })

  test("setup-python makes this machine's Python the one called python", async () => {
    const result = await fixture.run(
      workflow(`
      - { id: p, uses: actions/setup-python@v6, with: { python-version: '3' } }
      - { id: x, run: 'python -c "print(1)"; echo "\${{ steps.p.outputs.python-version }}"' }`),
    )
    expect(step(result, 'a', 'x').log.slice(-2)).toEqual(['1', expect.stringMatching(/^3\.\d+/)])
  })

  test('setup-python fails without the version file that it was pointed to, and reads the one that is there', async () => {
    const result = await fixture.run(
      workflow(`
      - { id: none, uses: actions/setup-python@v6, with: { python-version-file: .python-version }, continue-on-error: true }
      - { run: echo 2.7 > .python-version }
      - { id: old, uses: actions/setup-python@v6, with: { python-version-file: .python-version } }`),
    )
    expect(step(result, 'a', 'none').annotations[0]?.message).toMatch(
      /^The specified python version file at: .*\.python-version doesn't exist\.$/,
    )
    expect(step(result, 'a', 'old').annotations[0]?.message).toMatch(
      /^python-version 2\.7 was asked for; this machine has 3/,
    )
  })
})
