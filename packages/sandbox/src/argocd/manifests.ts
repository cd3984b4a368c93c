import { errorMessage } from '../containers/caught.ts'
import { booleanAt, type JsonObject, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { sourcesOf } from './application.ts'
import type { Argocd } from './context.ts'
import { renderDirectory, targetObject } from './render.ts'

/** `latest` asks the repository anew, `recent` takes the commits of the last time. */
export type Freshness = 'recent' | 'latest'

/** What Git wants: a commit (or chart version) for each source and the manifests of all of them. */
export interface Wanted {
  readonly revisions: readonly string[]
  readonly targets: readonly JsonObject[]
}

/** Git was reached but what stands there cannot be used: ComparisonError, never swallowed. */
export class ManifestError extends Error {
  readonly revisions: readonly string[]
  constructor(message: string, revisions: readonly string[]) {
    super(message)
    this.revisions = revisions
  }
}

/**
 * Resolves the revisions of an application and renders its manifests.
 * @param revisions instead of each source's targetRevision; empty entries keep it
 * @throws ManifestError for bad manifests, Error when the repository cannot be reached
 */
export async function loadWanted(
  argocd: Argocd,
  app: KubeObject,
  revisions: readonly string[] = [],
): Promise<Wanted> {
  const resolved: string[] = []
  const targets: JsonObject[] = []
  for (const [index, source] of sourcesOf(app).entries()) {
    const revision = revisions[index] || textAt(source, 'targetRevision') || 'HEAD'
    // A chart is named by its version and rendered elsewhere: here it brings no manifests.
    if (textAt(source, 'chart') !== undefined) {
      resolved.push(revision)
      continue
    }
    const repository = textAt(source, 'repoURL') ?? ''
    // An artifact is named by its digest, also where the source has a tag; what is in it is rendered elsewhere, too.
    if (repository.startsWith('oci://')) {
      resolved.push(digestOf(argocd, repository, revision))
      continue
    }
    const commit = await argocd.git.resolve(repository, revision)
    resolved.push(commit)
    targets.push(...(await renderSource(argocd, app, source, commit)))
  }
  return { revisions: resolved, targets }
}

function digestOf({ state }: Argocd, repository: string, revision: string): string {
  if (revision.startsWith('sha256:')) return revision
  const digest = state.artifacts.get(`${repository}:${revision}`)
  if (digest === undefined) throw new Error(`cannot get digest: ${repository}:${revision}: not found`)
  return digest
}

async function renderSource(
  argocd: Argocd,
  app: KubeObject,
  source: JsonObject,
  commit: string,
): Promise<JsonObject[]> {
  const path = textAt(source, 'path')
  if (path === undefined) return []
  const recurse = booleanAt(source, 'directory', 'recurse') ?? false
  const namespace = textAt(app, 'spec', 'destination', 'namespace') ?? 'default'
  try {
    const files = await argocd.git.files(textAt(source, 'repoURL') ?? '', { commit, path, recurse })
    return renderDirectory(files).map((manifest) => targetObject(manifest, app.metadata.name, namespace))
  } catch (error) {
    const message = `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${errorMessage(error)}`
    // A known quirk (argo-cd#29575): the status then names what was asked for, not the commit.
    throw new ManifestError(
      message,
      sourcesOf(app).map((one) => textAt(one, 'targetRevision') ?? 'HEAD'),
    )
  }
}
