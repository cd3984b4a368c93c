import { DescribeRepositoriesCommand, type Repository } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from './api.ts'
import { identity, type RepositoryId, unless } from './repository.ts'

/**
 * What the API says of a repository; undefined where it does not exist.
 * @param what cannot be done without it, for failures
 * @throws Failure what AWS refused
 */
export async function describeRepository(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  what: string,
): Promise<Repository | undefined> {
  const { repositoryName, ...registry } = identity(repository)
  const command = new DescribeRepositoriesCommand({ repositoryNames: [repositoryName], ...registry })
  const asked = { what, on: repository.name, action: 'ecr:DescribeRepositories' }
  const answer = await callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client
      .send(command, { abortSignal })
      .catch((cause: unknown) => unless('RepositoryNotFoundException', cause, undefined)),
  )
  return answer?.repositories?.[0]
}
