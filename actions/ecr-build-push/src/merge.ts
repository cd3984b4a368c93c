import {
  assertTokenFits,
  createLogin,
  type EcrApi,
  fetchToken,
  findImages,
  missingRepository,
  nameOf,
  openHttp,
  type Place,
  putManifest,
  repositoryAt,
} from '@mlops-actions/ecr'
import { type MergedIndex, mergeIndex, readEntries } from '@mlops-actions/ecr/merge'
import { type ActionResult, type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { closeGate } from './close-gate.ts'
import { connect } from './connect.ts'
import { readDigests } from './digests.wire.ts'
import type { Inputs } from './inputs.ts'
import { type Merged, reportMerge, reportMergePlan } from './merge-report.ts'
import { imageOutputs, knownOutputs, setOutputs } from './outputs.ts'
import { orderTags, putTags } from './put-tags.ts'
import { holdScanGate } from './scan-gate.ts'
import type { Target } from './target.ts'
import { assertSize, verify } from './verify.ts'

/** Makes one image of those that other jobs have pushed: an index of them, under the wanted tags. No program is started. */
export async function merge(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const digests = await readDigests(inputs.digests, world.context.workspace)
  const { ecr, close } = await connect(inputs, world)
  const started = world.now()
  try {
    const { place, target, closePlace } = await openPlace(inputs, world, ecr)
    try {
      const entries = await readEntries(world, place, digests)
      const annotations = new Map(inputs.annotations.map(({ key, value }) => [key, value]))
      const index = mergeIndex(entries, nameOf(place), { platforms: inputs.platforms, annotations })
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
  const repository = repositoryAt(registry, inputs.repository)
  const [token, before] = await Promise.all([
    fetchToken(world, ecr),
    findImages(world, { ecr, repository }, tags),
  ])
  const host = registry ?? token.host
  assertTokenFits(host, token.host, 'registry')
  if (before === undefined) throw missingRepository({ host, repository, ecr })
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const http = openHttp(world, { requestTimeout, caCert }, [host])
  const name = `${host}/${repository.name}`
  return {
    place: {
      ecr,
      http,
      host,
      repository,
      login: createLogin(world, ecr, host, 'registry', token),
      roleInput: 'role-to-assume',
    },
    target: { ecr, host, repository, name, before, created: false, review: undefined },
    closePlace: () => http.close(),
  }
}

/** First the index by its digest, then its tags: none of them ever names what is not whole. */
async function put(
  inputs: Inputs,
  world: ActionWorld,
  { place, target, index, started }: Opened & { readonly index: MergedIndex; readonly started: number },
): Promise<ActionResult> {
  const { digest } = index
  await putManifest(world, place, index)
  setOutputs(world, imageOutputs(target, digest))
  const order = await orderTags(world, target, inputs.tags, digest)
  await putTags(world, target, index, { order, all: inputs.tags, made: 'merged would be' })
  const built = { digest, kept: [], run: undefined }
  const verified = await verify(world, target, built, inputs.tags)
  const reuse = { kind: 'off', reason: 'a merge builds nothing' } as const
  const merged: Merged = { target, index, verified, built, reuse, took: world.now() - started }
  setOutputs(world, knownOutputs(inputs, merged))
  assertSize(target.name, verified.images, inputs.maxSize)
  const gate = await holdScanGate(inputs, world, place.ecr, target.repository, digest)
  return closeGate(inputs, reportMerge(inputs, merged), gate, digest)
}
