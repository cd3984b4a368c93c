import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closePull, commitFiles, headOf, mergePull, readFileAt } from '@mlops-actions/sandbox/github'
import { createWorld, FILE, request, service } from './fixture.ts'
import { byRun, HEAD, type ProposalFixture, startProposalFixture } from './proposal-fixture.ts'

let fixture: ProposalFixture

beforeEach(async () => {
  fixture = await startProposalFixture()
})
afterEach(() => fixture.close())

const main = async () => (await headOf(fixture.repository, 'main')) ?? ''
const head = async () => (await headOf(fixture.repository, HEAD)) ?? ''
const elsewhere = (files: Record<string, string>) =>
  commitFiles(fixture.github.state, fixture.repository, { files, message: 'Another writer' })

/** What GitHub's button does: a merge of the base into the branch. */
async function updateBranch(): Promise<void> {
  const tree = await fixture.git('merge-tree', '--write-tree', HEAD, 'main')
  const merge = await fixture.git('commit-tree', tree, '-p', HEAD, '-p', 'main', '-m', 'Merge main')
  await fixture.git('update-ref', `refs/heads/${HEAD}`, merge)
}

describe('a proposal', () => {
  test('is one commit on the newest base, in a pull request, and nothing on the base', async () => {
    const before = await main()
    const wish = { labels: ['deployment'], reviewers: ['ann'], teamReviewers: ['platform'] }
    const proposed = await fixture.propose(request('registry.example/churn:v2'), wish)
    expect(proposed).toMatchObject({ does: 'write', changed: true, attempts: 1, commit: await head() })
    expect(await main()).toBe(before)
    expect(await fixture.ahead()).toEqual([proposed.commit])
    expect(await fixture.git('rev-parse', `${HEAD}^`)).toBe(before)
    expect(await readFileAt(fixture.repository, await head(), FILE)).toBe(
      service('churn', { image: 'registry.example/churn:v2' }),
    )
    expect(proposed.pullRequest).toMatchObject({ number: 1, title: 'Deploy churn: image', state: 'OPEN' })
    expect(fixture.pull()).toMatchObject({
      labels: new Set(['deployment']),
      reviewers: new Set(['ann']),
      teamReviewers: new Set(['platform']),
      body: expect.stringContaining('+        image: registry.example/churn:v2'),
    })
  })

  test('made again changes nothing, and asks nobody again', async () => {
    const asked = request('registry.example/churn:v2')
    const wish = { labels: ['deployment'], reviewers: ['ann'] }
    const first = await fixture.propose(asked, wish)
    const writes = fixture.github.requests.filter(
      ({ method, path }) => method === 'POST' && !/graphql/.test(path),
    )
    const again = await fixture.propose(request('registry.example/churn:v2'), wish)
    expect(again).toMatchObject({ does: 'leave', changed: false, commit: first.commit })
    expect(again.pullRequest?.number).toBe(1)
    expect(fixture.repository.pulls).toHaveLength(1)
    expect(
      fixture.github.requests.filter(({ method, path }) => method === 'POST' && !/graphql/.test(path)),
    ).toEqual(writes)
  })

  test('asks whom it was told to ask besides the code owners whom GitHub has asked', async () => {
    fixture.repository.codeOwners = ['ann']
    const wish = { reviewers: ['Ann', 'bob'], teamReviewers: ['platform'] }
    await fixture.propose(byRun('v2', '100'), wish)
    expect(fixture.pull()).toMatchObject({
      reviewers: new Set(['ann', 'bob']),
      teamReviewers: new Set(['platform']),
    })
  })

  test('asks nobody again who has given a review, and somebody new', async () => {
    await fixture.propose(byRun('v2', '100'), { reviewers: ['bob'], teamReviewers: ['platform'] })
    const { reviewers, teamReviewers } = fixture.pull()
    reviewers.clear()
    teamReviewers.clear()
    await fixture.propose(byRun('v2', '100'), { reviewers: ['bob', 'eve'], teamReviewers: ['platform'] })
    expect(fixture.pull()).toMatchObject({ reviewers: new Set(['eve']), teamReviewers: new Set() })
  })

  test('of the next version takes the place of the last one, on the base as it is then', async () => {
    await fixture.propose(byRun('v2', '100'))
    const moved = await elsewhere({ 'other.yaml': 'x: 1\n' })
    const next = await fixture.propose(byRun('v3', '101'))
    expect(next).toMatchObject({ does: 'write', changed: true })
    expect(await fixture.ahead()).toEqual([next.commit])
    expect(await fixture.git('rev-parse', `${HEAD}^`)).toBe(moved)
    expect(fixture.repository.pulls).toHaveLength(1)
    expect(fixture.pull().body).toContain('churn:v3')
    expect(await fixture.git('log', '-1', '--format=%B', HEAD)).toContain(
      'Mlops-Previous-Image: registry.example/churn:v1',
    )
  })

  test('that conflicts with the base by now is made anew', async () => {
    await fixture.propose(byRun('v2', '100'))
    await elsewhere({ [FILE]: service('churn', { image: 'registry.example/churn:v1b' }) })
    expect(await fixture.propose(byRun('v2', '100'))).toMatchObject({
      does: 'write',
      pullRequest: { number: 1, mergeState: 'CLEAN' },
    })
  })

  test('is taken back when the base has what was last wished for', async () => {
    await fixture.propose(byRun('v2', '100'))
    await elsewhere({ [FILE]: service('churn', { image: 'registry.example/churn:v3' }) })
    const proposed = await fixture.propose(byRun('v3', '101'))
    expect(proposed).toMatchObject({ does: 'close', changed: false, commit: await main() })
    expect(fixture.pull()).toMatchObject({ state: 'CLOSED' })
  })

  test('of what the base has opens nothing', async () => {
    const proposed = await fixture.propose(request('registry.example/churn:v1'))
    expect(proposed).toMatchObject({ does: 'nothing', changed: false, commit: await main() })
    expect(fixture.repository.pulls).toEqual([])
  })

  test('by an older run takes the place of no newer one', async () => {
    await fixture.propose(byRun('v3', '200'))
    await expect(fixture.propose(byRun('v2', '100'))).rejects.toMatchObject({
      code: 'GITOPS_NEWER_DEPLOYMENT',
    })
    expect(fixture.pull().body).toContain('churn:v3')
  })

  test('by an older run takes the place of no newer one from another repository', async () => {
    const newer = request('registry.example/churn-gpu:v3', { allowRepositoryChange: true })
    const run = { ...newer.order.run, runId: '200' }
    await fixture.propose({ ...newer, order: { ...newer.order, run } })
    await expect(fixture.propose(byRun('v2', '100'))).rejects.toMatchObject({
      code: 'GITOPS_NEWER_DEPLOYMENT',
    })
    expect(fixture.pull().body).toContain('churn-gpu:v3')
  })

  test('by an older run of what the base has closes no newer one', async () => {
    await fixture.propose(byRun('v3', '200'))
    expect(await fixture.propose(byRun('v1', '100'))).toMatchObject({ does: 'nothing' })
    expect(fixture.pull()).toMatchObject({ state: 'OPEN' })
  })

  test('that a person has closed is not proposed again while its branch stands, but another version is', async () => {
    await fixture.propose(byRun('v2', '100'))
    await closePull(fixture.repository, fixture.pull(), 'ann')
    await expect(fixture.propose(byRun('v2', '101'))).rejects.toMatchObject({
      kind: 'policy',
      code: 'GITOPS_PR_DECLINED',
      details: { seen: expect.stringMatching(/pull\/1 proposed the same and was closed by ann$/) },
    })
    expect(fixture.repository.pulls).toHaveLength(1)
    const next = await fixture.propose(byRun('v3', '102'))
    expect(next).toMatchObject({ does: 'write', pullRequest: { number: 2 } })
  })

  test('that a person has closed is proposed anew where its branch is gone', async () => {
    await fixture.propose(byRun('v2', '100'))
    await closePull(fixture.repository, fixture.pull(), 'ann')
    await fixture.git('update-ref', '-d', `refs/heads/${HEAD}`)
    const again = await fixture.propose(byRun('v2', '101'))
    expect(again).toMatchObject({ does: 'write', pullRequest: { number: 2 } })
  })

  test('that this step has closed itself is proposed anew when the base has lost the value', async () => {
    const deploy = (version: string) =>
      elsewhere({ [FILE]: service('churn', { image: `registry.example/churn:${version}` }) })
    await fixture.propose(byRun('v2', '100'))
    await deploy('v3')
    expect(await fixture.propose(byRun('v3', '101'))).toMatchObject({ does: 'close' })
    await deploy('v1')
    const again = await fixture.propose(byRun('v2', '102'))
    expect(again).toMatchObject({ does: 'write', pullRequest: { number: 2 } })
  })

  test('that a person has closed as whom the step runs is no less of a no', async () => {
    await fixture.propose(byRun('v2', '100'))
    await closePull(fixture.repository, fixture.pull(), fixture.pull().author)
    await expect(fixture.propose(byRun('v2', '101'))).rejects.toMatchObject({ code: 'GITOPS_PR_DECLINED' })
  })

  test('of a fork from a branch of the same name hides no no, and is none', async () => {
    await fixture.propose(byRun('v2', '100'))
    await closePull(fixture.repository, fixture.pull(), 'ann')
    fixture.repository.pulls.push(
      ...[2, 3].map((number) => ({ ...fixture.pull(), number, id: `fork-${number}`, isFromFork: true })),
    )
    await expect(fixture.propose(byRun('v2', '101'))).rejects.toMatchObject({ code: 'GITOPS_PR_DECLINED' })
    fixture.repository.pulls.splice(0, 1, { ...fixture.pull(), closedBy: undefined, state: 'MERGED' })
    const proposed = await fixture.propose(byRun('v2', '102'))
    expect(proposed).toMatchObject({ does: 'write', pullRequest: { number: 4 } })
  })

  test('does not mistake the pull request of a fork for its own', async () => {
    await fixture.propose(byRun('v2', '100'))
    Object.assign(fixture.pull(), { isFromFork: true })
    // GitHub would let both be open; here the fork's stands in the way, which is enough to tell that it is not taken.
    await expect(fixture.propose(byRun('v3', '101'))).rejects.toThrow('already exists')
  })
})

describe('a pull request that ends between the look and the move', () => {
  const merge = () => {
    const order = { method: 'MERGE', headline: undefined, body: undefined } as const
    return mergePull(fixture.github.state, fixture.repository, fixture.pull(), order)
  }

  test('by a merge of the last version gives way to another one for the next version, on the newest base', async () => {
    await fixture.propose(byRun('v2', '100'))
    const proposed = await fixture.propose(byRun('v3', '101'), { check: once(merge) })
    expect(proposed).toMatchObject({
      does: 'write',
      changed: true,
      pullRequest: { number: 2, state: 'OPEN' },
    })
    expect(await fixture.git('rev-parse', `${HEAD}^`)).toBe(await main())
    expect(fixture.pull(1)).toMatchObject({ state: 'MERGED', body: expect.stringContaining('churn:v2') })
    expect(fixture.pull(2).body).toContain('churn:v3')
  })

  test('by a merge that takes the branch along gives way to another one as well', async () => {
    fixture.repository.deletesMergedBranches = true
    await fixture.propose(byRun('v2', '100'))
    const proposed = await fixture.propose(byRun('v3', '101'), { check: once(merge) })
    expect(proposed).toMatchObject({
      does: 'write',
      changed: true,
      pullRequest: { number: 2, state: 'OPEN' },
    })
  })

  test('by a person who closes it gives way to another one', async () => {
    await fixture.propose(byRun('v2', '100'))
    const close = once(() => closePull(fixture.repository, fixture.pull()))
    const proposed = await fixture.propose(byRun('v3', '101'), { check: close })
    expect(proposed).toMatchObject({ does: 'write', pullRequest: { number: 2, state: 'OPEN' } })
    expect(fixture.pull(1)).toMatchObject({ body: expect.stringContaining('churn:v2') })
  })

  test('by the merge of what is wished for is said to be merged', async () => {
    const { commit } = await fixture.propose(byRun('v2', '100'))
    const proposed = await fixture.propose(byRun('v2', '100'), { check: once(merge), labels: ['deployment'] })
    expect(proposed).toMatchObject({ changed: false, commit, pullRequest: { number: 1, state: 'MERGED' } })
  })
})

function once(act: () => Promise<void>): () => Promise<void> {
  let isDone = false
  return async () => {
    if (isDone) return
    isDone = true
    await act()
  }
}

describe('commits of others on the branch', () => {
  test('are not replaced', async () => {
    await fixture.propose(byRun('v2', '100'))
    const change = { files: { 'notes.md': 'by hand' }, message: 'A note' }
    const theirs = await commitFiles(fixture.github.state, fixture.repository, { ...change, branch: HEAD })
    await expect(fixture.propose(byRun('v3', '101'))).rejects.toMatchObject({
      code: 'GITOPS_FOREIGN_COMMITS',
      message: expect.stringMatching(`${theirs.slice(0, 12)} was not made by this step.*pull/1`),
    })
    expect(await head()).toBe(theirs)
    expect(await fixture.propose(byRun('v2', '101'))).toMatchObject({ does: 'leave', commit: theirs })
  })

  test('but for the merge that the button "Update branch" makes', async () => {
    await fixture.propose(byRun('v2', '100'))
    await elsewhere({ 'other.yaml': 'x: 1\n' })
    await updateBranch()
    const proposed = await fixture.propose(byRun('v3', '101'))
    expect(await fixture.ahead()).toEqual([proposed.commit])
  })
})

describe('a merge on the branch with contents of its own', () => {
  /** A merge of the base into the branch, with files as a person leaves them. */
  async function mergeByHand(files: Record<string, string>): Promise<string> {
    const change = { files, message: 'Merge main', branch: HEAD }
    const edited = await commitFiles(fixture.github.state, fixture.repository, change)
    const args = [`${edited}^{tree}`, '-p', `${edited}^`, '-p', 'main', '-m', 'Merge main']
    const merge = await fixture.git('commit-tree', ...args)
    await fixture.git('update-ref', `refs/heads/${HEAD}`, merge)
    return merge
  }

  test.each([
    [
      'the solution of a conflict',
      { [FILE]: service('churn', { image: 'registry.example/churn:v2-by-hand' }) },
    ],
    ['another file', { 'notes.md': 'by hand' }],
  ])('is not replaced: %s', async (_what, files) => {
    await fixture.propose(byRun('v2', '100'))
    await elsewhere({ [FILE]: service('churn', { image: 'registry.example/churn:v1b' }) })
    const merge = await mergeByHand(files)
    await expect(fixture.propose(byRun('v3', '101'))).rejects.toMatchObject({
      code: 'GITOPS_FOREIGN_COMMITS',
      message: expect.stringContaining(`the merge ${merge.slice(0, 12)} has contents of its own`),
    })
    expect(await head()).toBe(merge)
  })
})

const mutation = (name: string) => (request: { readonly path: string; readonly body: Buffer }) =>
  request.path.endsWith('/graphql') && request.body.includes(`${name}(input`)
const route = (end: string) => (request: { readonly path: string }) => request.path.endsWith(end)
const steps: [step: string, match: (request: { path: string; body: Buffer }) => boolean][] = [
  ['the blob', route('/git/blobs')],
  ['the commit', route('/git/commits')],
  ['the branch', mutation('updateRefs')],
  ['the pull request', mutation('createPullRequest')],
  ['a label', route('/labels')],
  ['a reviewer', route('/requested_reviewers')],
]

describe.each(['reset', 'reset-after'] as const)('when the connection dies (%s)', (respond) => {
  test.each(steps)('while %s is made, it is made once', async (_step, match) => {
    fixture.github.faults.push({ match, times: 1, respond })
    const wish = { labels: ['deployment'], reviewers: ['ann'] }
    const proposed = await fixture.propose(request('registry.example/churn:v2'), wish)
    expect(proposed).toMatchObject({ changed: true, commit: await head(), pullRequest: { number: 1 } })
    expect(await fixture.ahead()).toHaveLength(1)
    expect(fixture.repository.pulls).toHaveLength(1)
    expect(fixture.pull()).toMatchObject({ labels: new Set(['deployment']), reviewers: new Set(['ann']) })
  })

  test.each(steps)('for good while %s is made, the next run finishes the work', async (_step, match) => {
    fixture.github.faults.push({ match, times: 1_000, respond })
    const wish = { labels: ['deployment'], reviewers: ['ann'] }
    await fixture.propose(byRun('v2', '100'), wish).catch(() => {})
    fixture.github.faults.length = 0
    const proposed = await fixture.propose(byRun('v2', '100'), wish)
    expect(proposed).toMatchObject({ commit: await head(), pullRequest: { number: 1, state: 'OPEN' } })
    expect(await fixture.ahead()).toHaveLength(1)
    expect(fixture.repository.pulls).toHaveLength(1)
    expect(fixture.pull()).toMatchObject({ labels: new Set(['deployment']), reviewers: new Set(['ann']) })
  })
})

test('a failure behind the commit says what is there by then', async () => {
  const failed: unknown = await fixture
    .propose(request('registry.example/churn:v2'), { reviewers: ['bot'] })
    .catch((thrown: unknown) => thrown)
  const url = `${fixture.github.url}/acme/gitops/pull/1`
  expect(failed).toMatchObject({
    code: 'GH_REFUSED',
    details: { outputs: { 'commit-sha': await head(), 'pr-number': 1, 'pr-url': url } },
  })
})

test('writers of one target at the same moment end in one pull request of one commit', async () => {
  const runs = ['100', '101', '102', '103']
  await Promise.allSettled(runs.map((run) => fixture.propose(byRun(`v${run}`, run))))
  expect(fixture.repository.pulls).toHaveLength(1)
  expect(await fixture.ahead()).toHaveLength(1)
  expect(await fixture.git('log', '-1', '--format=%B', HEAD)).toContain(
    'Mlops-Image: registry.example/churn:v103',
  )
})

describe('a token whose pull requests get no checks', () => {
  const actions = () => {
    const grant = { login: 'github-actions[bot]', access: { '*': 'write' } } as const
    fixture.github.state.tokens.set('ghs_actions', grant)
    return fixture.baseOf('ghs_actions')
  }

  test('is recognised and said', async () => {
    const lines: string[] = []
    const log = { ...createWorld().log, warn: (line: string) => lines.push(line) }
    const world = createWorld({ log })
    const proposed = await fixture.propose(request('registry.example/churn:v2'), { world, base: actions() })
    expect(proposed).toMatchObject({ does: 'write' })
    expect(lines.join('\n')).toContain('get no checks')
  })

  test('does not wait for what cannot come, nor propose it', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const more = { base: actions(), waitsForMerge: true }
    await expect(fixture.propose(request('registry.example/churn:v2'), more)).rejects.toMatchObject({
      kind: 'config',
      code: 'GITOPS_NO_CHECKS',
      message: expect.stringContaining('the base asks for ci'),
    })
    expect(await head()).toBe('')
  })
})
