import { ok } from 'node:assert'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { applyPlan, type Change, decodeManifest, planEdits } from '@mlops-actions/manifest'
import { parseAllDocuments } from 'yaml'
import { runOrThrow } from '../../scripts/command.ts'
import { goProgram } from '../../scripts/real/go.ts'
import type { Check, Peer } from '../../scripts/real/peer.ts'

type Prepared = AsyncDisposable & { readonly folder: string; readonly kustomize: string }

/** Real kustomize builds what the edits of `manifest` leave: what it deploys has to be what was set. */
export const peer: Peer<Prepared> = { name: 'kustomize', prepare, run }

const CORPUS = join(import.meta.dirname, '../../packages/manifest/test/corpus')

/** What the kustomizations of the corpus patch, with an image of each name that they replace. */
const BASE = `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, annotations: {a: b}}
spec:
  predictor:
    containers: [{name: a, image: churn}, {name: b, image: fraud}, {name: c, image: new}]
    model: {storageUri: s3://base/}
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: fraud}
spec: {predictor: {model: {storageUri: s3://base/}}}
`

async function prepare(): Promise<Prepared> {
  const kustomize = await goProgram('sigs.k8s.io/kustomize/kustomize/v5', 'v5.4.3')
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-kustomize-'))
  return {
    folder,
    kustomize,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function run({ folder, kustomize }: Prepared, check: Check): Promise<void> {
  for (const name of readdirSync(CORPUS).filter((one) => one.startsWith('kustomize-'))) {
    await check(`${name} deploys what was set`, async () => {
      const { file, changes }: { file: string; changes: readonly Change[] } = JSON.parse(
        readFileSync(join(CORPUS, name, 'changes.json'), 'utf8'),
      )
      const given = decodeManifest(file, readFileSync(join(CORPUS, name, 'given')))
      const overlay = stage(join(folder, name), basename(file), applyPlan(planEdits(given, changes)))
      const built = textsIn(await runOrThrow(kustomize, ['build', overlay], folder))
      for (const { value } of changes)
        ok(built.has(String(value)), `${value} is not among ${[...built].join(' ')}`)
    })
  }
}

/** The kustomization in a repository that has the files which it names; returns its folder. */
function stage(root: string, name: string, kustomization: string): string {
  const overlay = join(root, 'overlays/prod')
  for (const folder of [join(root, 'base'), join(root, 'overlays/base'), join(overlay, 'base')]) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [services.yaml]\n')
    writeFileSync(join(folder, 'services.yaml'), BASE)
  }
  writeFileSync(join(overlay, 'replicas.yaml'), BASE.split('---\n')[1] ?? '')
  writeFileSync(join(overlay, 'other.yaml'), BASE.split('---\n')[1] ?? '')
  const isComplete = kustomization.includes('resources:')
  writeFileSync(join(overlay, name), isComplete ? kustomization : `${kustomization}resources: [../base]\n`)
  return overlay
}

/** Every text in what was built. */
function textsIn(manifests: string): ReadonlySet<string> {
  const collect = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : []
  }
  return new Set([...parseAllDocuments(manifests)].flatMap((document) => collect(document.toJS())))
}
