import { closeEcr, createLogin, openEcr, openHttp, type Place, repositoryAt } from '@mlops-actions/ecr'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

export interface Ends {
  readonly source: Place
  readonly target: Place
  /** Closes the sockets of both. */
  readonly close: () => void
}

/** One end, as the inputs name it. */
interface End {
  readonly host: string
  readonly repository: string
  readonly role: string | undefined
  readonly region: string | undefined
  readonly input: 'image' | 'registry'
  readonly roleInput: string
}

/** Clients of both ends, each with the credentials and the region of its own; nothing is asked yet. */
export async function connect(inputs: Inputs, world: ActionWorld): Promise<Ends> {
  const { image, requestTimeout } = inputs
  const { host: from } = image
  const to = inputs.registry ?? from
  const access = { requestTimeout, caCert: await readCaCert(inputs.caCert, world.context.workspace) }
  const http = openHttp(world, access, [from, to])
  const open = ({ input, roleInput, ...end }: End): Place => {
    const { host } = end
    const { ecr } = openEcr(world, access, http, end)
    const repository = repositoryAt(host, end.repository)
    return { ecr, http, host, repository, login: createLogin(world, ecr, host, input), roleInput }
  }
  const source = open({
    host: from,
    repository: image.repository,
    role: inputs.sourceRoleToAssume ?? inputs.roleToAssume,
    region: inputs.sourceAwsRegion,
    input: 'image',
    roleInput: inputs.sourceRoleToAssume === undefined ? 'role-to-assume' : 'source-role-to-assume',
  })
  const target = open({
    host: to,
    repository: inputs.repository ?? image.repository,
    role: inputs.roleToAssume,
    region: inputs.awsRegion,
    input: 'registry',
    roleInput: 'role-to-assume',
  })
  const close = (): void => {
    for (const { ecr } of [source, target]) closeEcr(ecr)
    http.close()
  }
  return { source, target, close }
}
