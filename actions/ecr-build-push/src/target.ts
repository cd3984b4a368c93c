import {
  type AskedRepository,
  assertTokenFits,
  type EcrApi,
  hostOfImages,
  missingRepository,
  type RepositoryId,
  type RepositorySettings,
  type SettingsReview,
  type StoredImage,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { BuildNeeds } from './needs.ts'
import { createWanted, readSettings, reviewSettings, warnOf } from './settings.ts'

/** Where the image goes, what opens it, and what stands there now. */
export interface Target extends AskedRepository {
  /** Host of the registry, as it stands in the image's name. */
  readonly host: string
  readonly auth: string
  /** `host/team/model` */
  readonly name: string
  /** Images by tag, before this step. */
  readonly before: ReadonlyMap<string, StoredImage>
  /** Whether the repository had to be created, or would have to be in a dry run. */
  readonly created: boolean
  /** How the repository differs from what is asked for; undefined where nothing was compared. */
  readonly review: SettingsReview | undefined
}

/** What stands there before this step; undefined where there is no repository. */
interface Seen {
  readonly repository: RepositoryId
  readonly before: ReadonlyMap<string, StoredImage> | undefined
}

/**
 * Asks at once for the token, how the repository differs, and whether there is a builder that can do it; then creates what is
 * missing. The answer of the builder is waited for where it comes before that, and where no build would wait for it.
 */
export async function openTarget(
  inputs: Inputs,
  world: ActionWorld,
  ecr: EcrApi,
  { repository, before: found }: Seen,
  needs: BuildNeeds,
): Promise<Target> {
  const settings = await readSettings(inputs, world.context.workspace)
  const isAlone = found === undefined || inputs.dryRun
  const [token, seen] = await Promise.all([
    needs.token(),
    reviewSettings(world, ecr, repository, settings),
    isAlone ? needs.builder.ready() : undefined,
  ])
  const given = inputs.registry ?? token.host
  assertTokenFits(given, token.host, 'registry')
  const standing = { created: found === undefined, review: seen }
  const { created, review } =
    found === undefined
      ? await provide(inputs, world, ecr, { repository, host: given, settings, standing })
      : standing
  if (review !== undefined) warnOf(repository, review, world)
  const host = await hostOfImages(world, { ecr, repository, host: given })
  return {
    ecr,
    host,
    auth: token.auth,
    repository,
    name: `${host}/${repository.name}`,
    before: found ?? new Map(),
    created,
    review,
  }
}

const CREATE_IT =
  'Give the step `create-repository: true`, or create it; check name, account and region if it should be there'

/** Creates what is missing, or says what a dry run would create. */
async function provide(
  { dryRun }: Inputs,
  world: ActionWorld,
  ecr: EcrApi,
  missing: {
    readonly repository: RepositoryId
    readonly host: string
    readonly settings: RepositorySettings | undefined
    readonly standing: Pick<Target, 'created' | 'review'>
  },
): Promise<Pick<Target, 'created' | 'review'>> {
  const { repository, host, settings, standing } = missing
  if (settings === undefined) throw missingRepository({ ecr, repository, host }, CREATE_IT)
  return dryRun ? standing : createWanted(world, ecr, repository, settings)
}
