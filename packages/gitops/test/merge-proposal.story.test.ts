import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { World } from '@mlops-actions/diagnostics'
import type { MergeMethod, PullRequest } from '@mlops-actions/github'
import {
  approvePull,
  closePull,
  commitFiles,
  headOf,
  reportCheck,
  runMergeQueue,
} from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import { assertMerged, awaitMerge, evaluateMerge, planMerge, startMerge } from '../src/index.ts'
import { createWorld, FILE, request, service } from './fixture.ts'
import { byRun, type ProposalFixture, proposalOf, startProposalFixture } from './proposal-fixture.ts'

const ON = 'acme/gitops#1'

let fixture: ProposalFixture

beforeEach(async () => {
  fixture = await startProposalFixture()
})
afterEach(() => fixture.close())

const main = async () => (await headOf(fixture.repository, 'main')) ?? ''

async function propose(asked = request('registry.example/churn:v2')) {
  const { commit, message = '' } = await fixture.propose(asked)
  return { commit, message }
}

async function start(method: MergeMethod, asked?: Parameters<typeof propose>[0]) {
  const { commit, message } = await propose(asked)
  const wish = { method, message, head: commit }
  return { commit, started: await startMerge(createWorld(), fixture.base, 1, wish) }
}

const check = (sha: string, result: string) =>
  reportCheck(fixture.github.state, fixture.repository, { sha, context: 'ci', result })

describe('a merge is started', () => {
  test.each<MergeMethod>(['MERGE', 'SQUASH', 'REBASE'])(
    'and done, by %s, where the base asks for nothing, with the trailers of the commit',
    async (method) => {
      const { started } = await start(method)
      expect(started).toEqual({ status: 'merged', commit: await main() })
      const said = await fixture.git('log', '--format=%B', 'main')
      expect(said).toContain('Mlops-Image: registry.example/churn:v2')
      await assertMerged(
        createWorld(),
        fixture.base,
        proposalOf(request('registry.example/churn:v2')),
        await main(),
      )
    },
  )

  test('and left to GitHub, where a check has not ended', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const before = await main()
    const { started, commit } = await start('SQUASH')
    expect(started).toEqual({ status: 'armed' })
    expect(await main()).toBe(before)
    await check(commit, 'success')
    expect(await fixture.git('log', '-1', '--format=%B', 'main')).toContain('Mlops-Change-Id: ')
  })

  test('through the queue, where the base has one', async () => {
    fixture.repository.mergeRules.set('main', { mergeQueue: true })
    const { started } = await start('SQUASH')
    expect(started).toEqual({ status: 'armed' })
    expect(fixture.pull()).toMatchObject({ isQueued: true })
  })

  test('once, though the answer was lost', async () => {
    const match = ({ body }: { body: Buffer }) => body.includes('mergePullRequest(input')
    fixture.github.faults.push({ match, times: 1, respond: 'reset-after' })
    const { started } = await start('SQUASH')
    expect(started).toEqual({ status: 'merged', commit: await main() })
    expect(await fixture.git('rev-list', '--count', 'main')).toBe('2')
  })

  test('again, when the check ended between the look and the request', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const { commit, message } = await propose()
    const match = ({ body }: { body: Buffer }) => {
      if (!body.includes('enablePullRequestAutoMerge')) return false
      fixture.repository.mergeRules.delete('main')
      return false
    }
    fixture.github.faults.push({ match, times: 1, respond: 'reset' })
    const wish = { method: 'SQUASH', message, head: commit } as const
    expect(await startMerge(createWorld(), fixture.base, 1, wish)).toEqual({
      status: 'merged',
      commit: await main(),
    })
  })

  test('of what a next version replaces no more, nor with its words', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    await start('SQUASH', byRun('v2', '100'))
    const { commit } = await start('SQUASH', byRun('v3', '101'))
    await check(commit, 'success')
    expect(await fixture.git('log', '-1', '--format=%B', 'main')).toContain('Mlops-Run-Id: 101')
  })

  test('is refused in words where the repository has no auto-merge, a conflict, or another method', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    fixture.repository.allowsAutoMerge = false
    await expect(start('SQUASH')).rejects.toMatchObject({ code: 'GITOPS_AUTO_MERGE_OFF', kind: 'config' })
    fixture.repository.mergeRules.clear()
    fixture.repository.mergeMethods = ['MERGE']
    await expect(start('SQUASH')).rejects.toThrow('Squash merges are not allowed')
  })
})

describe('what GitHub would take now', () => {
  const cases: [mergeState: PullRequest['mergeState'], hasQueue: boolean, plan: string][] = [
    ['CLEAN', false, 'merge'],
    ['HAS_HOOKS', false, 'merge'],
    ['UNSTABLE', false, 'merge'],
    ['BLOCKED', false, 'arm'],
    ['BEHIND', false, 'arm'],
    ['DRAFT', false, 'arm'],
    ['UNKNOWN', false, 'look'],
    ['CLEAN', true, 'queue'],
    ['BLOCKED', true, 'arm'],
  ]
  test.each(cases)('of %s (queue: %s): %s', (mergeState, hasQueue, plan) => {
    expect(planMerge(ON, { mergeState, hasQueue, state: 'OPEN' })).toBe(plan)
  })

  test('nothing of a conflict', () => {
    const stands = { mergeState: 'DIRTY', hasQueue: false, state: 'OPEN' } as const
    expect(() => planMerge(ON, stands)).toThrow('conflicts with what its base has by now')
  })
})

/** A world in which something happens at each pause, and hours cost nothing. */
function worldWhere(...events: (() => Promise<unknown>)[]): World {
  const world = testWorld()
  return {
    ...world,
    sleep: async (ms) => {
      await events.shift()?.()
      await world.sleep(ms)
    },
  }
}

describe('the wait for a merge', () => {
  const wait = (world: World, commit: string, isArmed = true) =>
    awaitMerge(world, fixture.base, 1, { on: ON, commit, isArmed, timeout: 600_000 })

  test('ends with the commit on the base, which has what was proposed', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const { commit } = await start('SQUASH')
    const nothing = async () => {}
    const merged = await wait(
      worldWhere(nothing, () => check(commit, 'success')),
      commit,
    )
    expect(merged).toBe(await main())
    expect(merged).not.toBe(commit)
    await assertMerged(createWorld(), fixture.base, proposalOf(request('registry.example/churn:v2')), merged)
  })

  test('goes on through the queue', async () => {
    fixture.repository.mergeRules.set('main', { mergeQueue: true, requiredReviews: 1 })
    const { commit } = await start('MERGE')
    const world = worldWhere(
      () => approvePull(fixture.github.state, fixture.repository, fixture.pull()),
      () => runMergeQueue(fixture.repository, 'main'),
    )
    expect(await wait(world, commit)).toBe(await main())
  })

  const ends: [what: string, event: (commit: string) => Promise<unknown>, code: string][] = [
    ['closed', () => closePull(fixture.repository, fixture.pull()), 'GITOPS_PR_CLOSED'],
    ['a required check failed', (commit) => check(commit, 'failure'), 'GITOPS_REQUIRED_CHECK_FAILED'],
    [
      'auto-merge was switched off',
      async () => Object.assign(fixture.pull(), { autoMerge: undefined }),
      'GITOPS_DISARMED',
    ],
    [
      'it conflicts by now',
      () =>
        commitFiles(fixture.github.state, fixture.repository, {
          files: { [FILE]: service('churn', { image: 'registry.example/churn:v9' }) },
          message: 'Another writer',
        }),
      'GITOPS_PR_CONFLICT',
    ],
    ['another version took its place', () => propose(byRun('v3', '101')), 'GITOPS_SUPERSEDED'],
  ]
  test.each(ends)('ends at once when %s', async (_what, event, code) => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const { commit } = await start('SQUASH')
    await expect(
      wait(
        worldWhere(() => event(commit)),
        commit,
      ),
    ).rejects.toMatchObject({ code })
  })

  test('ends when the queue puts it out', async () => {
    fixture.repository.mergeRules.set('main', { mergeQueue: true })
    const { commit } = await start('SQUASH')
    const out = async () => Object.assign(fixture.pull(), { isQueued: false })
    await expect(wait(worldWhere(out), commit)).rejects.toMatchObject({ code: 'GITOPS_DISARMED' })
  })

  test('for people ends with its time, and says what it waited for', async () => {
    const { commit } = await propose()
    await expect(wait(worldWhere(), commit, false)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('nobody has merged it yet'),
    })
  })

  test('proves what was merged', async () => {
    await propose()
    const before = await main()
    const wanted = proposalOf(request('registry.example/churn:v2'))
    await expect(assertMerged(createWorld(), fixture.base, wanted, before)).rejects.toMatchObject({
      code: 'GITOPS_MERGED_OTHERWISE',
    })
  })
})

test('a pull request that GitHub is about to merge is still waited for', () => {
  const commit = 'a'.repeat(40)
  const pullRequest: PullRequest = {
    id: 'PR_1',
    number: 1,
    url: '',
    title: '',
    body: '',
    state: 'MERGED',
    isFromFork: false,
    head: commit,
    commits: [commit],
    mergeState: 'UNKNOWN',
    mergeCommit: undefined,
    isAutoMerging: false,
    hasQueue: false,
    isQueued: false,
    labels: [],
    checks: [],
  }
  const awaited = { on: ON, commit, isArmed: true }
  expect(evaluateMerge(pullRequest, awaited)).toMatchObject({ status: 'pending' })
  const checks = [{ name: 'ci', isRequired: true, outcome: 'pending' }] as const
  expect(evaluateMerge({ ...pullRequest, state: 'OPEN', checks, isAutoMerging: true }, awaited)).toEqual({
    status: 'pending',
    reason: 'the check ci has not ended',
  })
})
