import type { World } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { EcrApi } from '../api.ts'
import { createRenewable } from '../renewable.ts'
import type { AskedRepository } from '../repository.ts'
import { assertTokenFits, fetchToken, type RegistryToken } from '../token.ts'

/** One end of a copy: a repository, and how its registry and its API are asked. */
export interface Place extends AskedRepository {
  readonly http: HttpClient
  /** As image references begin. */
  readonly host: string
  readonly login: Login
  /** The input of the role that this end is asked with; for failures. */
  readonly roleInput: string
}

/** The token of one registry. It is asked for when a blob moves, and never before. */
export interface Login {
  /** Base64 of `AWS:<password>`. */
  auth(): Promise<string>
  /** The registry says that this one has expired: the next one is new. Of many that hear so the first one counts. */
  renew(expired: string): Promise<void>
}

/**
 * A login that asks ECR once for its token, however many blobs wait for it.
 * @param first a token that is there already, of a host that it fits
 * @throws Failure what AWS refused; `config` where the host is no registry of ECR, which would be told the token for nothing
 */
export function createLogin(
  world: Pick<World, 'mask' | 'signal'>,
  ecr: EcrApi,
  host: string,
  input: string,
  first?: RegistryToken,
): Login {
  const { value: auth, renew } = createRenewable(async () => {
    const { auth, host: own } = await fetchToken(world, ecr)
    assertTokenFits(host, own, input)
    return auth
  }, first?.auth)
  return { auth, renew }
}
