import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { RunEvent, RunOptions } from '../src/index.ts'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

// The runner's 7.5 s, 2.5 s and minute, shortened; each test waits for what it has made happen.
const timing = { interrupt: 150, terminate: 150, drain: 100, minute: 300 }

/** Options that cancel the run as soon as a line says so; then the file `vars.GO` appears. */
function cancelAt(line: string): Pick<RunOptions, 'signal' | 'onEvent' | 'timing' | 'vars'> {
  const controller = new AbortController()
  const go = `${fixture.directory}/go-${crypto.randomUUID()}`
  const onEvent = (event: RunEvent) => {
    if (event.type !== 'line' || event.text !== line) return
    controller.abort()
    writeFileSync(go, '')
  }
  return { signal: controller.signal, onEvent, timing, vars: { GO: go } }
}

// Works until it may stop, and says so when somebody interrupts it.
const WORK =
  'trap \'echo interrupted\' INT; echo ready; until [ -e "${{ vars.GO }}" ]; do sleep 0.02; done; echo finished'

const action = (body: string) => ({
  'a/action.yml': 'runs: { using: node24, main: main.cjs, post: post.cjs }',
  'a/main.cjs': body,
  'a/post.cjs': "console.log('post ' + process.env.STATE_s)",
})
const WORKFLOW = `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { id: work, uses: $/a }
      - { id: next, run: echo no }
      - { id: failed, if: failure(), run: echo no }
      - { id: cancelled, if: cancelled(), run: 'echo "\${{ job.status }} \${{ steps.work.outputs.known }}"' }
      - { id: always, if: always(), run: echo yes }
  later: { runs-on: x, needs: a, steps: [ { run: echo no } ] }
  cleanup: { runs-on: x, needs: a, if: always(), steps: [ { id: s, run: 'echo "\${{ needs.a.result }}"' } ] }
`
const READY =
  "require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'known=run-7\\n'); require('fs').appendFileSync(process.env.GITHUB_STATE, 's=saved\\n'); console.log('ready'); setInterval(() => {}, 1000);"
const signals = (...caught: string[]) =>
  caught.map((name) => `process.on('${name}', () => console.log('got ${name}'));`).join('')

describe('a cancelled run', () => {
  test('interrupts the node process, keeps what it wrote, and runs only what asked for it', async () => {
    const polite = `process.on('SIGINT', () => { console.log('got SIGINT'); process.exit(130) }); ${READY}`
    // It ends by itself: the next signal must not come first on a busy machine.
    const options = { ...cancelAt('ready'), timing: { ...timing, interrupt: 15_000 } }
    const result = await fixture.run(WORKFLOW, options, action(polite))
    expect(result.conclusion).toBe('cancelled')
    expect(job(result, 'a').steps.map(({ id, conclusion }) => `${id} ${conclusion}`)).toEqual([
      'work cancelled',
      'next skipped',
      'failed skipped',
      'cancelled success',
      'always success',
      'work success',
    ])
    expect(step(result, 'a', 'work').log).toContain('got SIGINT')
    expect(step(result, 'a', 'work').annotations.at(-1)?.message).toBe('The operation was canceled.')
    expect(step(result, 'a', 'cancelled').log.at(-1)).toBe('cancelled run-7')
    expect(job(result, 'a').steps.at(-1)?.log.at(-1)).toBe('post saved')
    expect(job(result, 'later').conclusion).toBe('cancelled')
    expect(step(result, 'cleanup', 's').log.at(-1)).toBe('cancelled')
  })

  test.each([
    [
      'SIGTERM',
      { ...timing, terminate: 15_000 },
      `${signals('SIGINT')}process.on('SIGTERM', () => { console.log('got SIGTERM'); process.exit(1) });`,
      ['got SIGINT', 'got SIGTERM'],
    ],
    [
      'SIGKILL',
      { ...timing, interrupt: 400, terminate: 400 },
      signals('SIGINT', 'SIGTERM'),
      ['got SIGINT', 'got SIGTERM'],
    ],
  ])('goes on to %s for a process that does not listen', async (_, shortened, body, lines) => {
    const options = { ...cancelAt('ready'), timing: shortened }
    const result = await fixture.run(WORKFLOW, options, action(body + READY))
    expect(step(result, 'a', 'work').log.filter((line) => line.startsWith('got'))).toEqual(lines)
    expect(step(result, 'a', 'work').conclusion).toBe('cancelled')
  })

  test('signals that process only, and ends what it leaves behind when the job ends', async () => {
    const body = `
const { spawn } = require('child_process')
const child = spawn(process.execPath, ['-e', "process.on('SIGINT', () => console.log('child got SIGINT')); console.log('child ' + process.pid); setInterval(() => {}, 1000)"], { stdio: 'inherit' })
process.on('SIGINT', () => process.exit(130))
setInterval(() => {}, 1000)
`
    const seen: string[] = []
    const controller = new AbortController()
    const onEvent = (event: RunEvent) => {
      if (event.type !== 'line') return
      seen.push(event.text)
      if (/^child \d+$/.test(event.text)) controller.abort()
    }
    const result = await fixture.run(WORKFLOW, { signal: controller.signal, onEvent, timing }, action(body))
    expect(step(result, 'a', 'work').conclusion).toBe('cancelled')
    expect(seen).not.toContain('child got SIGINT')
    const pid = Number(seen.find((line) => /^child \d+$/.test(line))?.slice(6))
    if (process.platform === 'linux') await expect(gone(pid)).resolves.toBe(true)
    else process.kill(pid, 'SIGKILL')
  })

  test('lets a step finish whose condition still holds', async () => {
    const result = await fixture.run(
      `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - id: sure
        if: always()
        run: ${WORK}
      - { id: next, run: echo no }
`,
      cancelAt('ready'),
    )
    expect(step(result, 'a', 'sure')).toMatchObject({ conclusion: 'success' })
    expect(step(result, 'a', 'sure').log.slice(-2)).toEqual(['ready', 'finished'])
    expect(step(result, 'a', 'next').conclusion).toBe('skipped')
    expect(job(result, 'a').conclusion).toBe('cancelled')
  })

  test('goes on with a job whose `if` still holds', async () => {
    const result = await fixture.run(
      `on: push\njobs:\n  a:\n    if: always()\n    runs-on: x\n    steps:\n      - id: s\n        run: ${WORK}\n`,
      cancelAt('ready'),
    )
    expect(job(result, 'a').conclusion).toBe('success')
    expect(step(result, 'a', 's').log.slice(-2)).toEqual(['ready', 'finished'])
    expect(result.conclusion).toBe('cancelled')
  })

  test('ends a cleanup that takes too long', async () => {
    const result = await fixture.run(
      "on: push\njobs:\n  a: { runs-on: x, steps: [ { id: w, run: 'echo ready; sleep 30' }, { id: c, if: always(), run: sleep 30 } ] }\n",
      { ...cancelAt('ready'), timing: { ...timing, jobCancel: 600 } },
    )
    expect(job(result, 'a').steps.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled'])
  })

  test('reaches the jobs of called workflows', async () => {
    const result = await fixture.run(
      'on: push\njobs:\n  call: { uses: ./.github/workflows/c.yml }\n',
      cancelAt('ready'),
      {
        '.github/workflows/c.yml':
          "on: workflow_call\njobs:\n  j: { runs-on: x, steps: [ { id: s, run: 'echo ready; sleep 30' } ] }\n",
      },
    )
    expect(step(result, 'call/j', 's').conclusion).toBe('cancelled')
    expect(job(result, 'call').conclusion).toBe('cancelled')
  })
})

describe('a time limit', () => {
  test('of a step fails it by the same signals', async () => {
    const result = await fixture.run(
      `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { id: s, name: slow, timeout-minutes: "\${{ fromJSON('1') }}", run: exec sleep 30 }
      - { id: f, if: failure(), run: echo yes }
`,
      { timing },
    )
    expect(step(result, 'a', 's')).toMatchObject({
      conclusion: 'failure',
      annotations: [{ message: "The action 'slow' has timed out after 1 minutes." }],
    })
    expect(step(result, 'a', 'f').conclusion).toBe('success')
  })

  test('of a job cancels it', async () => {
    const result = await fixture.run(
      'on: push\njobs:\n  a: { runs-on: x, timeout-minutes: 1, steps: [ { id: s, run: exec sleep 30 }, { id: c, if: cancelled(), run: "true" } ] }\n',
      { timing },
    )
    expect(job(result, 'a').conclusion).toBe('cancelled')
    expect(job(result, 'a').annotations[0]?.message).toBe(
      'The job has exceeded the maximum execution time of 1 minutes.',
    )
    expect(step(result, 'a', 'c').conclusion).toBe('success')
  })
})

// Ended, or dead and not yet collected by whoever inherited it.
async function gone(pid: number): Promise<boolean> {
  for (let turn = 0; turn < 1000; turn++) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
    if (stat.includes(') Z')) return true
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return false
}
