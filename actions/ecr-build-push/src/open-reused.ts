import {
  assertTokenFits,
  type EcrApi,
  fetchToken,
  formatRegistryHost,
  hostOfImages,
  parseRegistryHost,
  type StoredImage,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Registry } from './key.ts'
import type { Look } from './reuse.ts'
import { readSettings, reviewSettings, warnOf } from './settings.ts'
import type { Target } from './target.ts'

/** Where a reused image is: what `openTarget` says of a build, without a token where the host is known. */
export async function openReused(
  inputs: Inputs,
  world: ActionWorld,
  { ecr, region }: Registry,
  { repository, before }: Look,
  image: StoredImage,
): Promise<Omit<Target, 'auth'>> {
  const { kind } = parseRegistryHost(inputs.registry ?? '')
  const isKnown = inputs.registry !== undefined && kind !== 'other'
  const own = isKnown ? inputs.registry : await ownHost(world, ecr, region, image)
  const given = inputs.registry ?? own
  assertTokenFits(given, own, 'registry')
  const host = await hostOfImages(world, { ecr, repository, host: given })
  const review = await reviewSettings(
    world,
    ecr,
    repository,
    await readSettings(inputs, world.context.workspace),
  )
  if (review !== undefined) warnOf(repository, review, world)
  const name = `${host}/${repository.name}`
  return { ecr, host, repository, name, before: before ?? new Map(), created: false, review }
}

/** Behind an endpoint of somebody's own, only its token says what the registry is called. */
async function ownHost(
  world: ActionWorld,
  ecr: EcrApi,
  region: string | undefined,
  { account }: StoredImage,
): Promise<string> {
  const { AWS_ENDPOINT_URL_ECR: ecrUrl = '', AWS_ENDPOINT_URL: url = '' } = world.env
  if (account === undefined || region === undefined || ecrUrl !== '' || url !== '')
    return (await fetchToken(world, ecr)).host
  return formatRegistryHost(account, region)
}
