import { writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type ConcurrencyGroups, createConcurrencyGroups, type RunEvent } from '../src/index.ts'
import { createFixture, job, step } from './fixture.ts'

const fixture = createFixture()
afterAll(fixture.remove)

const jobs = (yaml: string) => `on: push\njobs:\n${yaml}`
const simple = (id: string, more: string, run = 'echo ok') =>
  `  ${id}: { runs-on: x, ${more} steps: [ { id: s, run: '${run}' } ] }\n`

describe('jobs', () => {
  test('wait for what they need and see its results and outputs', async () => {
    const result = await fixture.run(
      jobs(`
  b:
    needs: a
    runs-on: \${{ fromJSON('["self-hosted","gpu"]') }}
    steps: [ { id: s, run: 'echo "\${{ needs.a.outputs.o }} \${{ needs.a.result }} \${{ toJSON(needs) != ''{}'' }}"' } ]
  a:
    runs-on: x
    outputs: { o: "\${{ steps.s.outputs.v }}!", empty: "\${{ steps.s.outputs.none }}" }
    steps: [ { id: s, run: 'echo v=1 >> "$GITHUB_OUTPUT"' } ]
`),
    )
    expect(result.jobs.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(job(result, 'a').outputs).toEqual({ o: '1!' })
    expect(step(result, 'b', 's').log.at(-1)).toBe('1! success true')
    expect(job(result, 'b').runsOn).toEqual(['self-hosted', 'gpu'])
  })

  test('fail when an output or the URL of their environment cannot be evaluated', async () => {
    const broken = '${{ fromJSON(steps.s.outputs.none) }}'
    const result = await fixture.run(
      jobs(`
  output: { runs-on: x, outputs: { o: "${broken}" }, steps: [ { id: s, run: 'true' } ] }
  url: { runs-on: x, environment: { name: prod, url: "${broken}" }, steps: [ { id: s, run: 'true' } ] }
  after: { needs: [output, url], runs-on: x, steps: [ { run: 'true' } ] }
`),
    )
    const conclusions = Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]))
    expect(conclusions).toEqual({ output: 'failure', url: 'failure', after: 'skipped' })
    expect(job(result, 'output').annotations[0]?.message).toBe('Fail to evaluate job outputs')
    expect(job(result, 'url').annotations[0]?.message).toBe('Failed to evaluate environment url')
    expect(result.conclusion).toBe('failure')
  })

  test('drop the URL of their environment when it holds a masked value', async () => {
    const result = await fixture.run(
      jobs(`
  url:
    runs-on: x
    environment: { name: prod, url: "https://x/\${{ steps.s.outputs.path }}" }
    steps: [ { id: s, run: 'echo "::add-mask::sesame"; echo path=sesame >> "$GITHUB_OUTPUT"' } ]
`),
    )
    const { environment, annotations } = job(result, 'url')
    expect(environment).toEqual({ name: 'prod', url: '' })
    expect(annotations[0]?.message).toBe(
      "Skip setting environment url as environment 'prod' may contain secret.",
    )
  })

  test('are skipped after a failure or a skip anywhere before them, unless their `if` says otherwise', async () => {
    const result = await fixture.run(
      jobs(
        simple('bad', '', 'exit 1') +
          simple('skipped', 'needs: bad,') +
          simple('always', 'needs: bad, if: always(),') +
          simple('afterAlways', 'needs: always,') +
          simple('onFailure', 'needs: skipped, if: failure(),') +
          simple(
            'byResult',
            "needs: bad, if: \"!cancelled() && needs.bad.result == ''failure''\",".replaceAll("''", "'"),
          ) +
          simple('off', "if: github.ref == 'refs/heads/dev',"),
      ),
    )
    const conclusions = Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]))
    expect(conclusions).toEqual({
      bad: 'failure',
      skipped: 'skipped',
      always: 'success',
      afterAlways: 'skipped',
      onFailure: 'success',
      byResult: 'success',
      off: 'skipped',
    })
    expect(result.conclusion).toBe('failure')
  })

  test('that may fail do not fail the run or what needs them', async () => {
    const result = await fixture.run(
      jobs(simple('bad', 'continue-on-error: true,', 'exit 1') + simple('next', 'needs: bad,')),
    )
    expect(job(result, 'bad').conclusion).toBe('failure')
    expect(job(result, 'next').conclusion).toBe('success')
    expect(result.conclusion).toBe('success')
  })

  test('lose an output that holds a masked value, with a warning', async () => {
    const result = await fixture.run(
      jobs(`
  a:
    runs-on: x
    outputs: { bad: "x\${{ steps.s.outputs.v }}", good: fine }
    steps: [ { id: s, run: 'echo "v=$S" >> "$GITHUB_OUTPUT"', env: { S: "\${{ secrets.S }}" } } ]
`),
      { secrets: { S: 'sesame' } },
    )
    expect(job(result, 'a').outputs).toEqual({ good: 'fine' })
    expect(job(result, 'a').annotations).toEqual([
      { level: 'warning', message: "Skip output 'bad' since it may contain secret." },
    ])
  })

  test('of a matrix run once for each combination and stop with the first failure unless told not to', async () => {
    const matrix = (failFast: boolean) =>
      jobs(`
  m:
    name: "m \${{ matrix.n }}"
    runs-on: x
    strategy: { fail-fast: ${failFast}, max-parallel: 1, matrix: { n: "\${{ fromJSON('[1,2,3]') }}", include: [ { n: 2, extra: e } ] } }
    outputs: { last: "\${{ matrix.n }}" }
    steps: [ { id: s, run: 'echo "\${{ matrix.extra }} \${{ strategy.job-index }}/\${{ strategy.job-total }}"; test "\${{ matrix.n }}" != 1' } ]
  after: { needs: m, if: always(), runs-on: x, steps: [ { id: s, run: 'echo "\${{ needs.m.result }} \${{ needs.m.outputs.last }}"' } ] }
`)
    const fast = await fixture.run(matrix(true))
    expect(fast.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'm 1: failure',
      'm 2: cancelled',
      'm 3: cancelled',
      'after: success',
    ])
    const slow = await fixture.run(matrix(false))
    expect(slow.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'm 1: failure',
      'm 2: success',
      'm 3: success',
      'after: success',
    ])
    expect(slow.jobs[1]?.steps[0]?.log.at(-1)).toBe('e 1/3')
    expect(step(slow, 'after', 's').log.at(-1)).toBe('failure 3')
  })

  test('run at most as many at once as allowed', async () => {
    const events: string[] = []
    const onEvent = (event: RunEvent) => {
      if (event.type === 'step-started') events.push('start')
      if (event.type === 'step-finished') events.push('end')
    }
    await fixture.run(jobs(['a', 'b', 'c'].map((id) => simple(id, '')).join('')), {
      parallelJobs: 1,
      onEvent,
    })
    expect(events).toEqual(['start', 'end', 'start', 'end', 'start', 'end'])
  })

  test('with an environment wait for its approval, have its secrets and name its address', async () => {
    const yaml = jobs(`
  deploy:
    runs-on: x
    environment: { name: "\${{ vars.TARGET }}", url: "https://x.test/\${{ steps.s.outputs.v }}" }
    steps: [ { id: s, run: 'echo "v=$V" >> "$GITHUB_OUTPUT"; echo "\${{ secrets.KEY }}" | tr s S', env: { V: "\${{ vars.PLACE }}" } } ]
`)
    const given = {
      vars: { TARGET: 'prod', PLACE: 'repository' },
      secrets: { KEY: 'repository' },
      environments: { prod: { secrets: { KEY: 'sesame' }, vars: { PLACE: 'there' } } },
    }
    const asked: unknown[] = []
    const approved = await fixture.run(yaml, {
      ...given,
      approveEnvironment: async (request) => {
        asked.push(request)
        return 'approved'
      },
    })
    expect(asked).toEqual([{ environment: 'prod', job: 'deploy' }])
    expect(job(approved, 'deploy').environment).toEqual({ name: 'prod', url: 'https://x.test/there' })
    expect(step(approved, 'deploy', 's').log.at(-1)).toBe('SeSame')
    const rejected = await fixture.run(yaml, { ...given, approveEnvironment: async () => 'rejected' })
    expect(job(rejected, 'deploy')).toMatchObject({ conclusion: 'failure', steps: [] })
    expect(rejected.annotations[0]?.message).toContain('The deployment to prod was rejected')
  })

  test('tell what the file they stand in is, and who and what started the run', async () => {
    const result = await fixture.run(
      jobs(
        simple(
          'a',
          '',
          'echo "${{ job.workflow_repository }} ${{ job.workflow_file_path }} ${{ github.actor }} ${{ github.event.repository.default_branch }} ${{ github.ref_name }} ${{ runner.os }}"; cat "$GITHUB_EVENT_PATH"',
        ),
      ),
      { actor: 'ann', event: { name: 'push', payload: { after: 'x' } } },
    )
    const [line, event] = step(result, 'a', 's').log.slice(-2)
    expect(line).toMatch(/^octo\/churn \.github\/workflows\/main\.yml ann main main (Linux|macOS)$/)
    expect(JSON.parse(event ?? '')).toMatchObject({
      after: 'x',
      repository: { full_name: 'octo/churn' },
      sender: { login: 'ann' },
    })
  })

  test('of a schedule have its line of cron for a payload, and nothing of the repository', async () => {
    const payload = { schedule: '0 2 * * *' }
    const result = await fixture.run(
      `on:\n  schedule: [{ cron: '0 2 * * *' }]\njobs:\n${simple('a', '', 'cat "$GITHUB_EVENT_PATH"')}`,
      { event: { name: 'schedule', payload } },
    )
    expect(JSON.parse(step(result, 'a', 's').log.at(-1) ?? '')).toEqual(payload)
  })

  test('report what happens while it happens', async () => {
    const types: string[] = []
    await fixture.run(jobs(simple('a', '', 'echo "::notice::n"; echo hi >> "$GITHUB_STEP_SUMMARY"')), {
      onEvent: ({ type }) => types.push(type),
    })
    expect([...new Set(types)]).toEqual([
      'run-started',
      'job-started',
      'step-started',
      'line',
      'annotation',
      'summary',
      'step-finished',
      'job-finished',
      'run-finished',
    ])
  })
})

describe('events', () => {
  test('a repository_dispatch brings its payload', async () => {
    const yaml = `
on: { repository_dispatch: { types: [drift] } }
jobs:
  a: { runs-on: x, steps: [ { id: s, run: 'echo "\${{ github.event.action }} \${{ github.event.client_payload.model }}"' } ] }
`
    const payload = { action: 'drift', client_payload: { model: 'churn' } }
    const result = await fixture.run(yaml, { event: { name: 'repository_dispatch', payload } })
    expect(step(result, 'a', 's').log.at(-1)).toBe('drift churn')
    await expect(fixture.run(yaml, { event: { name: 'push' } })).rejects.toThrow(
      'push: it runs on repository_dispatch',
    )
  })

  test('a workflow_dispatch types its inputs', async () => {
    const yaml = `
on:
  workflow_dispatch:
    inputs:
      force: { type: boolean, default: false }
      rows: { type: number }
      where: { type: choice, options: [dev, prod], required: true }
jobs:
  a:
    runs-on: x
    steps: [ { id: s, run: 'echo "\${{ inputs.force == true }} \${{ inputs.rows + 0 }} \${{ github.event.inputs.force == ''true'' }} \${{ inputs.where }}"' } ]
`.replace('inputs.rows + 0', 'inputs.rows > 5')
    const event = { name: 'workflow_dispatch' }
    const result = await fixture.run(yaml, { event, inputs: { force: 'true', rows: '7', where: 'prod' } })
    expect(step(result, 'a', 's').log.at(-1)).toBe('true true true prod')
    await expect(
      fixture.run(yaml, { event, inputs: { force: 'yes', rows: 'x', where: 'moon', more: '1' } }),
    ).rejects.toThrow(
      "Unexpected inputs provided: more; Input 'force' is a boolean, got 'yes'; Input 'rows' is a number, got 'x'; Provided value 'moon' for input 'where' not in the list of allowed values",
    )
    await expect(fixture.run(yaml, { event })).rejects.toThrow("Required input 'where' not provided")
  })

  test('a trigger with paths asks git what changed', async () => {
    const yaml =
      'on: { push: { paths: ["src/**"] } }\njobs:\n  a: { runs-on: x, steps: [ { run: "true" } ] }\n'
    await expect(fixture.run(yaml)).rejects.toThrow('neither changedFiles nor before and after')
    await expect(fixture.run(yaml, { event: { name: 'push', changedFiles: ['README.md'] } })).rejects.toThrow(
      'README.md',
    )
    expect((await fixture.run(yaml, { event: { name: 'push', changedFiles: ['src/a'] } })).conclusion).toBe(
      'success',
    )
  })
})

describe('concurrency', () => {
  const held = (group: string, more = '') =>
    jobs(
      `  a: { runs-on: x, concurrency: { group: "${group}"${more} }, steps: [ { id: s, run: 'until [ -e "$MARK" ]; do sleep 0.02; done', env: { MARK: "\${{ vars.MARK }}" } } ] }\n`,
    )

  test('lets one in, one wait, and the newest replace the one that waits', async () => {
    const mark = `${fixture.directory}/mark-${crypto.randomUUID()}`
    const { groups, entered } = observed()
    const options = { concurrency: groups, vars: { MARK: mark } }
    const first = fixture.run(held('Deploy'), options)
    await entered(1)
    const second = fixture.run(held('deploy'), options)
    await entered(2)
    const third = fixture.run(held('deploy'), options)
    expect(await second).toMatchObject({
      conclusion: 'cancelled',
      annotations: [{ message: "Canceling since a higher priority waiting request for 'deploy' exists" }],
    })
    await writeFile(mark, '')
    expect((await first).conclusion).toBe('success')
    expect((await third).conclusion).toBe('success')
  })

  test('cancels what runs where the newcomer asks for it', async () => {
    const concurrency = createConcurrencyGroups()
    const started = Promise.withResolvers<void>()
    const onEvent = ({ type }: RunEvent) => {
      if (type === 'step-started') started.resolve()
    }
    const first = fixture.run(held('g'), {
      concurrency,
      vars: { MARK: '/nowhere/at/all' },
      onEvent,
      timing: { interrupt: 50, terminate: 50, drain: 50 },
    })
    await started.promise
    const second = await fixture.run(held('g', ', cancel-in-progress: true'), {
      concurrency,
      vars: { MARK: '/' },
    })
    expect(second.conclusion).toBe('success')
    expect((await first).conclusion).toBe('cancelled')
  })

  test('of a workflow and its own job is a deadlock that GitHub ends', async () => {
    const result = await fixture.run(`on: push\nconcurrency: x\njobs:\n${simple('a', 'concurrency: x,')}`)
    expect(result.conclusion).toBe('cancelled')
    expect(result.annotations[0]?.message).toContain("a deadlock for concurrency group 'x' was detected")
  })
})

/** Groups that tell when so many have asked to enter. */
function observed(): { groups: ConcurrencyGroups; entered: (count: number) => Promise<void> } {
  const real = createConcurrencyGroups()
  const arrivals = [1, 2, 3].map(() => Promise.withResolvers<void>())
  let count = 0
  const groups: ConcurrencyGroups = {
    enter(request, member) {
      const entry = real.enter(request, member)
      arrivals[count++]?.resolve()
      return entry
    },
    leave: real.leave,
  }
  return { groups, entered: async (wanted) => arrivals[wanted - 1]?.promise }
}
