import type { World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { putImageCommand } from '../put-image.ts'
import type { RepositoryId, StoredImage } from '../repository.ts'

/**
 * Puts a tag on an image of the same repository: its manifest again, byte for byte, with its digest as an assertion,
 * so that ECR refuses whatever is not this image. Resolves to `taken` where the repository does not let the tag go from another image.
 * @throws Failure what AWS refused
 */
export async function putTag(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  image: StoredImage,
  tag: string,
): Promise<'put' | 'taken'> {
  const command = putImageCommand(repository, image, tag)
  const asked = { what: 'Cannot set the tag', on: `${repository.name}:${tag}`, action: 'ecr:PutImage' }
  return callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client.send(command, { abortSignal }).then(
      () => 'put' as const,
      (cause: unknown) => answerOf(cause),
    ),
  )
}

/** Two errors are answers: the tag is on this image already, or it stays on another. */
function answerOf(cause: unknown): 'put' | 'taken' {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'ImageAlreadyExistsException') return 'put'
  if (name === 'ImageTagAlreadyExistsException') return 'taken'
  throw cause
}
