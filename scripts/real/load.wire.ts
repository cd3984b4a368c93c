import { pathToFileURL } from 'node:url'
import type { Peer } from './peer.ts'

/** Loads `test/real/<name>.ts`, which exports `peer`. Throws when it does not. */
export async function loadPeer(file: string): Promise<Peer> {
  const module: unknown = await import(pathToFileURL(file).href)
  const peer = typeof module === 'object' && module !== null && 'peer' in module ? module.peer : undefined
  if (typeof peer === 'object' && peer !== null && 'name' in peer && 'prepare' in peer && 'run' in peer)
    return peer as Peer
  throw new Error(`${file} must export peer: { name, prepare, run }`)
}
