import { join } from 'node:path'
import type { ActionManifest } from './action-manifest.ts'
import { readActionManifest } from './action-manifest.wire.ts'
import type { RunContext } from './run-context.ts'
import type { SourceRepository } from './sources.ts'
import type { FunctionStandIn, StandIn } from './stand-in.ts'
import { parseUses } from './uses.ts'

/** The action behind a `uses:`. */
export type ResolvedAction =
  | { readonly kind: 'function'; readonly standIn: FunctionStandIn; readonly origin: ActionOrigin }
  | { readonly kind: 'manifest'; readonly manifest: ActionManifest; readonly origin: ActionOrigin }

export interface ActionOrigin {
  /** Undefined for an action of the workspace: it has no pre stage and no repository of its own. */
  readonly repository: SourceRepository | undefined
}

/** Finds what runs for a `uses:`, stand-ins first. Throws for what is not at hand or not supported. */
export async function resolveAction(
  run: Pick<RunContext, 'sources' | 'standIns'>,
  from: SourceRepository,
  workspace: string,
  uses: string,
): Promise<ResolvedAction> {
  const target = parseUses(uses)
  if (target.kind === 'workspace') {
    return {
      kind: 'manifest',
      manifest: readActionManifest(join(workspace, target.path), uses),
      origin: { repository: undefined },
    }
  }
  if (target.kind === 'self') return inRepository(from, target.path, uses)
  const standIn = findStandIn(run.standIns, target.repository, target.path)
  if (standIn === undefined)
    return inRepository(await run.sources.resolve(target.repository, target.ref), target.path, uses)
  const directory = 'directory' in standIn ? standIn.directory : ''
  const repository = { name: target.repository, ref: target.ref, sha: '', directory }
  if ('directory' in standIn) return inRepository(repository, '', uses)
  return { kind: 'function', standIn, origin: { repository } }
}

function inRepository(repository: SourceRepository, path: string, uses: string): ResolvedAction {
  return {
    kind: 'manifest',
    manifest: readActionManifest(join(repository.directory, path), uses),
    origin: { repository },
  }
}

function findStandIn(
  standIns: Readonly<Record<string, StandIn>>,
  repository: string,
  path: string,
): StandIn | undefined {
  const wanted = (path === '' ? repository : `${repository}/${path}`).toLowerCase()
  return Object.entries(standIns).find(([name]) => name.toLowerCase() === wanted)?.[1]
}
