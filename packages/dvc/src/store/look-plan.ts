/**
 * How the objects of a remote are looked at.
 * - `head`: one request for each
 * - `list`: everything below each prefix of so many hex digits; 0 is one listing of everything
 */
export type Look = { readonly kind: 'head' } | { readonly kind: 'list'; readonly digits: 0 | 1 | 2 }

export interface LookFacts {
  /** Objects that are asked for. */
  readonly wanted: number
  /** Objects that the remote is thought to hold. */
  readonly stored: number
  /** Prefixes of 0, 1 and 2 digits that the wanted objects are spread over. */
  readonly prefixes: readonly [none: number, one: number, two: number]
}

/** Keys of one listing page (S3's limit). */
const PAGE = 1_000
/** Pages of one listing come one after the other: each costs the time of so many requests that go side by side. */
const IN_TURN = 8
/** First two hex digits of an oid: MD5 spreads objects evenly over them. */
const FAN_OUT = 256

/** Pure: the way that costs the fewest requests, where waiting for one page after the other counts too. */
export function planLook({ wanted, stored, prefixes }: LookFacts): Look {
  const ways: { readonly look: Look; readonly cost: number }[] = [
    { look: { kind: 'head' }, cost: wanted + IN_TURN },
  ]
  for (const digits of [0, 1, 2] as const) {
    const pages = Math.max(1, Math.ceil(stored / 16 ** digits / PAGE))
    ways.push({ look: { kind: 'list', digits }, cost: prefixes[digits] * pages + pages * IN_TURN })
  }
  return ways.reduce((best, way) => (way.cost < best.cost ? way : best)).look
}

/**
 * Pure: about how many objects there are, from those under `00`. Where there are more than a page of them, how far the
 * page reached into `00` tells how many (dvc_objects/db.py estimates from the first page alone).
 * @param oids of the page, in order
 */
export function estimateStored(oids: readonly string[], isWhole: boolean): number {
  if (isWhole) return oids.length * FAN_OUT
  const reached = Number.parseInt(oids.at(-1)?.slice(2, 10) ?? '', 16) / 2 ** 32
  return Math.ceil((oids.length / (reached || 2 ** -32)) * FAN_OUT)
}
