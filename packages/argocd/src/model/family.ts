import type { Application } from './application.wire.ts'

/** Where an Application resource stands; `''` is the namespace of the control plane. */
export interface ChildName {
  readonly namespace: string
  readonly name: string
}

/** The Applications that an Application made (app of apps), by its managed resources. What it is about to prune is none. */
export function childrenNamed({ status }: Application): readonly ChildName[] {
  return status.resources
    .filter(({ group, kind, requiresPruning }) => {
      return group === 'argoproj.io' && kind === 'Application' && !requiresPruning
    })
    .map(({ namespace, name }) => ({ namespace, name }))
}

/** Whether an ApplicationSet made it (argo-cd applicationset/controllers sets the owner). */
export function isOwnedBySet({ metadata }: Application, applicationSet: string): boolean {
  return metadata.ownerReferences.some(
    ({ kind, name }) => kind === 'ApplicationSet' && name === applicationSet,
  )
}

/** Whether it is on its way out: a selector finds it none the less (argo-cd #15830). */
export function isDeleting({ metadata }: Application): boolean {
  return metadata.deletionTimestamp !== undefined
}
