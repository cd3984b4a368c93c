import { isRecord, parseJson, stringField } from '../registry/json.ts'
import { type SandboxRequest, type SandboxServer, serve } from '../server.ts'
import { DEFAULT_PRINCIPAL, type Principal } from '../sigv4/index.ts'
import { answerEcr, type EcrOptions, type EcrServer, startEcr } from './index.ts'

/** One account in one region. */
export interface EcrAccount {
  readonly accountId: string
  readonly region: string
}

export interface EcrAccounts extends SandboxServer {
  /** In the order in which they were named. */
  readonly servers: readonly EcrServer[]
  /** Known to all of them: whether one may do something in the account of another, deny rules say. */
  readonly principals: Principal[]
}

/**
 * The ECR APIs of several accounts and regions behind one address: clients know only one `AWS_ENDPOINT_URL_ECR`. Which
 * of them is asked, AWS sees by the region that the signature is for, and by `registryId` or else the caller's account.
 */
export async function startEcrAccounts(
  accounts: readonly EcrAccount[],
  options: Pick<EcrOptions, 'now' | 'principals'> = {},
): Promise<EcrAccounts> {
  const principals = [...(options.principals ?? [DEFAULT_PRINCIPAL])]
  const servers = await Promise.all(
    accounts.map((account) => startEcr({ ...options, ...account, principals })),
  )
  const now = options.now ?? Date.now
  const front = await serve((request) => {
    const chosen = choose(request, servers, principals)
    // Whoever admits a principal to all of them need not know how each keeps its own.
    chosen.state.principals.splice(0, Number.POSITIVE_INFINITY, ...principals)
    return answerEcr(request, chosen.state, now(), chosen.registryServer)
  })
  const close = async (): Promise<void> => {
    await Promise.all([front.close(), ...servers.map((server) => server.close())])
  }
  return { ...front, servers, principals, close }
}

function choose(
  request: SandboxRequest,
  servers: readonly EcrServer[],
  principals: readonly Principal[],
): EcrServer {
  const [, key, region] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers['authorization'] ?? '') ?? []
  const input = parseJson(request.body.toString('utf8'))
  const own = principals.find(({ accessKeyId }) => accessKeyId === key)?.arn.split(':')[4]
  const accountId = (isRecord(input) ? stringField(input, 'registryId') : undefined) ?? own
  const here = servers.filter(({ state }) => state.registry.region === region)
  const [first] = servers
  const found = here.find(({ state }) => state.registry.accountId === accountId) ?? here[0] ?? first
  if (found === undefined) throw new Error('no account was started')
  return found
}
