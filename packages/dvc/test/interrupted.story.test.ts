import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { md5Hex } from '../src/objects/hash.ts'
import { type Connected, startRemote, type TestRemote } from './remote.ts'
import { directoryBytes, directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const BIG = 'b'.repeat(2_500)
const FILES = { 'a.txt': 'hello\n', 'sub/b.txt': 'world', 'big.bin': BIG }
const OTHER = { 'a.txt': 'hello\n', c: 'c' }
const SIZES = { multipartThreshold: 1_000, partSize: 1_000 }
const key = (oid: string) => `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
const ALL = [
  ...new Set([...Object.values(FILES), ...Object.values(OTHER)].map((content) => key(md5Hex(content)))),
  key(directoryOid(FILES)),
  key(directoryOid(OTHER)),
].sort()

let remote: TestRemote
let repository: TestRepository

beforeEach(async () => {
  repository = await makeRepository({
    'data.dvc': dvcFile(directoryOid(FILES), 'data'),
    'other.dvc': dvcFile(directoryOid(OTHER), 'other'),
  })
  for (const [path, content] of Object.entries(FILES)) await repository.write(`data/${path}`, content)
  for (const [path, content] of Object.entries(OTHER)) await repository.write(`other/${path}`, content)
})
afterEach(async () => {
  await remote?.close()
  await repository.close()
})

async function start(): Promise<Connected> {
  remote = await startRemote()
  remote.server.state.minPartSize = 1
  return remote.connect(repository.root)
}

/** From request `k` on nothing is answered any more, as if the server had died, or `respond` had become of it. */
function dieAt(k: number, respond: 'reset' | 'reset-after'): void {
  let seen = 0
  remote.server.faults.push({ match: () => ++seen >= k, times: Number.POSITIVE_INFINITY, respond })
}

/** What a `dvc pull` could see: every list of files that is there, with those of its files that are not. */
function dangling(): string[] {
  const keys = new Set(remote.keys())
  return [FILES, OTHER].flatMap((files) => {
    const list = key(directoryOid(files))
    if (!keys.has(list)) return []
    expect(remote.body(list)).toBe(directoryBytes(files).toString())
    return Object.values(files).filter((content) => !keys.has(key(md5Hex(content))))
  })
}

/** Requests that a whole push makes. */
async function countRequests(): Promise<number> {
  const { push } = await start()
  await push({ sizes: SIZES })
  expect(remote.keys()).toEqual(ALL)
  const { length } = remote.server.requests
  await remote.close()
  return length
}

describe.each(['reset', 'reset-after'] as const)('a server that dies (%s)', (respond) => {
  test('at any request shows nobody half a directory, and the next run sends the rest', async () => {
    const requests = await countRequests()
    expect(requests).toBeGreaterThan(10)
    for (let k = 1; k <= requests; k++) {
      const connected = await start()
      dieAt(k, respond)
      await connected
        .push({ sizes: SIZES })
        .catch((error: { kind?: string }) => expect(error.kind).toBe('upstream'))
      expect({ k, dangling: dangling() }).toEqual({ k, dangling: [] })
      remote.server.faults.length = 0
      const before = remote.keys()
      const { result, plan } = await (await remote.connect(repository.root)).push({ sizes: SIZES })
      expect({ k, problems: plan.problems, failed: [...result.failed.values()] }).toEqual({
        k,
        problems: [],
        failed: [],
      })
      expect({ k, keys: remote.keys() }).toEqual({ k, keys: ALL })
      expect({ k, sent: result.sent.size }).toEqual({ k, sent: ALL.length - before.length })
      expect({ k, again: (await (await remote.connect(repository.root)).push()).result.sent.size }).toEqual({
        k,
        again: 0,
      })
      await remote.close()
    }
  }, 120_000)
})
