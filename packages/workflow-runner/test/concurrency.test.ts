import { describe, expect, test } from '@jest/globals'
import { createConcurrencyGroups, type GroupMember } from '../src/concurrency.ts'

const member = (...ancestors: GroupMember[]): GroupMember & { cancelled: number } => {
  const self = {
    ancestors,
    cancelled: 0,
    cancel: () => {
      self.cancelled++
    },
  }
  return self
}
const wanted = { group: 'g', cancelInProgress: false, queue: 'single' } as const

describe('a concurrency group', () => {
  test('lets the next in when the one inside leaves', async () => {
    const groups = createConcurrencyGroups()
    const [first, second] = [member(), member()]
    expect(await groups.enter(wanted, first)).toBe('entered')
    const waiting = groups.enter({ ...wanted, group: 'G' }, second)
    groups.leave('g', second)
    groups.leave('G', first)
    expect(await waiting).toBe('entered')
  })

  test('has one place to wait, which the newest takes', async () => {
    const groups = createConcurrencyGroups()
    const [first, second, third] = [member(), member(), member()]
    await groups.enter(wanted, first)
    const early = groups.enter(wanted, second)
    const late = groups.enter(wanted, third)
    expect(await early).toBe('replaced')
    groups.leave('g', first)
    expect(await late).toBe('entered')
    expect(first.cancelled).toBe(0)
  })

  test('keeps all who wait, in order, with queue: max', async () => {
    const groups = createConcurrencyGroups()
    const [first, second, third] = [member(), member(), member()]
    const max = { ...wanted, queue: 'max' } as const
    await groups.enter(max, first)
    const entered: string[] = []
    const early = groups.enter(max, second).then((entry) => entered.push(`second ${entry}`))
    const late = groups.enter(max, third).then((entry) => entered.push(`third ${entry}`))
    groups.leave('g', first)
    await early
    groups.leave('g', second)
    await late
    expect(entered).toEqual(['second entered', 'third entered'])
  })

  test('cancels the one inside for a newcomer that says so', async () => {
    const groups = createConcurrencyGroups()
    const first = member()
    await groups.enter(wanted, first)
    void groups.enter({ ...wanted, cancelInProgress: true }, member())
    expect(first.cancelled).toBe(1)
  })

  test('sees that a part waits for its whole', async () => {
    const groups = createConcurrencyGroups()
    const whole = member()
    await groups.enter(wanted, whole)
    expect(await groups.enter(wanted, member(whole))).toBe('deadlock')
  })
})
