import { setTimeout as delay } from 'node:timers/promises'
import { expect } from '@jest/globals'
import type { RepositoryOptions } from '@mlops-actions/sandbox/github'
import { headOf, readFileAt } from '@mlops-actions/sandbox/github'
import type { Fault } from '@mlops-actions/sandbox/server'
import { git } from '../../../test/harness/server-git.ts'
import { type BumpRequest, decideBump, landChange } from '../src/index.ts'
import { createWorld, type Fixture, request, service, startFixture, type Transport } from './fixture.ts'

/** What the writers have in common. */
export const GROUNDS = ['files of their own', 'one file', 'adjacent lines', 'the same line'] as const
export type Ground = (typeof GROUNDS)[number] | 'all of these'

/** What the server does to the first offer of each writer. */
export type Trouble = 'nothing' | 'drops before' | 'drops after'
export const TROUBLES: readonly Trouble[] = ['nothing', 'drops before', 'drops after']

/** One writer: its wish, and what has to stand there when it was the last. */
interface Writer {
  readonly asked: BumpRequest
  readonly file: string
  readonly line: string
  /** Whether others want another value on that very line. */
  readonly isShared: boolean
}

interface Field {
  readonly files: Readonly<Record<string, string>>
  readonly writers: readonly Writer[]
}

const isOffer: Fault['match'] = ({ method, path, body }) =>
  method === 'POST' && (path.endsWith('git-receive-pack') || body.includes('createCommitOnBranch'))

/**
 * So many writers at the same moment, each of whom has to get through: none lost, none twice, nothing else changed and the
 * history a line.
 */
export async function contend(
  transport: Transport,
  count: number,
  { ground, trouble }: { readonly ground: Ground; readonly trouble: Trouble },
): Promise<void> {
  const field = fieldOf(ground, count)
  const fixture = await startFixture(field.files as NonNullable<RepositoryOptions['files']>)
  try {
    if (trouble !== 'nothing') {
      const respond = trouble === 'drops before' ? 'reset' : 'reset-after'
      fixture.github.faults.push({ match: isOffer, times: count, respond })
    }
    const landed = await Promise.all(field.writers.map((writer) => write(fixture, transport, writer)))
    expect(landed.every(({ changed }) => changed)).toBe(true)
    expect(new Set(landed.map(({ commit }) => commit)).size).toBe(count)
    await expectLine(fixture, field, count)
    await expectBytes(fixture, field)
  } finally {
    await fixture.close()
  }
}

async function write(fixture: Fixture, transport: Transport, { asked, file }: Writer) {
  const branch = await fixture.openBranch(transport)
  const decide = decideBump.bind(undefined, asked)
  // Twenty processes of git share the machine: pauses have to be longer than their work, as they are in a workflow.
  const world = createWorld({ sleep: (ms) => delay(ms / (transport === 'git' ? 5 : 50)) })
  return landChange(world, branch, { paths: [file], changeId: asked.order.changeId, decide })
}

async function expectLine({ repository }: Fixture, { writers }: Field, count: number): Promise<void> {
  expect(await git(repository, 'rev-list', '--count', 'main')).toBe(String(count + 1))
  expect(await git(repository, 'rev-list', '--count', '--min-parents=2', 'main')).toBe('0')
  const log = await git(repository, 'log', '--format=%(trailers:key=Mlops-Change-Id,valueonly)', 'main')
  const ids = log.split('\n').filter((line) => line !== '')
  expect(ids.sort()).toEqual(writers.map(({ asked }) => asked.order.changeId).sort())
}

/** Byte for byte: each line is the writer's whose it is, or of one of them where all want the same, and no other has changed. */
async function expectBytes({ repository }: Fixture, { files, writers }: Field): Promise<void> {
  const head = (await headOf(repository, 'main')) ?? ''
  for (const [path, before] of Object.entries(files)) {
    const own = writers.filter(({ file }) => file === path)
    const lines = before.split('\n')
    const after = (await readFileAt(repository, head, path)).split('\n')
    expect(after).toHaveLength(lines.length)
    const changed = after.filter((line, index) => line !== lines[index])
    const wanted = own.map(({ line }) => line)
    if (own.some(({ isShared }) => isShared)) {
      expect(changed).toHaveLength(1)
      expect(wanted).toEqual(expect.arrayContaining(changed))
    } else expect(changed.sort()).toEqual(wanted.sort())
  }
}

function fieldOf(ground: Ground, count: number): Field {
  if (ground !== 'all of these') return FIELDS[ground](Array.from({ length: count }, (_, index) => index))
  const fields = GROUNDS.map((each) => fieldOf(each, count / GROUNDS.length))
  return {
    files: Object.assign({}, ...fields.map(({ files }) => files)),
    writers: fields.flatMap(({ writers }) => writers),
  }
}

const FIELDS: Readonly<Record<(typeof GROUNDS)[number], (numbers: readonly number[]) => Field>> = {
  'files of their own': (numbers) => {
    const path = (index: number) => `k8s/model-${index}.yaml`
    const files = Object.fromEntries(numbers.map((index) => [path(index), service(`model-${index}`)]))
    return { files, writers: numbers.map((index) => writer(path(index), 'v2')) }
  },
  'one file': (numbers) => {
    const file = 'k8s/all.yaml'
    const files = { [file]: numbers.map((index) => service(`model-${index}`)).join('---\n') }
    return { files, writers: numbers.map((index) => writer(file, 'v2', { name: `model-${index}` })) }
  },
  'adjacent lines': (numbers) => {
    const file = 'k8s/containers.yaml'
    const line = (index: number, tag: string) => `      - {name: c${index}, image: ${IMAGE}:${tag}}`
    const containers = numbers.map((index) => line(index, 'v1')).join('\n')
    const writers = numbers.map((index) => ({
      ...writer(file, 'v2', { container: `c${index}` }),
      line: line(index, 'v2'),
    }))
    return { files: { [file]: `${service('churn').split('      - name')[0]}${containers}\n` }, writers }
  },
  'the same line': (numbers) => {
    const file = 'k8s/one.yaml'
    const writers = numbers.map((index) => ({ ...writer(file, `v${index + 2}`), isShared: true }))
    return { files: { [file]: service('churn') }, writers }
  },
}

const IMAGE = 'registry.example/churn'

/** All may overwrite each other: that none is lost is what is looked at. */
function writer(file: string, tag: string, target: { name?: string; container?: string } = {}): Writer {
  const rules = { onConflict: 'overwrite', allowDowngrade: true } as const
  const asked = request(`${IMAGE}:${tag}`, { file, target, ...rules })
  return { asked, file, line: `        image: ${IMAGE}:${tag}`, isShared: false }
}
