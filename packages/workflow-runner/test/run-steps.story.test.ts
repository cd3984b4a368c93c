import { afterAll, describe, expect, test } from '@jest/globals'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const steps = (yaml: string, more = '') =>
  `on: push\nenv: { LEVEL: workflow, FROM: workflow }\n${more}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env: { LEVEL: job }\n    steps:\n${yaml}`

describe('run steps', () => {
  test('bash stops at the first failing command, in a pipe only where bash is asked for', async () => {
    const result = await fixture.run(
      steps(`
      - { id: standard, run: 'false | true; echo alive' }
      - { id: bash, shell: bash, run: 'false | true; echo dead', continue-on-error: true }
      - { id: sh, shell: sh, run: 'echo $0' }
      - { id: python, shell: python, run: 'print(6 * 7)' }
      - { id: custom, shell: 'bash -u {0}', run: 'echo $MISSING', continue-on-error: true }`),
    )
    expect(step(result, 'a', 'standard').log.at(-1)).toBe('alive')
    expect(step(result, 'a', 'bash')).toMatchObject({ outcome: 'failure', conclusion: 'success' })
    expect(step(result, 'a', 'bash').annotations).toEqual([
      { level: 'error', message: 'Process completed with exit code 1.' },
    ])
    expect(step(result, 'a', 'sh').log.at(-1)).toMatch(/\.sh$/)
    expect(step(result, 'a', 'python').log.at(-1)).toBe('42')
    expect(step(result, 'a', 'custom').outcome).toBe('failure')
    expect(result.conclusion).toBe('success')
  })

  test('variables come from workflow, job and step, and from steps before', async () => {
    const result = await fixture.run(
      steps(`
      - id: set
        run: |
          echo "LATER=one" >> "$GITHUB_ENV"
          printf 'MULTI<<E\\nx\\ny\\nE\\n' >> "$GITHUB_ENV"
          mkdir bin && printf '#!/bin/sh\\necho mine' > bin/ls && chmod +x bin/ls && echo "$PWD/bin" >> "$GITHUB_PATH"
          echo "now: $LATER"
      - id: use
        env: { LEVEL: step, COPY: "\${{ env.FROM }}-\${{ env.LEVEL }}" }
        run: |
          echo "$LEVEL $FROM $COPY $LATER"
          echo "$MULTI"
          ls
          env | grep -c '^INPUT_' || true
      - id: refused
        run: echo "NODE_OPTIONS=--inspect" >> "$GITHUB_ENV"
      - id: after
        run: echo "options=[$NODE_OPTIONS]"`),
    )
    expect(step(result, 'a', 'set').log.at(-1)).toBe('now: ')
    expect(step(result, 'a', 'use').log.slice(-5)).toEqual([
      'step workflow workflow-job one',
      'x',
      'y',
      'mine',
      '0',
    ])
    expect(step(result, 'a', 'refused')).toMatchObject({
      conclusion: 'success',
      annotations: [{ message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command." }],
    })
    expect(step(result, 'a', 'after').log.at(-1)).toBe('options=[]')
  })

  test('the env context tells upper from lower case, the others do not', async () => {
    const result = await fixture.run(`
on: push
env: { Key: upper }
jobs:
  j:
    runs-on: x
    env: { key: lower }
    steps:
      - id: s
        env: { Step: own }
        run: echo "[\${{ env.Key }}] [\${{ env.key }}] [\${{ env.KEY }}] [\${{ env['step'] }}] [\${{ GITHUB.Ref_Name }}]"
`)
    expect(step(result, 'j', 's').log.at(-1)).toBe('[upper] [lower] [] [] [main]')
  })

  test('nothing of this machine reaches a step but a short list', async () => {
    process.env['WORKFLOW_RUNNER_TEST_LEAK'] = 'leak'
    const result = await fixture.run(
      steps("      - { id: x, run: \"env | cut -d= -f1 | sort | tr '\\\\n' ' '\" }"),
    )
    const names = step(result, 'a', 'x').log.at(-1)
    expect(names).toContain('CI ')
    expect(names).toContain('GITHUB_ACTIONS ')
    expect(names).not.toContain('LEAK')
    expect(names).not.toContain('ACTIONS_ID_TOKEN_REQUEST_URL')
    expect(names).not.toContain('GITHUB_TOKEN')
  })

  test('defaults set shell and directory, the nearest wins', async () => {
    const result = await fixture.run(`
on: push
defaults: { run: { shell: python, working-directory: sub } }
jobs:
  a:
    runs-on: x
    defaults: { run: { working-directory: other } }
    steps:
      - { shell: bash, working-directory: ., run: 'mkdir sub other' }
      - { id: x, run: 'import os; print(os.path.basename(os.getcwd()))' }
`)
    expect(step(result, 'a', 'x').log.at(-1)).toBe('other')
  })

  test('outputs are strings that later steps read; a broken file fails its step', async () => {
    const result = await fixture.run(
      steps(`
      - id: good
        run: |
          printf 'json<<D\\n{"a": [1, 2]}\\nD\\nplain=x=y\\n' >> "$GITHUB_OUTPUT"
      - id: read
        run: echo "\${{ fromJSON(steps.good.outputs.json).a[1] }} \${{ steps.good.outputs.plain }} \${{ steps.good.conclusion }} [\${{ steps.none.outputs.x }}]"
      - id: bad
        continue-on-error: true
        run: printf 'kept=1\\na<<EOF\\nnever ends\\n' >> "$GITHUB_OUTPUT"
      - id: outcome
        run: echo "\${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}"`),
    )
    expect(step(result, 'a', 'read').log.at(-1)).toBe('2 x=y success []')
    expect(step(result, 'a', 'bad').annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'EOF'",
    ])
    expect(step(result, 'a', 'outcome').log.at(-1)).toBe('failure success')
  })

  test('a summary above 1 MiB is dropped with an error and the step stays green', async () => {
    const result = await fixture.run(
      steps(`
      - { id: small, run: 'echo "# fine" >> "$GITHUB_STEP_SUMMARY"' }
      - { id: big, run: 'head -c 1048577 /dev/zero | tr "\\\\0" x >> "$GITHUB_STEP_SUMMARY"' }`),
    )
    expect(result.summaries).toEqual(['# fine\n'])
    expect(step(result, 'a', 'big')).toMatchObject({ conclusion: 'success', summary: '' })
    expect(step(result, 'a', 'big').annotations[0]?.message).toContain(
      'supports content up to a size of 1024k',
    )
  })

  test('an `if` sees what happened before it', async () => {
    const result = await fixture.run(
      steps(`
      - { id: first, run: 'exit 1' }
      - { id: skipped, run: 'echo no' }
      - { id: onFailure, if: failure(), run: 'echo yes' }
      - { id: both, if: "failure() && steps.first.outcome == 'failure'", run: 'echo yes' }
      - { id: always, if: always(), run: 'echo "\${{ job.status }}"' }
      - { id: expression, if: "\${{ !cancelled() }}", run: 'echo yes' }
      - { id: plain, if: "steps.first.outcome == 'failure'", run: 'echo no' }`),
    )
    const conclusions = job(result, 'a').steps.map(({ id, conclusion }) => `${id} ${conclusion}`)
    expect(conclusions).toEqual([
      'first failure',
      'skipped skipped',
      'onFailure success',
      'both success',
      'always success',
      'expression success',
      'plain skipped',
    ])
    expect(step(result, 'a', 'always').log.at(-1)).toBe('failure')
    expect(result.conclusion).toBe('failure')
  })

  test('an expression that cannot be evaluated fails the step with its reason', async () => {
    const result = await fixture.run(steps('      - { id: x, run: "echo ${{ fromJSON(env.FROM).a }}" }'))
    expect(step(result, 'a', 'x').conclusion).toBe('failure')
    expect(step(result, 'a', 'x').annotations).toHaveLength(1)
  })

  test('hashFiles covers the files that the patterns name', async () => {
    const result = await fixture.run(
      steps(`
      - run: mkdir -p d/e && echo 1 > d/a.txt && echo 2 > d/e/b.txt && echo 3 > c.md
      - { id: x, run: 'echo "\${{ hashFiles(''d/**'', ''!**/b.txt'') == hashFiles(''d/a.txt'') }} \${{ hashFiles(''none'') }}."' }
      - { id: y, if: "hashFiles('**/*.txt') != hashFiles('d/a.txt')", run: echo yes }`),
    )
    expect(step(result, 'a', 'x').log.at(-1)).toBe('true .')
    expect(step(result, 'a', 'y').conclusion).toBe('success')
  })
})

describe('commands in the output of a step', () => {
  test('annotate, with title and place, ten of each kind', async () => {
    const result = await fixture.run(
      steps(`
      - id: x
        run: |
          echo "::warning title=T%3A,file=$GITHUB_WORKSPACE/src/a.py,line=3,col=4::careful%0Asecond"
          echo "text ##[error]old form"
          for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "::notice::$i"; done`),
    )
    const { annotations, log } = step(result, 'a', 'x')
    expect(annotations[0]).toEqual({
      level: 'warning',
      title: 'T:',
      file: 'src/a.py',
      line: 3,
      column: 4,
      message: 'careful\nsecond',
    })
    expect(annotations[1]).toEqual({ level: 'error', message: 'old form' })
    expect(annotations.filter(({ level }) => level === 'notice')).toHaveLength(10)
    expect(log).toContain('##[notice]12')
    expect(step(result, 'a', 'x').conclusion).toBe('success')
  })

  test('mask from that line on, each line of a value, in summaries and outputs too', async () => {
    const result = await fixture.run(
      steps(`
      - id: x
        run: |
          echo "before hunter2"
          echo "::add-mask::hunter2%0Asecond secret"
          echo "after hunter2 and second secret"
          echo "sum hunter2" >> "$GITHUB_STEP_SUMMARY"
          echo "o=hunter2" >> "$GITHUB_OUTPUT"
          echo "::error::hunter2"
      - { id: y, run: 'echo "\${{ steps.x.outputs.o }}" | tr 2 3' }`),
    )
    const { log, summary, outputs, annotations } = step(result, 'a', 'x')
    expect(log.slice(log.indexOf('##[endgroup]'))).toEqual([
      '##[endgroup]',
      'before hunter2',
      'after *** and ***',
      '##[error]***',
    ])
    expect(summary).toBe('sum ***\n')
    expect(outputs).toEqual({ o: '***' })
    expect(annotations[0]?.message).toBe('***')
    expect(step(result, 'a', 'y').log.at(-1)).toBe('hunter3')
  })

  test('stop and resume, and a bad token fails the step', async () => {
    const result = await fixture.run(
      steps(`
      - id: x
        run: |
          echo "::stop-commands::abcdefgh"
          echo "::error::not one"
          echo "::abcdefgh::"
          echo "::error::one"
      - { id: bad, run: 'echo "::stop-commands::error"', continue-on-error: true }
      - { id: old, run: 'echo "::set-output name=v::1"; echo "::set-env name=A::1"', continue-on-error: true }
      - { id: matcher, run: 'echo "::add-matcher::x.json"', continue-on-error: true }`),
    )
    expect(step(result, 'a', 'x').annotations).toEqual([{ level: 'error', message: 'one' }])
    expect(step(result, 'a', 'x').log).toContain('::error::not one')
    expect(step(result, 'a', 'bad').outcome).toBe('failure')
    expect(step(result, 'a', 'old')).toMatchObject({ outcome: 'failure', outputs: { v: '1' } })
    expect(step(result, 'a', 'matcher').annotations.at(-1)?.message).toContain('problem matchers')
  })

  test('debug lines show only with debug on, and a lone CR starts a line', async () => {
    const yaml = steps(`
      - id: x
        run: |
          echo "::debug::deep"
          printf 'progress\\r::error::hidden by a bar\\n'
          echo "[$RUNNER_DEBUG]"`)
    const quiet = await fixture.run(yaml)
    expect(step(quiet, 'a', 'x').log).not.toContain('##[debug]deep')
    expect(step(quiet, 'a', 'x').annotations[0]?.message).toBe('hidden by a bar')
    expect(step(quiet, 'a', 'x').log.at(-1)).toBe('[]')
    const loud = await fixture.run(yaml, { debug: true })
    expect(step(loud, 'a', 'x').log).toContain('##[debug]deep')
    expect(step(loud, 'a', 'x').log.at(-1)).toBe('[1]')
  })
})
