/** In how many looks in a row something has been seen, and since when (milliseconds since the epoch). */
export interface Sighting {
  readonly looks: number
  readonly since: number
}

/** What has been seen in a row up to the last look, by a key that the observer chooses. */
export type Sightings = ReadonlyMap<string, Sighting>

/** How long something must be seen before it counts: a pull that fails once and then works is no failure. */
export interface Patience {
  readonly looks: number
  /** Milliseconds from the first of these looks to the last. */
  readonly lasting: number
}

/** The memory after one more look; what was not seen this time is forgotten. Pure. */
export function remember(before: Sightings, seen: Iterable<string>, now: number): Sightings {
  return new Map(
    [...new Set(seen)].map((key) => {
      const last = before.get(key)
      return [key, { looks: (last?.looks ?? 0) + 1, since: last?.since ?? now }]
    }),
  )
}

/** Whether it has been seen often and long enough. Pure. */
export function hasLasted(sightings: Sightings, key: string, patience: Patience, now: number): boolean {
  const seen = sightings.get(key)
  return seen !== undefined && seen.looks >= patience.looks && now - seen.since >= patience.lasting
}
