import { PutImageCommand } from '@mlops-actions/aws/ecr'
import { identity, type RepositoryId } from './repository.ts'

/** A manifest just as it is stored; `text` is byte for byte what the digest was made from. */
export interface ManifestText {
  readonly digest: string
  readonly mediaType: string
  readonly text: string
}

/**
 * Stores a manifest byte for byte, under a tag or under its digest alone. ECR counts the digest itself, and refuses
 * whatever is not this image.
 */
export function putImageCommand(
  repository: RepositoryId,
  { digest, mediaType, text }: ManifestText,
  tag: string | undefined,
): PutImageCommand {
  return new PutImageCommand({
    ...identity(repository),
    imageManifest: text,
    imageManifestMediaType: mediaType,
    imageDigest: digest,
    ...(tag === undefined ? {} : { imageTag: tag }),
  })
}
