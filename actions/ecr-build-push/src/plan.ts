import { resolve } from 'node:path'
import { ecrCacheTo, isFolderContext, type KeyedRequest, parseRegistryHost } from '@mlops-actions/ecr'
import { REMOTE_BUILDER } from '@mlops-actions/ecr/buildkit'
import { parseImageReference } from '@mlops-actions/oci'
import type { ActionWorld } from '@mlops-actions/runner'
import { type Builder, openBuilder } from './builder.ts'
import type { Inputs } from './inputs.ts'
import { type Logins, openLogins } from './logins.ts'
import { imageLabels, type Origin, originOfRun } from './origin.ts'
import { dockerfileInside, insideWorkspace } from './paths.ts'
import type { Reuse } from './reuse.ts'
import { type PreparedSecrets, prepareSecrets } from './secrets.ts'
import { prepareSsh } from './ssh.ts'

/** A build, but for what only the registry and the moment say: names of the image, and where to write the metadata. */
export interface BuildPlan {
  readonly request: KeyedRequest
  readonly origin: Origin
  readonly secrets: PreparedSecrets
  readonly logins: Logins
  readonly builder: Builder
}

/** Decides everything about the build that can be known before anything is asked or started; its labels are the user's only. */
export async function planBuild(inputs: Inputs, world: ActionWorld): Promise<BuildPlan> {
  const { target, platforms, buildArgs, noCache, pull, provenance, buildkit, push } = inputs
  const { workspace } = world.context
  const secrets = await prepareSecrets(inputs, world)
  const context = await insideWorkspace(workspace, inputs.context, { input: 'context', kind: 'folder' })
  const file = await dockerfileInside(workspace, inputs.file ?? resolve(context, 'Dockerfile'))
  const request = {
    context,
    file,
    push,
    target,
    platforms,
    buildArgs,
    buildContexts: await resolveContexts(inputs, workspace),
    secrets: secrets.secrets,
    ssh: await prepareSsh(inputs, world),
    labels: inputs.labels,
    annotations: inputs.annotations,
    cacheFrom: inputs.cacheFrom,
    cacheTo: inputs.cacheTo.map((cache) => cacheTo(cache, world)),
    noCache,
    pull,
    provenance,
    sbom: inputs.sbom,
    network: inputs.network,
    shmSize: inputs.shmSize,
    ulimits: inputs.ulimit,
    addHosts: inputs.addHosts,
    outputs: inputs.outputs,
    builder: buildkit === undefined ? inputs.builder : REMOTE_BUILDER,
    ...smokeKey(inputs),
  }
  return {
    request,
    origin: originOfRun(world),
    secrets,
    logins: openLogins(inputs, world),
    builder: await openBuilder(inputs, world),
  }
}

/** An image that was not asked, or for something else, has another content key. Values of variables are for no tag. */
function smokeKey({ smoke, smokeEnv }: Inputs): { readonly smoke?: string } {
  if (smoke === undefined) return {}
  return { smoke: JSON.stringify([smoke.port ?? null, smoke.path, ...[...smokeEnv.keys()].toSorted()]) }
}

/** The plan of an image that is built now: it says from which commit. */
export function withOrigin(plan: BuildPlan, origin: Origin): BuildPlan {
  const { request } = plan
  return { ...plan, request: { ...request, labels: imageLabels(origin, request.labels) }, origin }
}

/**
 * The plan of an image that is to have its content key: it stands on the very bases of the key. Past `max-age` every step
 * is run anew, since a cache would give what a RUN has fetched long ago.
 */
export function forKey(plan: BuildPlan, reuse: Reuse): BuildPlan {
  if (reuse.kind !== 'miss') return plan
  const { key, expired } = reuse
  return { ...plan, request: { ...plan.request, buildContexts: key.buildContexts, noCache: expired } }
}

/** Folders are those of the repository. */
async function resolveContexts(
  { buildContexts }: Inputs,
  workspace: string,
): Promise<ReadonlyMap<string, string>> {
  const resolved = new Map<string, string>()
  for (const [name, value] of buildContexts) {
    const wanted = { input: 'build-contexts', kind: 'folder' } as const
    resolved.set(name, isFolderContext(value) ? await insideWorkspace(workspace, value, wanted) : value)
  }
  return resolved
}

/** A cache that goes to ECR gets the form that ECR takes; other registries take both. */
function cacheTo(cache: string, { log }: ActionWorld): string {
  const reference = /(?:^|,)ref=([^,]+)/.exec(cache)?.[1] ?? (cache.includes('=') ? '' : cache)
  const changed = isEcr(reference) ? ecrCacheTo(cache) : cache
  if (changed !== cache) log.info(`cache-to is ${changed}: ECR takes a cache only as an OCI image manifest`)
  return changed
}

function isEcr(reference: string): boolean {
  try {
    const { kind } = parseRegistryHost(parseImageReference(reference).host ?? '')
    return kind === 'private' || kind === 'loopback'
  } catch {
    return false
  }
}
