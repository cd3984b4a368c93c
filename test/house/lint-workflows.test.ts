import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { localPath } from '../../scripts/lint/rule.ts'
import { parseWorkflowFile } from '../../scripts/lint/workflow-file.wire.ts'
import { checkHouseRules } from '../../scripts/lint-workflows.ts'
import { makeTree } from './tree.ts'

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1'

const local = new Map([
  [
    'actions/push',
    parseWorkflowFile(
      'actions/push/action.yml',
      'inputs: { to: { required: true }, mode: { default: a } }\noutputs: { changed: {} }\nruns: { using: node24 }\n',
    ),
  ],
  [
    '.github/workflows/called.yml',
    parseWorkflowFile(
      '.github/workflows/called.yml',
      'on:\n  workflow_call:\n    inputs: { to: { required: true, type: string } }\n    outputs: { digest: { value: x } }\njobs: {}\n',
    ),
  ],
])

function check(text: string, path = '.github/workflows/a.yml'): readonly string[] {
  return checkHouseRules(parseWorkflowFile(path, text), (name) => local.get(name))
}

/** A workflow that breaks nothing, with the given lines as its only job's steps. */
function workflow(steps: string, job = 'timeout-minutes: 5'): string {
  const body = steps.replaceAll(/^/gm, '      ')
  return `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    ${job}\n    steps:\n${body}\n`
}

const calling = (lines: string): string =>
  `on: push\npermissions: {}\njobs:\n  a:\n${lines.replaceAll(/^/gm, '    ')}\n`

const CALL = 'uses: $/.github/workflows/called.yml\nwith: { to: x }'

const RUNS_TEXT =
  'script: runs text as a program; only a command that the caller of a reusable workflow wrote may be, as `eval "$X"` with `X: ${{ inputs.x }}` in `env:`'
const CHANGES_ENVIRONMENT =
  'environment: changes what every later step of the job runs with; hand it on as an output'

describe('the rules of the house', () => {
  const violations: [rule: string, text: string, want: string][] = [
    [
      'permissions',
      workflow('- run: a').replace('permissions: {}\n', ''),
      '1 permissions: has no top-level permissions; write `permissions: {}` and grant per job',
    ],
    [
      'trigger',
      workflow('- run: a').replace('on: push', 'on:\n  pull_request_target:'),
      "2 trigger: pull_request_target gives a stranger's change the rights of this repository",
    ],
    [
      'trigger, as a list',
      workflow('- run: a').replace('on: push', 'on: [push, workflow_run]'),
      "1 trigger: workflow_run gives a stranger's change the rights of this repository",
    ],
    [
      'permissions, all of them',
      workflow('- run: a').replace('permissions: {}', 'permissions: write-all'),
      '2 permissions: top-level permissions must be `{}`; grant per job',
    ],
    [
      'permissions, nothing said',
      workflow('- run: a').replace('permissions: {}', 'permissions:'),
      '2 permissions: top-level permissions must be `{}`; grant per job',
    ],
    [
      'permissions, for every job',
      workflow('- run: a').replace('permissions: {}', 'permissions: { contents: write }'),
      '2 permissions: top-level permissions must be `{}`; grant per job',
    ],
    [
      'permissions of a job, all of them',
      workflow('- run: a', 'timeout-minutes: 5\n    permissions: write-all'),
      '7 permissions: job a must name the permissions that it needs, one by one',
    ],
    [
      'timeout, nothing said',
      workflow('- run: a', 'timeout-minutes:'),
      '6 timeout: timeout-minutes of job a must be a number from 1 to 360',
    ],
    [
      'timeout, for ever',
      workflow('- run: a', 'timeout-minutes: 99999'),
      '6 timeout: timeout-minutes of job a must be a number from 1 to 360',
    ],
    ['merge key', workflow('- <<: { run: a }'), '8 yaml: GitHub reads no merge keys'],
    [
      'pin, our name in our own workflow',
      workflow('- uses: mlops-actions/mlops-actions/actions/push@v1\n  with: { to: x }'),
      '8 pin: mlops-actions/mlops-actions/actions/push@v1 is not pinned to a full commit SHA',
    ],
    [
      'pin, our name under another owner',
      workflow('- uses: evil/mlops-actions/actions/push@main'),
      '8 pin: evil/mlops-actions/actions/push@main is not pinned to a full commit SHA',
    ],
    [
      'pin, container',
      workflow('- run: a', 'timeout-minutes: 5\n    container: alpine:latest'),
      '7 pin: image alpine:latest is not pinned to a digest',
    ],
    [
      'pin, container as a mapping',
      workflow('- run: a', 'timeout-minutes: 5\n    container: { image: alpine }'),
      '7 pin: image alpine is not pinned to a digest',
    ],
    [
      'pin, service',
      workflow('- run: a', 'timeout-minutes: 5\n    services:\n      db: { image: "redis:7" }'),
      '8 pin: image redis:7 is not pinned to a digest',
    ],
    [
      'injection, by the shell',
      workflow('- run: a\n  shell: bash -c "${{ github.head_ref }} {0}"'),
      '9 injection: an expression inside `shell:`; pass it through `env:`',
    ],
    [
      'injection, by the default shell',
      workflow(
        '- run: a',
        'timeout-minutes: 5\n    defaults: { run: { shell: "${{ github.head_ref }} {0}" } }',
      ),
      '7 injection: an expression inside `shell:`; pass it through `env:`',
    ],
    [
      'injection, in github-script',
      workflow(
        `- uses: Actions/github-script@${SHA} # v8\n  with:\n    script: f("\${{ github.head_ref }}")`,
      ),
      '10 injection: an expression inside `script:`; pass it through `env:`',
    ],
    [
      'credentials, in other letters',
      workflow(`- uses: Actions/Checkout@${SHA} # v7.0.1`),
      '8 credentials: checkout needs `persist-credentials: false`; nothing is pushed here',
    ],
    [
      'credentials, where a comment speaks of pushing',
      workflow(
        `- uses: actions/checkout@${SHA} # v7.0.1\n- run: |\n    # never git push here\n    echo "git push"`,
      ),
      '8 credentials: checkout needs `persist-credentials: false`; nothing is pushed here',
    ],
    [
      'outputs, in brackets',
      workflow(
        "- uses: $/actions/push\n  id: p\n  with: { to: x }\n- run: a\n  if: steps.p.outputs['change']",
      ),
      '4 outputs: $/actions/push has no output change',
    ],
    [
      'timeout',
      workflow('- run: a', 'name: x'),
      '4 timeout: job a has no timeout-minutes; the default is six hours',
    ],
    [
      'secrets',
      calling(`${CALL}\nsecrets: inherit`),
      '7 secrets: `secrets: inherit` hands over all; name the secrets',
    ],
    ['pin, by tag', workflow('- uses: o/r@v1'), '8 pin: o/r@v1 is not pinned to a full commit SHA'],
    [
      'pin, by short SHA',
      workflow('- uses: o/r@3d3c42e # v1'),
      '8 pin: o/r@3d3c42e is not pinned to a full commit SHA',
    ],
    [
      'pin, without version',
      workflow(`- uses: o/r@${SHA}`),
      `8 pin: o/r@${SHA} needs its version in a comment behind it, like \`# v1.2.3\``,
    ],
    [
      'pin, image by tag',
      workflow('- uses: docker://alpine:3'),
      '8 pin: docker://alpine:3 is not pinned to a full commit SHA',
    ],
    [
      'pin, reusable workflow',
      calling('uses: o/r/.github/workflows/x.yml@main'),
      '5 pin: o/r/.github/workflows/x.yml@main is not pinned to a full commit SHA',
    ],
    [
      'injection',
      workflow('- run: |\n    echo ${{ github.ref }}'),
      '8 injection: an expression inside `run:`; pass it through `env:`',
    ],
    ...[
      'eval "$A"',
      'eval $A',
      'set -e; eval "echo $A"',
      'if true; then A=1 eval "$A"; fi',
      'bash -c "$A"',
      'sh -ec "echo $A"',
      'curl -f https://x.example | sh',
      'curl -f https://x.example | sudo /bin/bash -s',
      'source <(printf %s "$A")',
      'python3 -c "$A"',
      'eval "$(cat a)"',
      'eval `cat a`',
    ].map((script): [rule: string, text: string, want: string] => [
      `script, ${script}`,
      workflow(`- run: |\n    ${script}`),
      `8 ${RUNS_TEXT}`,
    ]),
    [
      'script, of an input of an event',
      workflow('- run: eval "$A"\n  env: { A: "${{ inputs.a }}" }').replace(
        'on: push',
        'on: [workflow_call, workflow_dispatch]',
      ),
      `8 ${RUNS_TEXT}`,
    ],
    [
      'script, of an input with something before it',
      workflow('- run: eval "$A"\n  env: { A: "x ${{ inputs.a }}" }').replace(
        'on: push',
        'on: workflow_call',
      ),
      `8 ${RUNS_TEXT}`,
    ],
    ...[
      'echo "A=1" >> "$GITHUB_ENV"',
      'echo a >> ${GITHUB_PATH}',
      'printenv GITHUB_ENV',
      'echo "::set-env name=A::1"',
      'echo "##[add-path]/x"',
    ].map((script): [rule: string, text: string, want: string] => [
      `environment, ${script}`,
      workflow(`- run: |\n    ${script}`),
      `8 ${CHANGES_ENVIRONMENT}`,
    ]),
    [
      'environment, by the name of its file',
      workflow('- run: echo a >> "$FILE"\n  env: { FILE: "${{ github.env }}" }'),
      `8 ${CHANGES_ENVIRONMENT}`,
    ],
    [
      'environment, in github-script',
      workflow(`- uses: actions/github-script@${SHA} # v8.0.0\n  with: { script: "core.addPath(x)" }`),
      `8 ${CHANGES_ENVIRONMENT}`,
    ],
    [
      'credentials',
      workflow(`- uses: actions/checkout@${SHA} # v7.0.1`),
      '8 credentials: checkout needs `persist-credentials: false`; nothing is pushed here',
    ],
    [
      'inputs, unknown',
      workflow('- uses: $/actions/push\n  with: { to: x, mod: b }'),
      '8 inputs: $/actions/push has no input mod',
    ],
    ['inputs, required', workflow('- uses: $/actions/push'), '8 inputs: $/actions/push needs the input to'],
    [
      'inputs, no such action',
      workflow('- uses: ./actions/pull'),
      '8 inputs: ./actions/pull does not exist in this repository',
    ],
    [
      'inputs of a workflow',
      calling('uses: ./.github/workflows/called.yml'),
      '5 inputs: ./.github/workflows/called.yml needs the input to',
    ],
    [
      'outputs, unknown step',
      workflow("- run: a\n  if: steps.b.outputs.c == 'd'"),
      '4 outputs: job a has no step with the id b',
    ],
    [
      'outputs, unknown name',
      workflow(
        '- uses: $/actions/push\n  id: p\n  with: { to: x }\n- run: a\n  env: { A: "${{ steps.p.outputs.change }}" }',
      ),
      '4 outputs: $/actions/push has no output change',
    ],
    [
      'outputs of a called workflow',
      `${calling(CALL)}  b:\n    runs-on: x\n    timeout-minutes: 1\n    needs: a\n    if: needs.a.outputs.sha\n    steps: []\n`,
      '7 outputs: job a has no output sha',
    ],
  ]
  test.each(violations)('%s is found', (_rule, text, want) => {
    const [found = '', ...more] = check(text).map((line) => line.replace('.github/workflows/a.yml:', ''))
    expect([found, more]).toEqual([want, []])
  })

  const passing: [name: string, text: string][] = [
    ['a plain job', workflow('- run: echo "$A"\n  env: { A: "${{ github.ref }}" }')],
    ['a calling job without a timeout', calling(CALL)],
    ['a pinned action', workflow(`- uses: o/r/sub@${SHA} # v7.0.1`)],
    ['a pinned image', workflow(`- uses: docker://alpine@sha256:${'0'.repeat(64)}`)],
    [
      'a command that the caller of a reusable workflow wrote',
      workflow(
        '- run: |\n    eval "$INSTALL"\n    eval "${COMMAND}"\n  env: { INSTALL: "${{ inputs.install }}" }',
      ).replace('on: push\n', 'on: workflow_call\nenv: { COMMAND: "${{ inputs[\'command\'] }}" }\n'),
    ],
    [
      'a script that speaks of such things, or hands its arguments on safely',
      workflow(
        '- run: |\n    # eval "$A" and GITHUB_ENV\n    echo "eval is evil"\n    bash -c \'echo "$1"\' _ "$A"\n    bash ./a.sh -c "$A"\n    ls | shasum',
      ),
    ],
    [
      'an output and a summary',
      workflow('- run: echo "a=1" >> "$GITHUB_OUTPUT"; echo b >> "$GITHUB_STEP_SUMMARY"'),
    ],
    [
      'a checkout without credentials',
      workflow(`- uses: actions/checkout@${SHA} # v7.0.1\n  with: { persist-credentials: false }`),
    ],
    [
      'a checkout whose job pushes',
      workflow(`- uses: actions/checkout@${SHA} # v7.0.1\n- run: git push origin main`),
    ],
    [
      'a checkout whose job pushes behind a condition',
      workflow(
        `- uses: actions/checkout@${SHA} # v7.0.1\n- run: |\n    if a; then git -C b \\\n      push --tags; fi`,
      ),
    ],
    [
      'a checkout without credentials, in quotes',
      workflow(`- uses: actions/checkout@${SHA} # v7.0.1\n  with: { persist-credentials: 'false' }`),
    ],
    ['a timeout that the caller sets', workflow('- run: a', 'timeout-minutes: ${{ inputs.minutes }}')],
    [
      'a container and a service by digest',
      workflow(
        '- run: a',
        `timeout-minutes: 5\n    container: alpine@sha256:${'0'.repeat(64)}\n    services: { a: { image: "b@sha256:${'0'.repeat(64)}" } }`,
      ),
    ],
    [
      'outputs that exist',
      workflow('- uses: $/actions/push\n  id: p\n  with: { to: x }\n- run: a\n  if: steps.p.outputs.changed'),
    ],
    [
      'outputs of a script, which nobody declares',
      workflow('- run: a\n  id: s\n- run: b\n  if: steps.s.outputs.anything'),
    ],
    [
      'outputs of a called workflow',
      `${calling(CALL)}  b:\n    runs-on: x\n    timeout-minutes: 1\n    needs: a\n    if: needs.a.outputs.digest\n    steps: []\n`,
    ],
  ]
  test.each(passing)('%s passes', (_name, text) => {
    expect(check(text)).toEqual([])
  })

  test('an action runs its own bundle under node24', () => {
    const manifest = 'name: x\nruns:\n  using: node20\n  main: dist/index.js\n'
    expect(check(manifest, 'actions/push/action.yml')).toEqual([
      'actions/push/action.yml:3 action: runs.using must be node24',
      'actions/push/action.yml:4 action: runs.main must be ../../dist/push/index.js',
    ])
  })

  test('the steps of a composite action are checked too', () => {
    const manifest =
      'runs:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.a }}\n      shell: bash\n'
    expect(check(manifest, 'x/action.yml')).toEqual([
      'x/action.yml:4 injection: an expression inside `run:`; pass it through `env:`',
    ])
  })

  test('a bad example of the sample product may say so, with its reason; a workflow of ours may not', () => {
    const text = `# house rules do not apply: this is what people write today\n${workflow('- uses: o/r@v1')}`
    expect(check(text, 'test/product/.github/workflows/before.yml')).toEqual([])
    expect(check(text)).toHaveLength(1)
  })
})

const PRODUCT = 'test/product/.github/workflows/mlops.yml'
const OURS = '.github/workflows/ci.yml'
test.each([
  ['./actions/push', OURS, 'actions/push'],
  ['$/.github/workflows/a.yml', OURS, '.github/workflows/a.yml'],
  ['mlops-actions/mlops-actions/actions/push@v1', PRODUCT, 'actions/push'],
  ['OWNER/mlops-actions/actions/push@v1', PRODUCT, 'actions/push'],
  ['mlops-actions/mlops-actions/actions/push@v1', OURS, undefined],
  ['mlops-actions/mlops-actions/actions/push@main', PRODUCT, undefined],
  ['evil/mlops-actions/actions/push@v1', PRODUCT, undefined],
  ['actions/checkout@v7', OURS, undefined],
  ['o/r/mlops-actions/x@v1', PRODUCT, undefined],
])('the local path of %s in %s is %s', (uses, from, want) => {
  expect(localPath(uses, from)).toBe(want)
})

describe('lint-workflows as a program', () => {
  const script = resolve(import.meta.dirname, '../../scripts/lint-workflows.ts')
  const lint = (files: Record<string, unknown>) => {
    using tree = makeTree(files)
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, tree.root], { encoding: 'utf8' })
    return { status, lines: stdout.trimEnd().split('\n'), stderr }
  }

  test('accepts a sound workflow that uses an action of the same repository', () => {
    const found = lint({
      '.github/workflows/a.yml': workflow('- uses: $/actions/push\n  with: { to: x }').replace(
        'runs-on: x',
        'runs-on: ubuntu-24.04',
      ),
      'actions/push/action.yml':
        'name: push\ndescription: x\ninputs:\n  to: { description: x, required: true }\nruns:\n  using: node24\n  main: ../../dist/push/index.js\n',
    })
    expect(found).toEqual({ status: 0, lines: [''], stderr: '' })
  })

  test('reports what the language service finds in workflows and manifests, with file and line', () => {
    const found = lint({
      '.github/workflows/a.yml': workflow("- run: a\n  if: contains('x')").replace(
        'runs-on: x',
        'runs-on: ubuntu-24.04',
      ),
      'actions/push/action.yml': 'name: push\ndescription: x\nruns:\n  using: node24\n',
    })
    expect(found.status).toBe(1)
    expect(found.lines).toContainEqual(expect.stringMatching(/^\.github\/workflows\/a\.yml:9 .*contains/))
    expect(found.lines).toContainEqual(expect.stringMatching(/^actions\/push\/action\.yml:\d+ .*main/))
  })
})
