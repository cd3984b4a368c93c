import {
  assertTokenFits,
  type EcrApi,
  fetchToken,
  findTags,
  nameOf,
  type Place,
  parseManifest,
  parseRegistryHost,
  putManifest,
  registryUrl,
  repositoryMissing,
  type StoredImage,
} from '@mlops-actions/ecr'
import { type MergedIndex, mergeIndex, readEntries } from '@mlops-actions/ecr/merge'
import { createHttp } from '@mlops-actions/http'
import { parseOciManifest } from '@mlops-actions/oci'
import { type ActionResult, type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { closeGate } from './close-gate.ts'
import { connect } from './connect.ts'
import { readDigests } from './digests.wire.ts'
import type { Inputs } from './inputs.ts'
import { type Merged, reportMerge, reportMergePlan } from './merge-report.ts'
import { knownOutputs } from './report.ts'
import { putTags } from './reuse.ts'
import { holdScanGate } from './scan-gate.ts'
import type { Target } from './target.ts'
import { assertSize, verifyPush } from './verify.ts'

/** Makes one image of those that other jobs have pushed: an index of them, under the wanted tags. No program is started. */
export async function merge(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const digests = await readDigests(inputs.digests, world.context.workspace)
  const { ecr, close } = await connect(inputs, world)
  const started = world.now()
  try {
    const { place, target, closePlace } = await openPlace(inputs, world, ecr)
    try {
      const entries = await readEntries(world, place, digests)
      const index = mergeIndex(entries, nameOf(place), inputs.platforms)
      for (const { digest } of index.strays)
        world.log.info(`${digest} belongs to none of the images, and is left out`)
      if (inputs.dryRun) return reportMergePlan(inputs, index, target)
      return await put(inputs, world, { place, target, index, started })
    } finally {
      closePlace()
    }
  } finally {
    close()
  }
}

type Opened = { readonly place: Place; readonly target: Omit<Target, 'auth'> }

/** Asks at once for the token, which says what the registry is called, and what stands under the tags. */
async function openPlace(
  inputs: Inputs,
  world: ActionWorld,
  ecr: EcrApi,
): Promise<Opened & { readonly closePlace: () => void }> {
  const { registry, requestTimeout, tags } = inputs
  const repository = { name: inputs.repository, account: parseRegistryHost(registry ?? '').account }
  const [token, before] = await Promise.all([fetchToken(world, ecr), findTags(world, ecr, repository, tags)])
  const host = registry ?? token.host
  assertTokenFits(host, token.host, 'registry')
  if (before === undefined) throw repositoryMissing(repository, host)
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const trustedOrigins = [registryUrl(host)]
  const http = createHttp(world, { requestTimeout, idleTimeout: requestTimeout, caCert, trustedOrigins })
  // A merge takes moments: its token does not get old.
  const login = { auth: async () => token.auth, renew: async () => {} }
  const name = `${host}/${repository.name}`
  return {
    place: { ecr, http, host, repository, login, roleInput: 'role-to-assume' },
    target: { host, repository, name, before, created: false, review: undefined },
    closePlace: () => http.close(),
  }
}

/** First the index by its digest, then its tags: none of them ever names what is not whole. */
async function put(
  inputs: Inputs,
  world: ActionWorld,
  { place, target, index, started }: Opened & { readonly index: MergedIndex; readonly started: number },
): Promise<ActionResult> {
  const { digest, mediaType, text } = index
  for (const [name, value] of Object.entries({
    digest,
    repository: inputs.repository,
    registry: target.host,
  }))
    world.output(name, value)
  await putManifest(world, place, { digest, mediaType, text, manifest: parseOciManifest(text, mediaType) })
  const image: StoredImage = {
    digest,
    mediaType,
    text,
    manifest: parseManifest(text, target.name),
    account: undefined,
  }
  const built = await putTags(world, place.ecr, target, image, inputs.tags, 'merged')
  const verified = await verifyPush(world, place.ecr, target, built, inputs.tags)
  const reuse = { kind: 'off', reason: 'a merge builds nothing' } as const
  const merged: Merged = { target, index, verified, built, reuse, took: world.now() - started }
  for (const [name, value] of Object.entries(knownOutputs(inputs, merged))) world.output(name, value)
  assertSize(target.name, verified.images, inputs.maxSize)
  const gate = await holdScanGate(inputs, world, place.ecr, target.repository, digest)
  return closeGate(inputs, reportMerge(inputs, merged), gate, digest)
}
