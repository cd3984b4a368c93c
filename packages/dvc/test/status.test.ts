import { describe, expect, test } from '@jest/globals'
import type { TrackedObject } from '../src/objects/object.ts'
import type { Output } from '../src/repository/output.ts'
import { compareEntries, compareOutputs } from '../src/status/compare.ts'
import { evaluateStatus } from '../src/status/status.ts'

const object = (id: string, from?: 'workspace' | 'cache'): TrackedObject => ({
  id,
  remote: 'store',
  hash: 'md5',
  oid: id,
  size: 1,
  place: from === undefined ? undefined : { from, folder: '', name: id, size: 1, verified: true },
  bytes: undefined,
  members: [],
  path: id,
  source: `${id}.dvc`,
})

describe('the status', () => {
  type Step = 'skip' | 'upload' | 'repair'
  test.each<[step: Step | undefined, from: 'workspace' | 'cache' | undefined, push: string, pull: string]>([
    ['skip', 'workspace', '', ''],
    ['skip', 'cache', '', 'x from cache'],
    ['skip', undefined, '', 'x from remote'],
    ['upload', 'workspace', 'x', ''],
    ['upload', 'cache', 'x', 'x from cache'],
    ['repair', 'cache', '', 'x from cache'],
    [undefined, undefined, '', ''],
  ])('of an object whose step is %s and that is in %s', (step, from, push, pull) => {
    const steps = new Map(step === undefined ? [] : [['x', step] as const])
    const plan = { steps, objects: new Map([['x', object('x', from)]]), problems: [] }
    const absent = from === 'workspace' ? [] : [{ path: 'x', id: 'x' }]
    const { toPush, toPull, problems } = evaluateStatus(plan, { absent })
    expect(toPush.map(({ id }) => id).join()).toBe(push)
    expect(toPull.map(({ path, from: where }) => `${path} from ${where}`).join()).toBe(pull)
    expect(problems.map(({ kind }) => kind)).toEqual(push === '' ? [] : ['unpushed'])
  })
})

describe('two commits compared', () => {
  const output = (path: string, oid: string | undefined, more: Partial<Output> = {}): Output => ({
    path,
    source: `${path}.dvc`,
    oid,
    hash: 'md5',
    size: 1,
    nfiles: undefined,
    isexec: false,
    remote: undefined,
    cache: true,
    push: true,
    origin: undefined,
    ...more,
  })
  const none = async () => undefined

  test('each output is added, modified or deleted once, in the order of paths', async () => {
    const changes = await compareOutputs(
      [output('a', '1'), output('c', '1'), output('d', '1')],
      [output('b', '1'), output('c', '2'), output('d', '1')],
      none,
    )
    expect(changes.map(({ change, path }) => `${change} ${path}`)).toEqual([
      'deleted a',
      'added b',
      'modified c',
    ])
  })

  test('an output that another file names, or in the way of DVC 3, is the same data', async () => {
    const moved = output('a', '1', { source: 'dvc.yaml:train', hash: 'md5-dos2unix' })
    expect(await compareOutputs([output('a', '1')], [moved], none)).toEqual([])
  })

  test('what was never recorded is not there', async () => {
    const changes = await compareOutputs([output('a', undefined)], [output('a', '1')], none)
    expect(changes).toMatchObject([{ change: 'added', before: undefined }])
  })

  test('only a directory on both sides has files to compare', async () => {
    const asked: string[] = []
    const list = async ({ oid }: Output, of: string) => {
      asked.push(`${of} ${oid}`)
      return [{ relpath: 'x', md5: oid ?? '' }]
    }
    const changes = await compareOutputs(
      [output('a', '1'), output('b', '1.dir'), output('c', '1.dir')],
      [output('a', '2.dir'), output('b', '2.dir')],
      list,
    )
    expect(asked).toEqual(['before 1.dir', 'after 2.dir'])
    expect(changes.map(({ files }) => files?.modified)).toEqual([undefined, ['x'], undefined])
  })

  test('files are compared by their content', () => {
    const before = [
      { relpath: 'same', md5: '1' },
      { relpath: 'gone', md5: '1' },
      { relpath: 'other', md5: '1' },
    ]
    const after = [
      { relpath: 'same', md5: '1' },
      { relpath: 'other', md5: '2' },
      { relpath: 'new', md5: '1' },
    ]
    expect(compareEntries(before, after)).toEqual({ added: ['new'], modified: ['other'], deleted: ['gone'] })
  })
})
