import { deepStrictEqual, ok } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Argocd } from '@mlops-actions/argocd'
import { parse } from 'yaml'
import { goModuleFiles } from '../../scripts/real/go.ts'
import type { Check, Peer } from '../../scripts/real/peer.ts'
import { misfits } from './argocd/fits.ts'
import { readerOfApi, readerOfResources, type Tell } from './argocd/readers.ts'
import { record } from './argocd/scenario.ts'
import { operationOf, type Schema, type Swagger } from './argocd/schema.ts'

interface Published {
  readonly swagger: Swagger
  /** Of the CRDs, by their plurals. */
  readonly resources: ReadonlyMap<string, Schema>
}

type Prepared = AsyncDisposable & Published

/** What Argo CD publishes of its API and its resources: our client, and the sandbox that stands in for it, are held to it. */
export const peer: Peer<Prepared> = { name: 'argocd', prepare, run }

const MODULE = 'github.com/argoproj/argo-cd/v3'
const VERSION = 'v3.5.7'
const CRDS = ['application', 'applicationset', 'appproject'].map((name) => `manifests/crds/${name}-crd.yaml`)
const SWAGGER = 'assets/swagger.json'

async function prepare(): Promise<Prepared> {
  const folder = await goModuleFiles(MODULE, VERSION, [SWAGGER, ...CRDS])
  const swagger: Swagger = JSON.parse(readFileSync(join(folder, SWAGGER), 'utf8'))
  const resources = new Map(CRDS.map((file) => schemaOfCrd(parse(readFileSync(join(folder, file), 'utf8')))))
  return { swagger, resources, [Symbol.asyncDispose]: async () => {} }
}

interface Crd {
  readonly spec: {
    readonly names: { readonly plural: string }
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[]
  }
}

function schemaOfCrd({ spec }: Crd): readonly [plural: string, schema: Schema] {
  return [spec.names.plural, spec.versions[0]?.schema.openAPIV3Schema ?? {}]
}

async function run({ swagger, resources }: Prepared, check: Check): Promise<void> {
  const readers: readonly (readonly [where: string, open: (tell: Tell) => Argocd])[] = [
    [`the API of ${VERSION}`, (tell) => readerOfApi(swagger, tell)],
    [`the CRDs of ${VERSION}`, (tell) => readerOfResources(resources, swagger.definitions, tell)],
  ]
  for (const [where, open] of readers) {
    await check(`what we read is in ${where}, with that type`, async () => {
      const problems = new Set<string>()
      await readAll(open((problem) => problems.add(problem)))
      deepStrictEqual([...problems], [])
    })
  }
  const { answers, objects } = await record()
  for (const template of new Set(
    answers.map((one) => operationOf(swagger, one.method, pathOf(one.path)).template),
  ))
    await check(`the sandbox answers ${template} as ${VERSION} describes it`, () => {
      const problems = answers.flatMap(({ method, path, status, body }) => {
        const operation = operationOf(swagger, method, pathOf(path))
        if (operation.template !== template) return []
        const schema = operation.responses[status < 400 ? '200' : 'default']?.schema
        ok(schema, `${template} has no schema for ${status}`)
        return misfits(body, schema, swagger.definitions)
      })
      deepStrictEqual([...new Set(problems)], [])
    })
  for (const [plural, schema] of resources)
    await check(`the sandbox writes ${plural} that its CRD takes`, () => {
      const own = objects.filter((one) => one.plural === plural)
      ok(own.length > 0, `it wrote no ${plural}`)
      const problems = own.flatMap(({ object: { metadata: _, ...object } }) =>
        misfits({ ...object, metadata: {} }, schema, swagger.definitions),
      )
      deepStrictEqual([...new Set(problems)], [])
    })
}

function pathOf(path: string): string {
  return path.split('?')[0] ?? ''
}

/** Everything that can be asked. */
async function readAll(argocd: Argocd): Promise<void> {
  const app = { name: 'churn', project: 'ml', appNamespace: 'argocd' }
  const node = { ...NODE, kind: 'Pod', name: 'churn-a', namespace: 'ml', version: 'v1' }
  await argocd.version()
  await argocd.get(app)
  await argocd.list({ ...app, selector: 'a=b' })
  await argocd.refresh(app)
  await argocd.tree(app)
  await argocd.resource(app, node, (value) => value)
  await argocd.events(app, node)
  await argocd.events(app)
  // What a sample says of its schedule is no schedule.
  await argocd.blockingWindow(app).catch(() => undefined)
  await argocd.applicationSet('all', 'argocd')
  await argocd.containerLog(app, { pod: 'churn-a', namespace: 'ml', container: 'server' })
  await argocd.sync(app, { prune: true }).catch(() => undefined)
}

const NODE = { group: '', uid: 'u', parentRefs: [], info: [], images: [], createdAt: '' }
