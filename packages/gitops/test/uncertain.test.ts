import { describe, expect, test } from '@jest/globals'
import { cancelled, Failure, type FailureKind } from '@mlops-actions/diagnostics'
import { headOf } from '@mlops-actions/sandbox'
import { type Branch, decideBump, type LandOutcome, landChange } from '../src/index.ts'
import { createWorld, request, startFixture } from './fixture.ts'

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

function land(branch: Branch, world = createWorld()): Promise<unknown> {
  const decide = () => ({ draft: { files: [], message: 'm' }, result: undefined })
  return landChange(world, branch, { paths: [], changeId: 'change-7', decide })
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

test('a server that takes the push by git and dies leaves the SHA of the commit that it took', async () => {
  const fixture = await startFixture()
  try {
    const branch = await fixture.openBranch('git')
    let offered = false
    fixture.github.faults.push({
      match: ({ path }) => {
        offered ||= path.endsWith('/git-receive-pack')
        return path.endsWith('/git-receive-pack')
      },
      times: 2,
      respond: 'reset-after',
    })
    fixture.github.faults.push({
      match: () => offered,
      times: 1_000,
      respond: { status: 503, body: 'down' },
    })
    const asked = request('registry.example/churn:v2')
    const decide = decideBump.bind(undefined, asked)
    const thrown: unknown = await landChange(createWorld(), branch, {
      paths: [asked.file],
      changeId: asked.order.changeId,
      decide,
    }).catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      kind: 'upstream',
      details: { outputs: { 'commit-sha': await headOf(fixture.repository, 'main') } },
    })
  } finally {
    await fixture.close()
  }
})
