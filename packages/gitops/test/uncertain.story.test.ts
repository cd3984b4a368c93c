import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cancelled, Failure, type FailureKind, type World } from '@mlops-actions/diagnostics'
import { headOf } from '@mlops-actions/sandbox/github'
import type { Fault } from '@mlops-actions/sandbox/server'
import { type Branch, decideBump, type LandOutcome, landChange } from '../src/index.ts'
import { createWorld, type Fixture, request, startFixture, type Transport } from './fixture.ts'

const COMMIT = 'c'.repeat(40)
const UNKNOWN: LandOutcome = { status: 'unknown', seen: 'the remote end hung up', commit: COMMIT }

function failure(kind: FailureKind): Failure {
  return new Failure({
    kind,
    code: 'DOWN',
    what: 'Cannot read',
    on: 'host',
    seen: 'it is down',
    next: 'Wait',
  })
}

/** A branch whose reads come to what the list says, and whose every offer comes to nobody knows what. */
function branchOf(reads: readonly ('ok' | Failure)[]): { branch: Branch; count(): number } {
  let count = 0
  const branch: Branch = {
    label: 'acme/gitops main',
    commitUrl: () => undefined,
    async read() {
      const outcome = reads[Math.min(count, reads.length - 1)]
      count += 1
      if (outcome !== 'ok') throw outcome
      return { head: 'a'.repeat(40), history: [], files: [] }
    },
    land: async () => UNKNOWN,
    close: async () => {},
  }
  return { branch, count: () => count }
}

function land(
  branch: Branch,
  world = createWorld(),
  reopen?: (world: World) => Promise<Branch>,
): Promise<unknown> {
  const decide = () => ({ draft: { files: [], message: 'm' }, result: undefined })
  return landChange(world, branch, { paths: [], changeId: 'change-7', decide, reopen })
}

/** A cancelled step, and how its branch looks to somebody whose own signal has not aborted. */
function cancelledStep(look: Branch['read'] = () => Promise.reject(failure('upstream'))) {
  const controller = new AbortController()
  const world = createWorld({
    signal: controller.signal,
    sleep: async () => {
      controller.abort(cancelled())
      throw controller.signal.reason
    },
  })
  const closed: string[] = []
  const reopen = async ({ signal }: World): Promise<Branch> => {
    if (signal.aborted) throw signal.reason
    return { ...branchOf(['ok']).branch, read: look, close: async () => void closed.push('late') }
  }
  return { world, reopen, closed }
}

describe('after a push whose outcome nobody knows', () => {
  test.each<FailureKind>(['upstream', 'timeout', 'auth'])(
    'a server that cannot be read any more (%s) does not hide that the commit may be there',
    async (kind) => {
      const { branch } = branchOf(['ok', failure(kind)])
      await expect(land(branch)).rejects.toMatchObject({
        kind,
        code: 'DOWN',
        message: expect.stringMatching(
          /it is down; before that a commit was pushed, it may be on the branch \(c{12}\).*Mlops-Change-Id: change-7/,
        ),
        details: { outputs: { 'commit-sha': COMMIT } },
      })
    },
  )

  test('neither does a step that is cancelled while it waits', async () => {
    const { branch } = branchOf(['ok'])
    const world = createWorld({ sleep: () => Promise.reject(cancelled()) })
    await expect(land(branch, world)).rejects.toMatchObject({
      kind: 'cancelled',
      details: { outputs: { 'commit-sha': COMMIT } },
    })
  })
})

describe('after a push whose outcome nobody knows, a last look', () => {
  const { branch } = branchOf(['ok'])
  const [head, oid] = ['a'.repeat(40), 'b'.repeat(40)]

  test('finds the commit by its change id, though the step is cancelled', async () => {
    const history = [{ oid, message: 'Deploy\n\nMlops-Change-Id: change-7\n' }]
    const { world, reopen, closed } = cancelledStep(async () => ({ head, history, files: [] }))
    await expect(land(branch, world, reopen)).rejects.toMatchObject({
      kind: 'cancelled',
      message: expect.stringContaining(
        'the commit was pushed before, and it is on the branch (bbbbbbbbbbbb)',
      ),
      details: { outputs: { 'commit-sha': oid } },
    })
    expect(closed).toEqual(['late'])
  })

  test('finds one that the server takes only after the step was cancelled', async () => {
    const history = [{ oid, message: 'Deploy\n\nMlops-Change-Id: change-7\n' }]
    let looks = 0
    const { world, reopen } = cancelledStep(async () => {
      looks += 1
      return { head, history: looks === 1 ? [] : history, files: [] }
    })
    await expect(land(branch, world, reopen)).rejects.toMatchObject({
      kind: 'cancelled',
      details: { outputs: { 'commit-sha': oid } },
    })
  })

  test('that does not find it says so, and names no commit', async () => {
    const { world, reopen } = cancelledStep(async () => ({ head, history: [], files: [] }))
    const thrown: unknown = await land(branch, world, reopen).catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      kind: 'cancelled',
      message: expect.stringContaining('a commit was pushed before; it is not on the branch yet'),
    })
    expect(thrown).not.toMatchObject({ details: { outputs: { 'commit-sha': expect.anything() } } })
  })

  test('waits for no limit that lasts longer than itself', async () => {
    const history = [{ oid, message: 'Deploy\n\nMlops-Change-Id: change-7\n' }]
    const reopen = async ({ sleep }: World): Promise<Branch> => ({
      ...branchOf(['ok']).branch,
      read: async () => {
        await sleep(60_000)
        return { head, history, files: [] }
      },
    })
    await expect(
      land(branchOf(['ok', failure('rate-limit')]).branch, createWorld(), reopen),
    ).rejects.toMatchObject({
      kind: 'rate-limit',
      message: expect.stringContaining('it may be on the branch (cccccccccccc)'),
    })
  })

  test('that fails too leaves what was known', async () => {
    const { world, reopen } = cancelledStep(() => Promise.reject(failure('upstream')))
    await expect(land(branch, world, reopen)).rejects.toMatchObject({
      kind: 'cancelled',
      message: expect.stringContaining('it may be on the branch (cccccccccccc)'),
      details: { outputs: { 'commit-sha': COMMIT } },
    })
  })
})

describe('reading the branch', () => {
  test('is tried five times when it takes too long', async () => {
    const { branch, count } = branchOf([failure('timeout')])
    await expect(land(branch)).rejects.toMatchObject({ kind: 'timeout', details: { seen: 'it is down' } })
    expect(count()).toBe(5)
  })

  test('is not tried again when the step itself has taken too long', async () => {
    const { branch, count } = branchOf([failure('timeout')])
    await expect(land(branch, createWorld({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      kind: 'timeout',
    })
    expect(count()).toBe(1)
  })
})

/** A bump by a real server whose answer to the commit, or to the pushing of it, never comes. */
async function unansweredBump(fixture: Fixture, transport: Transport, world: World): Promise<unknown> {
  const isOffer: Fault['match'] = ({ path, body }) =>
    path.endsWith('/git-receive-pack') || body.includes('createCommitOnBranch')
  fixture.github.faults.push({ match: isOffer, times: 2, respond: 'reset-after' })
  const asked = request('registry.example/churn:v2')
  return landChange(world, await fixture.openBranch(transport, { world }), {
    paths: asked.changes.map(({ file }) => file),
    changeId: asked.order.changeId,
    decide: decideBump.bind(undefined, asked),
    reopen: (late) => fixture.openBranch(transport, { world: late }),
  }).catch((error: unknown) => error)
}

describe('a real server that takes a commit and never says so', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await startFixture()
  })
  afterEach(() => fixture.close())

  test.each(['api', 'git'] as const)(
    'a cancelled step says which commit it made by %s',
    async (transport) => {
      expect(await unansweredBump(fixture, transport, cancelledStep().world)).toMatchObject({
        kind: 'cancelled',
        details: { outputs: { 'commit-sha': await headOf(fixture.repository, 'main') } },
      })
    },
  )

  test('and that dies leaves the SHA of the commit that git pushed', async () => {
    let offered = false
    fixture.github.faults.push({
      match: ({ path }) => {
        const isDead = offered
        offered ||= path.endsWith('/git-receive-pack')
        return isDead && !path.endsWith('/git-receive-pack')
      },
      times: 1_000,
      respond: { status: 503, body: 'down' },
    })
    expect(await unansweredBump(fixture, 'git', createWorld())).toMatchObject({
      kind: 'upstream',
      details: { outputs: { 'commit-sha': await headOf(fixture.repository, 'main') } },
    })
  })
})
