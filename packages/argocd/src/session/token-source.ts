import type { World } from '@mlops-actions/diagnostics'
import { messageOf } from '@mlops-actions/diagnostics'
import { readClaims } from './claims.wire.ts'

/** Where the token of each request comes from. */
export interface TokenSource {
  /** The one to send now; made, or made anew where it is about to expire. */
  token(): Promise<string>
  /** Asked where the server has refused that one: false where there is no other. */
  renew(refused: string): Promise<boolean>
}

/** One that the user gave: there is no other. */
export function fixedToken(token: string): TokenSource {
  return { token: async () => token, renew: async () => false }
}

/** Requests that are under way may take a while; of a short life (GitHub's five minutes) a quarter is kept. */
const RENEWED_BEFORE_MS = 2 * 60_000

/**
 * Tokens that can be had again: the first when it is needed, the next before that one expires, each masked before it is
 * handed on. Where a new one cannot be had the old one is good until it ends.
 * @param mint gets one from the server
 */
export function renewedToken(
  world: Pick<World, 'now' | 'mask' | 'log'>,
  mint: () => Promise<string>,
): TokenSource {
  let last: Minted | undefined
  let minting: Promise<string> | undefined
  const fresh = (): Promise<string> => {
    minting ??= mint()
      .then((token) => {
        world.mask(token)
        last = minted(token, world.now())
        return token
      })
      .finally(() => {
        minting = undefined
      })
    return minting
  }
  return {
    async token() {
      const now = world.now()
      if (last === undefined || now >= last.expiresAt) return fresh()
      if (now < last.renewAt) return last.token
      const { token } = last
      return fresh().catch((error: unknown) => {
        world.log.debug(`The login to Argo CD could not be renewed yet: ${messageOf(error)}`)
        return token
      })
    },
    async renew(refused) {
      if (last?.token === refused) await fresh()
      return true
    },
  }
}

interface Minted {
  readonly token: string
  readonly renewAt: number
  readonly expiresAt: number
}

function minted(token: string, now: number): Minted {
  const expiresAt = readClaims(token)?.expiresAt ?? Number.POSITIVE_INFINITY
  const kept = Math.min(RENEWED_BEFORE_MS, (expiresAt - now) / 4)
  return { token, expiresAt, renewAt: expiresAt === Number.POSITIVE_INFINITY ? expiresAt : expiresAt - kept }
}
