import { Failure, type World } from '@mlops-actions/diagnostics'
import type { BuildkitAddress } from './address.ts'
import { askInfo, type BuildkitTls } from './connection.ts'
import { explainConnection, tooOld } from './explain.ts'
import { isTooOld, parseInfo } from './info.ts'

/** Milliseconds; an answer takes 20 over loopback. */
const PATIENCE = 10_000

/**
 * Makes sure that there is a BuildKit that takes us and can do our work, and returns its version. One behind ssh or
 * kubectl is not asked: then it is undefined, and the build will tell.
 * @throws Failure that names the input, `cancelled`
 */
export async function askBuildkit(
  world: Pick<World, 'signal'>,
  address: BuildkitAddress,
  tls: BuildkitTls | undefined,
  patience: number = PATIENCE,
): Promise<string | undefined> {
  if (address.kind !== 'tcp' && address.kind !== 'unix') return undefined
  const answer = await askInfo(world, address, tls, patience)
  world.signal.throwIfAborted()
  const info = answer.kind === 'answer' && answer.status === '0' ? parseInfo(answer.body) : undefined
  if (info === undefined) throw explainConnection(answer, address, patience)
  if (isTooOld(info))
    throw new Failure({ what: 'Cannot use the builder', seen: info.version, ...tooOld(info.version) })
  return info.version
}
