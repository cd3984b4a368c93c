import { Failure } from '@mlops-actions/diagnostics'
import {
  assertTokenFits,
  type ContentKey,
  type EcrApi,
  fetchToken,
  findReusable,
  findTags,
  formatRegistryHost,
  MOST_TAGS,
  parseRegistryHost,
  putTag,
  type RepositoryId,
  type Reusable,
  type StoredImage,
  tagTaken,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Keyed, Registry } from './key.ts'
import type { Built } from './push.ts'
import { readSettings, reviewSettings, warnOf } from './settings.ts'
import type { Target } from './target.ts'

/** What became of the content key. */
export type Reuse =
  | ({ readonly kind: 'hit'; readonly key: ContentKey } & Pick<Reusable, 'age' | 'tags'>)
  | { readonly kind: 'miss'; readonly key: ContentKey; readonly reason: string }
  | { readonly kind: 'off'; readonly reason: string }

const GIT =
  'The context holds `.git`, which is another after each checkout: leave it out by a line `.git` in .dockerignore'

/** What stands in the repository before this step. */
export interface Look {
  readonly repository: RepositoryId
  /** By tag; undefined where there is no repository. */
  readonly before: ReadonlyMap<string, StoredImage> | undefined
  readonly reuse: Reuse
  /** The image that a hit stands for. */
  readonly image: StoredImage | undefined
}

/** Asks for the wanted tags and the content key in one call, and judges what was found under the key. */
export async function lookForImage(
  inputs: Inputs,
  world: ActionWorld,
  ecr: EcrApi,
  { key, reason }: Keyed,
): Promise<Look> {
  const repository = {
    name: inputs.repository,
    account: parseRegistryHost(inputs.registry ?? '').account,
  }
  const found = await findAll(world, ecr, repository, inputs.tags, asked(inputs.tags, key))
  const before = found && new Map([...found].filter(([tag]) => inputs.tags.includes(tag)))
  if (key === undefined) {
    world.log.info(`No image is reused: ${reason}`)
    return { repository, before, reuse: { kind: 'off', reason }, image: undefined }
  }
  const answer = await findReusable(world, ecr, repository, found?.get(key.tag), inputs.maxAge)
  if (!answer.ok) {
    const reason = answer.missing && key.hasGit ? `${answer.reason}. ${GIT}` : answer.reason
    world.log.info(`No image is reused: ${reason}`)
    return { repository, before, reuse: { kind: 'miss', key, reason }, image: undefined }
  }
  const { image, age, tags } = answer
  return { repository, before, reuse: { kind: 'hit', key, age, tags }, image }
}

/** Without any tag ECR would not be asked, and nobody would know whether there is a repository. */
function asked(tags: readonly string[], key: ContentKey | undefined): readonly string[] {
  if (key !== undefined) return [key.tag]
  return tags.length === 0 ? ['latest'] : []
}

async function findAll(
  world: ActionWorld,
  ecr: EcrApi,
  repository: RepositoryId,
  wanted: readonly string[],
  optional: readonly string[],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  const tags = [...wanted, ...optional]
  const found = await findTags(world, ecr, repository, tags.slice(0, MOST_TAGS), optional)
  const more = await findTags(world, ecr, repository, tags.slice(MOST_TAGS), optional)
  return found && new Map([...found, ...(more ?? [])])
}

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
  const host = inputs.registry ?? own
  assertTokenFits(host, own, 'registry')
  const review = await reviewSettings(
    world,
    ecr,
    repository,
    await readSettings(inputs, world.context.workspace),
  )
  if (review !== undefined) warnOf(repository, review, world)
  const name = `${host}/${repository.name}`
  return { host, repository, name, before: before ?? new Map(), created: false, review }
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

/**
 * Puts the wanted tags on an image that is there. Those that another image has come first, one by one: they may be
 * refused, and then nothing has moved yet.
 * @throws Failure `conflict` for an immutable tag of another image, or what AWS refused
 */
export async function putTags(
  world: ActionWorld,
  ecr: EcrApi,
  target: Omit<Target, 'auth'>,
  image: StoredImage,
  tags: readonly string[],
  made: 'reused' | 'merged' = 'reused',
): Promise<Built> {
  const left = tags.filter((tag) => target.before.get(tag)?.digest !== image.digest)
  const put = async (tag: string): Promise<void> => {
    if ((await putTag(world, ecr, target.repository, image, tag)) === 'put') return
    const stored = (await findTags(world, ecr, target.repository, [tag]))?.get(tag)
    if (stored?.digest !== image.digest)
      throw tagTaken(`${target.name}:${tag}`, stored?.digest, `${made} would be ${image.digest}`)
  }
  const order = left.toSorted(
    (one, other) => Number(target.before.has(other)) - Number(target.before.has(one)),
  )
  for (const tag of order) await put(tag)
  const record = { steps: [], text: [], made: { manifest: image.digest, config: undefined } }
  const metadata = { digest: image.digest, config: undefined }
  return { run: { record, metadata, failure: undefined, attempts: 0 }, metadata, kept: [] }
}

/** Puts the content key on what was built. It only saves the next build, so that nothing of it makes this step fail. */
export async function keepForReuse(
  world: ActionWorld,
  ecr: EcrApi,
  { repository }: Pick<Target, 'repository'>,
  { tag }: ContentKey,
  image: StoredImage,
): Promise<void> {
  try {
    if ((await putTag(world, ecr, repository, image, tag)) === 'put') return
    world.log.info(
      `${tag} stays on another image, since this repository lets no tag move: an exclusion filter \`ctx-*\` would let it`,
    )
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (!(thrown instanceof Failure)) throw thrown
    world.log.warn(`The image is pushed, but cannot be reused: ${thrown.message}`)
  }
}
