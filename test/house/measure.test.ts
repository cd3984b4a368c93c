import { describe, expect, test } from '@jest/globals'
import { findExcesses, formatRows, measureMedians, median, row } from '../../scripts/bench/measure.ts'
import { type Peer, runPeer } from '../../scripts/real/peer.ts'

describe('measuring', () => {
  test.each<[values: number[], want: number]>([
    [[3], 3],
    [[9, 1, 5], 5],
    [[10, 2, 4, 1], 3],
  ])('the median of %j is %d', (values, want) => {
    expect(median(values)).toBe(want)
  })

  test('there is no median of nothing', () => {
    expect(() => median([])).toThrow('nothing')
  })

  test('subjects take turns, and the first rounds do not count', async () => {
    const order: string[] = []
    const subject = (name: string, values: number[]) => async () => {
      order.push(name)
      const value = values.shift() ?? Number.NaN
      return [value, -value]
    }
    const subjects = new Map([
      ['a', subject('a', [99, 1, 2, 3])],
      ['b', subject('b', [99, 4, 5, 6])],
    ])
    const medians = await measureMedians(subjects, { rounds: 3, warmUp: 1 })
    expect([...medians]).toEqual([
      ['a', [2, -2]],
      ['b', [5, -5]],
    ])
    expect(order.join('')).toBe('abababab')
  })

  test('rows are rounded and aligned', () => {
    expect(formatRows([row('start x', 61.26, 'ms', 20), row('cpu', 5, 'ms', 1, 6)])).toBe(
      [
        'name     value  unit  baseline  ratio  limit',
        'start x   61.3    ms        20   3.06      -',
        'cpu          5    ms         1      5      6',
      ].join('\n'),
    )
  })

  test('a row at its limit is good, one over it is named with what was measured', () => {
    const rows = [row('a', 60, 'ms', 10, 6), row('b', 61, 'ms', 10, 6), row('c', 999, 'ms', 1)]
    expect(findExcesses(rows)).toEqual([
      'b: 61 ms is 6.1 times the 10 ms of its baseline; 6 times is the limit',
    ])
  })

  test('a row that holds no figure is over its limit, and rows without limits hold nothing', () => {
    expect(findExcesses([row('a', Number.NaN, 'ms', 10, 6)])).toHaveLength(1)
    expect(() => findExcesses([row('a', 1, 'ms', 10)])).toThrow('no limit')
  })
})

describe('runPeer', () => {
  const run = async (peer: Pick<Peer, 'prepare' | 'run'>) => {
    const said: string[] = []
    const count = await runPeer({ name: 'x', ...peer }, (line) => said.push(line))
    return { ...count, said: said.map((line) => line.split('\n')[0]) }
  }
  const prepared = (dispose = () => {}) => ({ [Symbol.asyncDispose]: async () => dispose() })

  test('counts every check, goes on after a failed one, and stops the peer at the end', async () => {
    let stopped = false
    const found = await run({
      prepare: async () => prepared(() => (stopped = true)),
      run: async (_, check) => {
        await check('one holds', () => {})
        await check('two holds', () => Promise.reject(new Error('no')))
        await check('three holds', () => {})
      },
    })
    expect(found).toEqual({
      passed: 2,
      failed: 1,
      said: ['ok     x: one holds', 'FAILED x: two holds', 'ok     x: three holds'],
    })
    expect(stopped).toBe(true)
  })

  test('a peer that cannot be installed is a failure', async () => {
    const found = await run({ prepare: () => Promise.reject(new Error('no network')), run: async () => {} })
    expect(found).toEqual({ passed: 0, failed: 1, said: ['FAILED x: could not be run'] })
  })

  test('a peer that checks nothing is a failure', async () => {
    expect(await run({ prepare: async () => prepared(), run: async () => {} })).toMatchObject({
      passed: 0,
      failed: 1,
    })
  })
})
