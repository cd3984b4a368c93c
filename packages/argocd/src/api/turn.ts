import type { Application } from '../model/application.wire.ts'
import type { Argocd } from './argocd.ts'

/** Where an Application stands with the ApplicationSet that syncs it, step by step. */
export interface Turn {
  readonly applicationSet: string
  /** `step 2, Waiting: …`; undefined where that cannot be read. */
  readonly standing: string | undefined
}

export function syncsByItself({ spec }: Application): boolean {
  return spec.syncPolicy?.automated?.enabled === true
}

/**
 * RollingSync switches automated sync off in the Applications, and syncs each when its step has come (argo-cd
 * applicationset/controllers, progressive syncs); undefined where nothing of the kind is at work. Needs
 * `applicationsets, get`: without it only the owner is known.
 */
export async function readTurn(argocd: Argocd, application: Application): Promise<Turn | undefined> {
  const { name, namespace, ownerReferences } = application.metadata
  const owner = ownerReferences.find(({ kind }) => kind === 'ApplicationSet')
  if (owner === undefined || syncsByItself(application)) return undefined
  const set = await argocd.applicationSet(owner.name, namespace).catch(() => undefined)
  if (set !== undefined && set.spec.strategy?.type !== 'RollingSync') return undefined
  const own = set?.status.applicationStatus.find((one) => one.application === name)
  const standing = own && `step ${own.step}, ${own.status}${own.message === '' ? '' : `: ${own.message}`}`
  return { applicationSet: owner.name, standing }
}
