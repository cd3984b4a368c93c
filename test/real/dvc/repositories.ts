import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { checkRepository } from './interop.ts'
import { pullByBundle, pushByBundle, pushInProcess } from './ours.ts'
import { planRepository, type RepositoryPlan } from './plan.ts'
import { type Registry, startRegistry } from './registry.ts'

export interface Systems {
  readonly dvc: Readonly<Record<RepositoryPlan['version'], Dvc>>
  readonly legacy: Dvc
  readonly s3: readonly [S3Peer, ...S3Peer[]]
  /** For all that is made. */
  readonly folder: string
}

export interface Range {
  readonly first: number
  readonly count: number
}

/** More than there are cores: each of them waits for sockets and processes half of the time. */
const AT_ONCE = 3
/** Every so many repositories the bundle pushes, as a process; otherwise its sources do, in this one. */
const BUNDLE_EVERY = 5

/** Random repositories, several at once, each in one of the S3 servers in turn. */
export async function checkRepositories(
  systems: Systems,
  { first, count }: Range,
  check: Check,
): Promise<void> {
  const [s3] = systems.s3
  const place = { s3, bucket: 'registry', prefix: 'data' }
  await s3.createBucket(place.bucket)
  await using registry = await startRegistry(systems.dvc.newest, join(systems.folder, 'registry'), place)
  const left = Array.from({ length: count }, (_, at) => first + at)
  const work = async () => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      await checkSeed(planRepository(seed), { ...systems, registry }, check)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function checkSeed(
  plan: RepositoryPlan,
  { dvc, legacy, s3, folder, registry }: Systems & { readonly registry: Registry },
  check: Check,
): Promise<void> {
  const { seed, version, throughCommandLine } = plan
  const server = s3[seed % s3.length] ?? s3[0]
  const isBundle = seed % BUNDLE_EVERY === 0
  const here = join(folder, `seed-${seed}`)
  const other = throughCommandLine ? dvc[version].commandLine : dvc[version]
  const placeOf = (name: string) => ({ s3: server, bucket: `seed-${seed}-${name}`, prefix: plan.prefix })
  const how = `${version}${throughCommandLine ? ' by its command line' : ''}, ${server.name}, ${isBundle ? 'bundle' : 'sources'}`
  await check(`DVC and ours agree on the repository of --seed=${seed} --count=1 (${how})`, async () => {
    const [ours, theirs] = [placeOf('ours'), placeOf('theirs')]
    await mkdir(here)
    for (const { bucket } of [ours, theirs]) await server.createBucket(bucket)
    await checkRepository(plan, {
      dvc: other,
      makers: { dvc: dvc[version], legacy, registry },
      ours,
      theirs,
      push: isBundle ? pushByBundle : pushInProcess,
      pull: pullByBundle(),
      folder: here,
    })
    // Kept where it failed, as long as the run goes on.
    await rm(here, { recursive: true, force: true })
  })
}
