/** Replica counts of a Deployment in the middle of a rolling update. */
export interface Rollout {
  readonly desired: number
  /** spec.replicas and availableReplicas of the ReplicaSet with the current template. */
  readonly fresh: { readonly replicas: number; readonly available: number }
  /** The same for the older ReplicaSets, oldest first. */
  readonly old: readonly { readonly name: string; readonly replicas: number; readonly available: number }[]
}

/** New sizes of the ReplicaSets. */
export interface Scaling {
  readonly fresh: number
  readonly old: ReadonlyMap<string, number>
}

/**
 * One step of a rolling update with maxSurge 25 % (rounded up) and maxUnavailable 25 % (rounded down).
 * With one replica that means: the new pod must be available before the old one goes.
 * Source: kubernetes pkg/controller/deployment/rolling.go, util/deployment_util.go (ResolveFenceposts).
 */
export function planRollout({ desired, fresh, old }: Rollout): Scaling {
  const surge = Math.ceil(desired * 0.25)
  const unavailable = Math.floor(desired * 0.25)
  const oldTotal = sum(old.map((set) => set.replicas))
  const room = Math.max(0, desired + surge - fresh.replicas - oldTotal)
  const grown = Math.min(desired, fresh.replicas + room)
  const minimum = desired - unavailable
  const freshUnavailable = Math.max(0, fresh.replicas - fresh.available)
  const removable = Math.max(0, fresh.replicas + oldTotal - minimum - freshUnavailable)
  return {
    fresh: Math.max(grown, Math.min(fresh.replicas, desired)),
    old: shrink(old, removable, minimum, fresh),
  }
}

/** Old pods that are not available go first; available ones only while enough others serve. */
function shrink(
  old: Rollout['old'],
  removable: number,
  minimum: number,
  fresh: Rollout['fresh'],
): ReadonlyMap<string, number> {
  const sizes = new Map(old.map((set) => [set.name, set.replicas]))
  let left = removable
  for (const set of old) {
    const unhealthy = Math.min(left, Math.max(0, set.replicas - set.available))
    sizes.set(set.name, set.replicas - unhealthy)
    left -= unhealthy
  }
  let spare = Math.min(left, sum(old.map((set) => set.available)) + fresh.available - minimum)
  for (const set of old) {
    const size = sizes.get(set.name) ?? 0
    const gone = Math.max(0, Math.min(spare, size))
    sizes.set(set.name, size - gone)
    spare -= gone
  }
  return sizes
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
