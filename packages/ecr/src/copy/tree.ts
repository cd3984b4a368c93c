import { type ImageReferrer, ListImageReferrersCommand } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr } from '../api.ts'
import { type AskedRepository, identity, nameOf } from '../repository.ts'
import { requireImages, type StoredImage } from '../stored-images.ts'

export interface TreeOptions {
  /** Whether what refers to the image by its `subject` belongs to it: signatures, SBOMs, attestations. */
  readonly referrers: boolean
}

type Call = Pick<World, 'signal'>

/** More than any image has; a registry that goes on and on is not followed for ever. */
const MOST_MANIFESTS = 1_000

/**
 * Everything that makes an image whole, in an order in which a registry takes it: the images of an index, its
 * attestations among them, before the index, and what refers to a manifest after it.
 * @throws Failure `not-found` for a part that the repository lacks
 */
export async function readTree(
  call: Call,
  place: AskedRepository,
  root: StoredImage,
  { referrers }: TreeOptions,
): Promise<readonly StoredImage[]> {
  const found = new Map([[root.digest, root]])
  for (let level: readonly StoredImage[] = [root]; level.length > 0; ) {
    const parts = level.flatMap(partsOf)
    const attached = referrers ? await Promise.all(level.map((one) => listReferrers(call, place, one))) : []
    const wanted = [...new Set([...parts, ...attached.flat()])].filter((digest) => !found.has(digest))
    if (found.size + wanted.length > MOST_MANIFESTS) throw tooMany(place, root)
    level = await requireImages(call, place, wanted)
    for (const image of level) found.set(image.digest, image)
  }
  return partsFirst(found)
}

function partsOf({ manifest }: StoredImage): string[] {
  return manifest.kind === 'index' ? manifest.manifests.map(({ digest }) => digest) : []
}

/** The root's own tree comes first, since it was found first; what refers to it follows. */
function partsFirst(found: ReadonlyMap<string, StoredImage>): StoredImage[] {
  const ordered = new Set<StoredImage>()
  const add = (manifest: StoredImage | undefined): void => {
    if (manifest === undefined || ordered.has(manifest)) return
    for (const digest of partsOf(manifest)) add(found.get(digest))
    ordered.add(manifest)
  }
  for (const manifest of found.values()) add(manifest)
  return [...ordered]
}

/** Digests of what has this manifest for its subject (OCI distribution-spec, "Listing Referrers", as ECR's API has it). */
async function listReferrers(call: Call, place: AskedRepository, { digest }: StoredImage): Promise<string[]> {
  const asked = {
    what: 'Cannot ask what refers to the image',
    on: nameOf(place),
    action: 'ecr:ListImageReferrers',
  }
  const found: ImageReferrer[] = []
  for (let nextToken: string | undefined; ; ) {
    const command = new ListImageReferrersCommand({
      ...identity(place.repository),
      subjectId: { imageDigest: digest },
      maxResults: 50,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    const answer = await callEcr(call, place.ecr, asked, (abortSignal) =>
      place.ecr.client.send(command, { abortSignal }),
    )
    found.push(...(answer.referrers ?? []))
    nextToken = answer.nextToken
    if (nextToken === undefined) return found.flatMap((one) => one.digest ?? [])
    if (found.length > MOST_MANIFESTS) throw tooMany(place, { digest })
  }
}

function tooMany(place: AskedRepository, { digest }: Pick<StoredImage, 'digest'>): Failure {
  return new Failure({
    kind: 'config',
    code: 'ECR_TOO_MANY',
    what: 'Cannot copy the image',
    on: `${nameOf(place)}@${digest}`,
    seen: `more than ${MOST_MANIFESTS} manifests belong to it`,
    next: 'Give the step `referrers: false`, and copy what refers to the image in another way',
  })
}
