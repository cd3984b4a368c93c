import { Failure, withDetails } from '@mlops-actions/diagnostics'
import { fetchToken, parseRegistryHost } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { connectTo } from './connect.ts'
import type { Inputs } from './inputs.ts'
import { basic, type RegistryLogin } from './registry-values.ts'

/** The registries that `registries` names; each is asked for its token when somebody wants it, and once. */
export interface Logins {
  /** Base64 of `user:password`; undefined for a host that is not named. @throws Failure what AWS refused */
  auth(host: string): Promise<string> | undefined
  /** Whether the credentials of the step itself open it, so that ECR's API can be asked in its place. */
  isOwn(host: string): boolean
  /** All of them, by host. */
  all(): Promise<ReadonlyMap<string, string>>
}

/** Nothing is asked yet. Passwords are masked already, in every form. */
export function openLogins(inputs: Inputs, world: ActionWorld): Logins {
  const asked = new Map<string, Promise<string>>()
  const auth = (host: string): Promise<string> | undefined => {
    const login = inputs.registries.get(host)
    if (login === undefined) return undefined
    const known = asked.get(host) ?? open(inputs, world, host, login)
    asked.set(host, known)
    return known
  }
  return {
    auth,
    isOwn: (host) => {
      const login = inputs.registries.get(host)
      return login === undefined || (login.kind === 'ecr' && login.role === undefined)
    },
    all: async () => {
      const hosts = [...inputs.registries.keys()]
      return new Map(await Promise.all(hosts.map(async (host) => [host, (await auth(host)) ?? ''] as const)))
    },
  }
}

async function open(inputs: Inputs, world: ActionWorld, host: string, login: RegistryLogin): Promise<string> {
  if (login.kind === 'password') return basic(`${login.user}:${login.password}`)
  const role = login.role ?? inputs.roleToAssume
  const { region } = parseRegistryHost(host)
  const { ecr, close } = await connectTo(inputs, world, { role, region: region ?? inputs.awsRegion, host })
  try {
    return (await fetchToken(world, ecr)).auth
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    throw withDetails(thrown, { on: `${host} of the input \`registries\`` })
  } finally {
    close()
  }
}
