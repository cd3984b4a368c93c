import { DescribeImagesCommand } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { identity, type RepositoryId } from '../repository.ts'

/** What ECR knows of an image beside its manifest. */
export interface ImageDetail {
  /** When it was pushed first, in milliseconds since the epoch: a further tag does not make an image younger. */
  readonly pushedAt: number
  readonly tags: readonly string[]
}

/**
 * When an image was pushed (DescribeImages); undefined where ECR does not say.
 * @throws Failure what AWS refused
 */
export async function describeImage(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
): Promise<ImageDetail | undefined> {
  const command = new DescribeImagesCommand({
    ...identity(repository),
    imageIds: [{ imageDigest: digest }],
  })
  const asked = {
    what: 'Cannot read the age of the image',
    on: repository.name,
    action: 'ecr:DescribeImages',
  }
  const { imageDetails = [] } = await callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client.send(command, { abortSignal }),
  )
  const [detail] = imageDetails
  const pushedAt = detail?.imagePushedAt?.getTime()
  if (pushedAt === undefined || Number.isNaN(pushedAt)) return undefined
  return { pushedAt, tags: detail?.imageTags ?? [] }
}
