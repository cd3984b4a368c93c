import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createArgocd, selectSources } from '@mlops-actions/argocd'
import { createHttp } from '@mlops-actions/http'
import { testWorld } from '../../../test/harness/world.ts'
import { createBelow } from '../src/look/below.ts'
import { createObserver } from '../src/look/observe.ts'
import { type Company, startCompany } from './company.ts'

let company: Company
beforeEach(async () => {
  company = await startCompany()
})
afterEach(() => company.close())

test('an event that is older than what was seen is none, and a newer one is', async () => {
  const world = testWorld()
  const http = createHttp(world, { trustedOrigins: [company.argocd.url] })
  const argocd = createArgocd(http, { url: company.argocd.url, token: 'argocd-token' })
  const name = { name: 'churn-prod', project: 'default' }
  const first = await argocd.get(name)
  const [source] = selectSources(first, undefined)
  if (source === undefined) throw new Error('the Application has a source')
  const ancestry = {
    relate: async () => 'same' as const,
    relateWritten: async () => 'same' as const,
    proposal: async () => undefined,
    readFile: async () => undefined,
    close: async () => {},
  }
  const options = {
    name,
    source,
    revision: 'a'.repeat(40),
    below: createBelow(argocd, name),
    isDeep: false,
    isVersionExpected: false,
    wantsRefresh: () => false,
    wantsRendering: () => false,
  }
  const observer = createObserver(world, argocd, ancestry, options)
  const application = await argocd.get(name)
  await observer.take(application)
  const at = (resourceVersion: number) => {
    const metadata = { ...application.metadata, resourceVersion: String(resourceVersion) }
    return observer.take({ ...application, metadata })
  }
  const version = Number(application.metadata.resourceVersion)
  expect(await at(version - 1)).toBeUndefined()
  expect((await at(version + 1))?.application.metadata.name).toBe('churn-prod')
  expect(await at(version)).toBeUndefined()
  http.close()
})
