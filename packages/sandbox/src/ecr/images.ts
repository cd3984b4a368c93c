import { type JsonRecord, recordField, recordsField, stringField } from '../registry/json.ts'
import { parseManifest } from '../registry/manifest.ts'
import { applyPush, immutableText, type PushRefusal, planPush, tagsOf } from '../registry/push.ts'
import type { Repository, StoredManifest } from '../registry/state.ts'
import {
  type EcrCall,
  invalid,
  lookUpImage,
  readImageId,
  requireImage,
  requireString,
  useRepository,
} from './context.ts'
import { EcrError } from './errors.ts'
import { cutPage } from './paging.ts'
import { scanSummary } from './scans.ts'

function readImageIds(call: EcrCall): ReturnType<typeof readImageId>[] | undefined {
  return recordsField(call.input, 'imageIds')?.map(readImageId)
}

/** A missing image is a `failures[]` entry, never an exception. */
export function batchGetImage(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'BatchGetImage')
  const ids = readImageIds(call)
  if (!ids || ids.length < 1 || ids.length > 100)
    throw invalid('imageIds', 'Member must have length between 1 and 100')
  const images: JsonRecord[] = []
  const failures: JsonRecord[] = []
  for (const imageId of ids) {
    const found = lookUpImage(repository, imageId)
    if (found.ok) images.push(describeWithManifest(call, repository, found.manifest, imageId.imageTag))
    else failures.push({ imageId, failureCode: found.code, failureReason: found.reason })
  }
  return { images, failures }
}

function describeWithManifest(
  call: EcrCall,
  repository: Repository,
  manifest: StoredManifest,
  imageTag: string | undefined,
): JsonRecord {
  return {
    registryId: call.registry.accountId,
    repositoryName: repository.name,
    imageId: { imageDigest: manifest.digest, ...(imageTag !== undefined && { imageTag }) },
    imageManifest: manifest.bytes.toString('utf8'),
    imageManifestMediaType: manifest.mediaType,
  }
}

export function describeImages(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'DescribeImages')
  const ids = readImageIds(call)
  if (ids) {
    const images = ids.map((id) => requireImage(call, repository, id))
    return { imageDetails: images.map((manifest) => describeImage(call, repository, manifest)) }
  }
  const { page, ...next } = cutPage([...repository.manifests.values()], call.input)
  return { imageDetails: page.map((manifest) => describeImage(call, repository, manifest)), ...next }
}

function describeImage(call: EcrCall, repository: Repository, manifest: StoredManifest): JsonRecord {
  const tags = tagsOf(repository, manifest.digest)
  const parsed = parseManifest(manifest.bytes, manifest.mediaType)
  const image = parsed?.kind === 'image' ? parsed : undefined
  return {
    registryId: call.registry.accountId,
    repositoryName: repository.name,
    imageDigest: manifest.digest,
    ...(tags.length > 0 && { imageTags: tags }),
    imagePushedAt: manifest.pushedAt / 1000,
    imageManifestMediaType: manifest.mediaType,
    imageStatus: 'ACTIVE',
    ...(image && {
      imageSizeInBytes: [image.config, ...image.layers].reduce((sum, blob) => sum + blob.size, 0),
      artifactMediaType: image.config.mediaType,
    }),
    ...(parsed?.subject && { subjectManifestDigest: parsed.subject.digest }),
    ...scanSummary(call, repository, manifest.digest),
  }
}

export function listImages(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'ListImages')
  const status = stringField(recordField(call.input, 'filter') ?? {}, 'tagStatus') ?? 'ANY'
  const tagged = [...repository.tags].map(([imageTag, imageDigest]) => ({ imageDigest, imageTag }))
  const untagged = [...repository.manifests.keys()].filter(
    (digest) => tagsOf(repository, digest).length === 0,
  )
  const all = [
    ...(status === 'UNTAGGED' ? [] : tagged),
    ...(status === 'TAGGED' ? [] : untagged.map((imageDigest) => ({ imageDigest }))),
  ]
  const { page, ...next } = cutPage(all, call.input)
  return { imageIds: page, ...next }
}

/** The manifest as a byte-exact string; the same manifest under the same tag again is ImageAlreadyExistsException. */
export function putImage(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'PutImage')
  const push = {
    bytes: Buffer.from(requireString(call.input, 'imageManifest')),
    mediaType: stringField(call.input, 'imageManifestMediaType'),
    tag: stringField(call.input, 'imageTag'),
    digest: stringField(call.input, 'imageDigest'),
  }
  const plan = planPush(repository, push, call.now)
  if (!plan.ok) throw toError(call, repository, plan.refusal)
  const { digest } = plan.manifest
  if (plan.known) {
    const tagText = plan.tag === undefined ? '' : ` and tag '${plan.tag}'`
    throw new EcrError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}'${tagText} already exists in the repository with name '${repository.name}' in registry with id '${call.registry.accountId}'`,
    )
  }
  applyPush(repository, plan)
  return { image: describeWithManifest(call, repository, plan.manifest, plan.tag) }
}

function toError(call: EcrCall, repository: Repository, refusal: PushRefusal): EcrError {
  const where = `into repository with name '${repository.name}' in the registry with id '${call.registry.accountId}' do not exist`
  switch (refusal.reason) {
    case 'invalid-manifest':
      return invalid('ImageManifest', 'Invalid JSON syntax')
    case 'invalid-tag':
      return invalid('imageTag', "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'")
    case 'digest-mismatch':
      return new EcrError(
        'ImageDigestDoesNotMatchException',
        `The specified image digest does not match the digest that Amazon ECR calculated for the image: ${refusal.actual}`,
      )
    case 'layers-missing':
      return new EcrError(
        'LayersNotFoundException',
        `The layers with digests '[${refusal.digests.join(', ')}]' required for pushing image ${where}`,
      )
    case 'images-missing':
      return new EcrError(
        'ReferencedImagesNotFoundException',
        `The images with digest '[${refusal.digests.join(', ')}]' required for pushing image ${where}`,
      )
    case 'tag-immutable':
      return new EcrError('ImageTagAlreadyExistsException', immutableText(refusal.tag, repository.name))
  }
}
