import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr } from '../api.ts'
import { putImageCommand } from '../put-image.ts'
import { tagTaken } from '../taken-tag.ts'
import { missingRepository } from './missing.ts'
import { nameOf, type Place } from './place.ts'
import { readManifests, type StoredManifest } from './read-manifests.ts'

type Call = Pick<World, 'signal'>

/**
 * Stores a manifest byte for byte, under a tag or under its digest alone. That it is there already is as good.
 * @throws Failure `conflict` with both digests where the tag is another image's and may not move, and what AWS refused
 */
export async function putManifest(
  call: Call,
  place: Place,
  manifest: StoredManifest,
  tag?: string,
): Promise<void> {
  const command = putImageCommand(place.repository, manifest, tag)
  const asked = {
    what: tag === undefined ? 'Cannot store the manifest' : 'Cannot set the tag',
    on: `${nameOf(place)}${tag === undefined ? `@${manifest.digest}` : `:${tag}`}`,
    action: 'ecr:PutImage',
  }
  let refusal: string | undefined
  await callEcr(call, place.ecr, asked, (abortSignal) =>
    place.ecr.client.send(command, { abortSignal }).catch((cause: unknown) => {
      refusal = cause instanceof Error && Object.hasOwn(ANSWERS, cause.name) ? cause.name : undefined
      if (refusal === undefined) throw cause
    }),
  )
  if (refusal !== undefined) await ANSWERS[refusal]?.(call, place, manifest, tag)
}

type Answer = (call: Call, place: Place, manifest: StoredManifest, tag: string | undefined) => Promise<void>

/** Exceptions of PutImage that mean something here. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  ImageAlreadyExistsException: async () => {},
  ImageTagAlreadyExistsException: refuseMove,
  RepositoryNotFoundException: async (_call, place) => {
    throw missingRepository(place)
  },
  LayersNotFoundException: incomplete,
  ReferencedImagesNotFoundException: incomplete,
  ImageDigestDoesNotMatchException: async (_call, place, { digest }) => {
    throw new Failure({
      kind: 'integrity',
      code: 'ECR_DIGEST',
      what: 'The registry counts another digest',
      on: `${nameOf(place)}@${digest}`,
      seen: 'the manifest that arrived is not the one that was sent',
      next: 'Look at the proxy between the runner and ECR: it changes what is sent',
    })
  },
}

/** Between the look and the write somebody may have set the tag to this very image: then all is well. */
async function refuseMove(
  call: Call,
  place: Place,
  { digest }: StoredManifest,
  tag: string | undefined,
): Promise<void> {
  const taken = (await readManifests(call, place, [tag ?? ''])).get(tag ?? '')
  if (taken?.digest === digest) return
  throw tagTaken(`${nameOf(place)}:${tag}`, taken?.digest, `promoted is ${digest}`)
}

/** What was there a moment ago is gone: a lifecycle policy, or somebody who cleans up. */
async function incomplete(_call: Call, place: Place, { digest }: StoredManifest): Promise<void> {
  throw new Failure({
    kind: 'upstream',
    code: 'ECR_INCOMPLETE',
    what: 'The registry misses a part of the image',
    on: `${nameOf(place)}@${digest}`,
    seen: 'it was there or was copied a moment ago, and is not there now',
    next: 'Run the step again; does a lifecycle policy or another job remove images of this repository?',
  })
}
