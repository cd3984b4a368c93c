import { afterEach, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { type Company, configMap, startCompany } from './company.ts'
import { step } from './step.ts'

let company: Company | undefined
afterEach(() => company?.close())

test('two hundred Applications are waited for by one stream, and every one is told', async () => {
  const world = testWorld({ pace: 10, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now })
  const names = Array.from({ length: 200 }, (_, at) => `model-${at}`)
  const files = names.map((name) => [`${name}/settings.yaml`, configMap('v1', name)])
  const revision = await company.commitFiles(Object.fromEntries(files))
  for (const name of names)
    company.createApplication(name, { path: name, metadata: { labels: { team: 'ml' } } })
  const before = company.argocd.requests.length
  const ended = await step(
    {
      ...company.inputs,
      application: '',
      repository: '',
      revision,
      selector: 'team=ml',
      interval: '10s',
      timeout: '3650d',
    },
    world,
  )
  expect(ended.failure).toBeUndefined()
  expect(ended.outputs['applications']).toMatchObject({ total: 200, counts: { live: 200 } })
  expect(Buffer.byteLength(JSON.stringify(ended.outputs['applications']))).toBeLessThan(64 * 1024)
  expect(
    company.argocd.requests.slice(before).filter(({ path }) => path === '/api/v1/stream/applications'),
  ).toHaveLength(1)
}, 60_000)
