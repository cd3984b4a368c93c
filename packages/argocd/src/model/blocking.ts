import type { SyncWindow } from './resource.wire.ts'

/** An active deny, or allows of which none is active (pkg/apis/application/v1alpha1/types.go SyncWindows.CanSync). */
export function blockingOf<Window extends SyncWindow>(
  active: readonly Window[],
  assigned: readonly Window[],
): Window | undefined {
  const denied = active.find(({ kind }) => kind === 'deny')
  const isAllowed = active.some(({ kind }) => kind === 'allow')
  return denied ?? (isAllowed ? undefined : assigned.find(({ kind }) => kind === 'allow'))
}
