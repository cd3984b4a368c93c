import { describe, expect, test } from '@jest/globals'
import type { LiveState } from '../src/index.ts'
import { after, CRASH, judgeOf, OLD, pod, replicaSet, type Shape, START, state, text } from './fixture.ts'

const BACK_OFF = { reason: 'CrashLoopBackOff', restarts: 2, lastState: CRASH }
const BEFORE = '2026-01-15T11:50:00Z'
const DEPLOYMENT = { kind: 'Deployment', name: 'churn-predictor', uid: 'deployment' }

/** What the judge says of pods that stay as they are for so many seconds. */
function lasting(seconds: number, pods: readonly ReturnType<typeof pod>[], shape: Shape = {}): string {
  return after(seconds, (now) => state(shape, { now }, pods))
}

describe('a pod of the new version that cannot start fails within seconds', () => {
  test('a crash loop with two restarts, at the first look', () => {
    expect(text(judgeOf().evaluate(state({}, {}, [pod(BACK_OFF)])))).toBe(
      'failed: workload: CrashLoopBackOff (exit code 3, ended 3 times)',
    )
  })

  test.each([
    ['ImagePullBackOff', 'manifest unknown', 5],
    ['Init:ErrImagePull', 'not found', 5],
    ['InvalidImageName', 'bad', 5],
    ['ImagePullBackOff', 'i/o timeout', 20],
    ['CreateContainerConfigError', 'secret "x" not found', 20],
  ])('%s: %s, within %d s', (reason, message, seconds) => {
    expect(lasting(seconds, [pod({ reason, message })])).toContain('failed: workload: ')
  })

  test.each<[string, Shape]>([
    ['Progressing, as an InferenceService is that was never ready', { health: 'Progressing' }],
    ['Degraded', { health: 'Degraded' }],
    ['waiting with its sync for the health of a wave', { phase: 'Running', sync: 'OutOfSync' }],
  ])('also while the Application is %s', (_, shape) => {
    expect(lasting(10, [pod({ reason: 'ImagePullBackOff', message: 'manifest unknown' })], shape)).toBe(
      'failed: workload: ImagePullBackOff: manifest unknown',
    )
  })

  test('and so does one that the API server does not let be made', () => {
    const refused = { status: 'Degraded', message: 'pods "x" is forbidden: exceeded quota' }
    const seen = after(30, (now) => state({}, { now }, [], [replicaSet('rs-new', 2, refused)]))
    expect(seen).toBe('failed: quota: FailedCreate: pods "x" is forbidden: exceeded quota')
  })

  test('however fast looks follow each other, a pull that may pass gets its time', () => {
    const judge = judgeOf()
    const slow = pod({ reason: 'ErrImagePull', message: 'i/o timeout' })
    for (let at = 0; at < 20; at += 1)
      expect(text(judge.evaluate(state({}, { now: START + at }, [slow])))).toContain('pending')
  })
})

describe('a pod of the version before', () => {
  test('that crashes while the sync of its successor has just ended is not taken for it', () => {
    const crashing = pod({ ...BACK_OFF, restarts: 9, createdAt: BEFORE })
    const verdict = after(60, (now) => state({}, { now }, now < START + 10_000 ? [crashing] : []))
    expect(verdict).toBe('done: live')
  })

  test('may take as long as the sync of its successor takes', () => {
    const crashing = pod({ ...BACK_OFF, createdAt: BEFORE })
    expect(lasting(600, [crashing], { phase: 'Running', sync: 'OutOfSync' })).toContain('pending: syncing')
    expect(lasting(25, [crashing], { operationRevision: OLD, sync: 'OutOfSync' })).toContain(
      'pending: OutOfSync, no sync has started yet',
    )
  })

  test('is known by its ReplicaSet, and holds nothing up but the verdict', () => {
    const crashing = pod({ ...BACK_OFF, owner: { kind: 'ReplicaSet', uid: 'rs-old' } })
    const sets = [replicaSet('rs-old', 1), replicaSet('rs-new', 2)]
    expect(after(600, (now) => state({}, { now }, [crashing], sets))).toBe(
      'pending: synced; pod churn-x7k2p waits: CrashLoopBackOff',
    )
  })

  test('that is left alone for half a minute after the sync is what the commit runs', () => {
    const crashing = pod({ ...BACK_OFF, createdAt: BEFORE })
    expect(lasting(25, [crashing])).toContain('pending')
    expect(lasting(35, [crashing])).toContain('failed: workload: CrashLoopBackOff')
  })

  test('on its way out does not count', () => {
    expect(lasting(30, [pod({ statusReason: 'Terminating', health: 'Progressing' })])).toBe('done: live')
  })
})

describe('what lies about does not count', () => {
  test.each([
    ['a pod that was evicted', { phase: 'Failed', statusReason: 'Evicted' }],
    ['a pod whose node was shut down', { phase: 'Failed', statusReason: 'Error', lastState: CRASH }],
    ['a first try of a Job that failed', { phase: 'Failed', owner: { kind: 'Job', uid: 'job' } }],
  ])('%s', (_, shape) => expect(lasting(30, [pod(shape)])).toBe('done: live'))

  test('but a pod that could not be read holds the verdict up', () => {
    const unread = (now: number) => state({}, { now, pods: new Map() }, [pod({ phase: 'Failed' })])
    expect(after(600, unread)).toBe('pending: synced; Pod churn-x7k2p is Degraded')
  })
})

test('a pod of a Job may crash and be tried again, but needs its image', () => {
  const owner = { kind: 'Job', uid: 'job' }
  const shape = { phase: 'Running', sync: 'OutOfSync' }
  expect(lasting(60, [pod({ ...BACK_OFF, owner })], shape)).toContain('pending: syncing')
  expect(lasting(60, [pod({ reason: 'ImagePullBackOff', message: 'denied', owner })], shape)).toContain(
    'failed',
  )
})

test('a pod of a Job that is at work, as one of a CronJob is every now and then, holds nothing up', () => {
  const owner = { kind: 'Job', uid: 'job' }
  expect(lasting(30, [pod({ health: 'Progressing', owner })])).toBe('done: live')
})

test('nor does any pod that is meant to end, such as a step of a workflow', () => {
  const step = pod({ health: 'Progressing', owner: { kind: 'Workflow', uid: 'workflow' } })
  const live = { ...step.live, spec: { ...step.live.spec, restartPolicy: 'Never' } }
  expect(lasting(30, [{ ...step, live }])).toBe('done: live')
})

test('an older ReplicaSet that is Degraded says nothing of the version that took its place', () => {
  const refused = { status: 'Degraded', message: 'exceeded quota' }
  const sets = [replicaSet('rs-old', 1, refused), replicaSet('rs-new', 2)]
  expect(after(600, (now) => state({}, { now }, [], sets))).toBe('done: live')
})

test('a pull error that passes is no failure', () => {
  const judge = judgeOf()
  const at = (seconds: number, more: Partial<LiveState> = {}) => ({ now: START + seconds * 1_000, ...more })
  judge.evaluate(state({}, at(0), [pod({ reason: 'ErrImagePull', message: 'EOF' })]))
  judge.evaluate(state({}, at(15), [pod({ reason: 'ImagePullBackOff', message: 'EOF' })]))
  expect(text(judge.evaluate(state({}, at(25), [pod({ health: 'Healthy' })])))).toContain(
    'synced and healthy',
  )
  expect(
    text(judge.evaluate(state({}, at(30), [pod({ reason: 'ErrImagePull', message: 'EOF' })]))),
  ).toContain('pending')
})

describe('a Deployment below the Application that is Degraded', () => {
  const late = { ...DEPLOYMENT, health: { status: 'Degraded', message: 'exceeded its progress deadline' } }

  test('is a failure after the grace, though the Application itself is Healthy', () => {
    const seen = (seconds: number) => after(seconds, (now) => state({}, { now }, [], [late]))
    expect(seen(55)).toBe('pending: synced; Deployment churn-predictor is Degraded')
    expect(seen(60)).toBe(
      'failed: workload: Deployment churn-predictor is Degraded: exceeded its progress deadline',
    )
  })

  test('gets the grace anew after a sync', () => {
    const judge = judgeOf()
    for (let at = 0; at <= 300; at += 10) {
      const shape = at < 250 ? { phase: 'Running' } : {}
      const verdict = judge.evaluate(state(shape, { now: START + at * 1_000 }, [], [late]))
      expect(text(verdict)).toContain('pending')
    }
  })
})

test('a reason to wait names the pod in trouble, but not what a container wrote', () => {
  const unscheduled = pod({ health: 'Progressing', phase: 'Pending' })
  const { live } = unscheduled
  const reason = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }
  const waiting = { ...live, status: { ...live.status, conditions: [reason] } }
  const seen = after(300, (now) =>
    state({ health: 'Progressing' }, { now, pods: new Map([['churn-x7k2p', waiting]]) }, [unscheduled]),
  )
  expect(seen).toBe('pending: synced, health Progressing; pod churn-x7k2p: Unschedulable: 0/3 nodes')
  const crashing = { terminated: { exitCode: 3, reason: 'Error', message: 'customer 4711' } }
  expect(lasting(10, [pod({ ...BACK_OFF, lastState: crashing, createdAt: BEFORE })])).not.toContain('4711')
})
