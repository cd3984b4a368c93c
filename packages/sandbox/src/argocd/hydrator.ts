import { errorMessage } from '../containers/caught.ts'
import { compact, type JsonObject, objectAt, sameJson, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { changeApp, dryFolderOf, hydrateToOf, keyOfApp } from './application.ts'
import { type Argocd, nowText } from './context.ts'
import { renderDirectory } from './render.ts'

/** A failed hydration is tried again after so long (argo-cd:controller/hydrator/hydrator.go appNeedsHydration). */
const TRIED_AGAIN_MS = 120_000

/**
 * Writes the manifests of the dry source's commit to the branch that is synced, or to the one before it, where the commit
 * is another one than the last; `status.sourceHydrator` says how that goes. Resolves true where something was written.
 * Source: argo-cd:controller/hydrator/hydrator.go; the commit is named only once the manifests could be made.
 */
export async function hydrate(argocd: Argocd, app: KubeObject): Promise<boolean> {
  const spec = objectAt(app, 'spec', 'sourceHydrator')
  const dry = dryFolderOf(app)
  if (dry === undefined) return false
  const before = objectAt(app, 'status', 'sourceHydrator', 'currentOperation')
  const startedAt = nowText(argocd)
  const report = (operation: JsonObject) =>
    persist(argocd, app, compact({ startedAt, sourceHydrator: spec, ...operation }))
  try {
    const drySHA = await argocd.git.resolve(dry.repository, dry.revision)
    if (!isDue(argocd, before, spec, drySHA)) return false
    report({ phase: 'Hydrating', message: '' })
    const hydratedSHA = await write(argocd, app, dry, drySHA)
    const finishedAt = nowText(argocd)
    report({ phase: 'Hydrated', message: '', drySHA, hydratedSHA, finishedAt })
    return true
  } catch (error) {
    const message = `Failed to hydrate: ${errorMessage(error)}`
    report({ phase: 'Failed', message, finishedAt: nowText(argocd) })
    return false
  }
}

/** Argo CD remembers the commit of a failure only by its time; here by the specification and the commit that was asked for. */
function isDue(argocd: Argocd, before: JsonObject, spec: JsonObject, drySHA: string): boolean {
  const isSameSpec = sameJson(objectAt(before, 'sourceHydrator'), spec)
  if (!isSameSpec || textAt(before, 'phase') === undefined) return true
  if (textAt(before, 'phase') !== 'Failed') return textAt(before, 'drySHA') !== drySHA
  const since = argocd.clock.now() - Date.parse(textAt(before, 'finishedAt') ?? '')
  return since > TRIED_AGAIN_MS
}

async function write(
  argocd: Argocd,
  app: KubeObject,
  dry: { readonly repository: string; readonly path: string },
  commit: string,
): Promise<string> {
  const { branch, path } = hydrateToOf(app)
  const files = await argocd.git
    .files(dry.repository, { commit, path: dry.path, recurse: false })
    .then(renderDirectory)
    .catch((error: unknown) => {
      throw new Error(
        `failed to get manifests: failed to get repo objects for app ${JSON.stringify(app.metadata.name)}: ${errorMessage(error)}`,
      )
    })
  const manifest = files.map((object) => JSON.stringify(object)).join('\n---\n')
  const time = argocd.clock.now()
  return argocd.git.commit(dry.repository, {
    branch,
    path: `${path}/manifest.yaml`,
    contents: `${manifest}\n`,
    message: `[Argo CD Bot] hydrate ${commit.slice(0, 7)}\n`,
    time,
  })
}

function persist(argocd: Argocd, app: KubeObject, currentOperation: JsonObject): void {
  changeApp(argocd.state, keyOfApp(app), (current) => {
    const status = objectAt(current, 'status')
    const sourceHydrator = { ...objectAt(status, 'sourceHydrator'), currentOperation }
    return { ...current, status: { ...status, sourceHydrator } }
  })
}
