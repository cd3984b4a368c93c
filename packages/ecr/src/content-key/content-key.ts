import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { isImage } from '../build-outputs.ts'
import type { BuildRequest } from '../buildx-arguments.ts'
import { isFolderContext } from '../folder-context.ts'
import { findBaseImages, readReference } from './base-images.ts'
import { type HashedContext, hashContext, readIgnoreRules } from './hash-context.ts'
import { IMAGE, pinBases } from './pinned-bases.ts'
import { Unkeyable } from './unkeyable.ts'

/** Who may have made an image that is reused: what runs on a trusted ref takes nothing that another ref has made. */
export type Scope = 'trusted' | 'other'

/** A build, but for what differs between two builds of the same content. */
export type KeyedRequest = Omit<BuildRequest, 'images' | 'metadataFile' | 'exportTo'> & {
  readonly file: string
  /** What the image was asked before it was pushed: one that was not, or for less, is another one. */
  readonly smoke?: string
}

export interface KeyOptions {
  readonly scope: Scope
  /** What decides for which machine an image is built where `platforms` does not say. */
  readonly machine: readonly string[]
  /** Digest of an image that the build stands on. Undefined: nobody may be asked. @throws Unkeyable */
  readonly digestOf: ((image: string) => Promise<string>) | undefined
  readonly say: (line: string) => void
}

export interface ContentKey {
  /** `ctx-` and 64 hexadecimal digits. */
  readonly tag: string
  readonly scope: Scope
  readonly files: number
  readonly bytes: number
  /** Whether a context holds a `.git`: then hardly any two keys are the same. */
  readonly hasGit: boolean
  /** Digests of the images that it stands on, by how the Dockerfile names them. */
  readonly bases: ReadonlyMap<string, string>
  /** Contexts with which a build stands on these bases, whatever its builder has under their tags. */
  readonly buildContexts: ReadonlyMap<string, string>
}

/** Another way to compute the key is another key. */
const VERSION = 'mlops-actions content key 1'

/**
 * The key of everything that a build is made from: two builds with the same key may be taken for each other.
 * What is not named here as not counting does count, so that an option that is added later counts by itself.
 * @throws Unkeyable where something of it cannot be known
 */
export async function contentKey(
  world: Pick<World, 'signal'>,
  request: KeyedRequest,
  options: KeyOptions,
): Promise<ContentKey> {
  const { context, file, buildContexts, buildArgs, platforms, labels, secrets, ssh, ...rest } = request
  const { push: _push, cacheFrom: _from, cacheTo: _to, builder: _builder, ...counted } = rest
  if (counted.noCache || counted.pull)
    throw new Unkeyable(`\`${counted.noCache ? 'no-cache' : 'pull'}\` asks for a build`)
  if (!counted.outputs.every(isImage))
    throw new Unkeyable('`outputs` asks for more than the image, which only a build makes')
  const dockerfile = await readFile(file)
  const folders = foldersOf(buildContexts)
  const named = findBaseImages(dockerfile.toString('utf8'), request)
  const images = [...optional(named.frontend), ...named.images, ...imagesOf(buildContexts)]
  const [bases, contexts] = await bothOrNone(world, askAll(images, options.digestOf), (signal) =>
    hashAll({ signal }, { context, file, folders }, options.say),
  )
  const content = {
    version: VERSION,
    scope: options.scope,
    dockerfile: createHash('sha256').update(dockerfile).digest('hex'),
    contexts: contexts.map(([name, { digest }]) => [name, digest]),
    bases: sorted(bases),
    buildContexts: sorted(buildContexts).filter(([name]) => !folders.has(name)),
    buildArgs: sorted(buildArgs),
    labels: sorted(labels),
    // Their values are not for a tag that everybody can read and try passwords against.
    secrets: secrets.map(({ id }) => id).sort(),
    // What they open is fetched by a `RUN`, as what a secret opens is.
    ssh: ssh.map(({ id }) => id).sort(),
    platforms,
    machine: platforms.length === 0 ? options.machine : [],
    options: sorted(new Map(Object.entries(counted))),
  }
  return {
    tag: `ctx-${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`,
    scope: options.scope,
    files: contexts.reduce((sum, [, { files }]) => sum + files, 0),
    hasGit: contexts.some(([, { hasGit }]) => hasGit),
    bytes: contexts.reduce((sum, [, { bytes }]) => sum + bytes, 0),
    bases,
    buildContexts: pinBases(buildContexts, named, bases),
  }
}

/** Hashing may take minutes; it ends at once where a base image makes it useless. */
async function bothOrNone<A, B>(
  { signal }: Pick<World, 'signal'>,
  asked: Promise<A>,
  work: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const stop = new AbortController()
  try {
    return await Promise.all([asked, work(AbortSignal.any([signal, stop.signal]))])
  } finally {
    stop.abort()
  }
}

async function hashAll(
  world: Pick<World, 'signal'>,
  {
    context,
    file,
    folders,
  }: { readonly context: string; readonly file: string; readonly folders: ReadonlyMap<string, string> },
  say: KeyOptions['say'],
): Promise<readonly [string, HashedContext][]> {
  const rules = await readIgnoreRules([`${file}.dockerignore`, join(context, '.dockerignore')], say)
  const hashed: [string, HashedContext][] = [['', await hashContext(world, context, rules)]]
  for (const [name, folder] of folders) {
    const own = await readIgnoreRules([join(folder, '.dockerignore')], say)
    hashed.push([name, await hashContext(world, folder, own)])
  }
  return hashed
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly [string, T][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1))
}

function optional(image: string | undefined): readonly string[] {
  return image === undefined ? [] : [image]
}

function foldersOf(contexts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(sorted(contexts).filter(([, value]) => isFolderContext(value)))
}

function imagesOf(contexts: ReadonlyMap<string, string>): readonly string[] {
  return [...contexts].flatMap(([name, value]) => {
    if (value.startsWith(IMAGE)) return [value.slice(IMAGE.length)]
    if (isFolderContext(value)) return []
    throw new Unkeyable(`the content of the build context ${name} cannot be known before it is fetched`)
  })
}

async function askAll(
  images: readonly string[],
  digestOf: KeyOptions['digestOf'],
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(images)].map(async (image): Promise<[string, string]> => {
    const { digest } = readReference(image)
    if (digest === undefined && digestOf === undefined)
      throw new Unkeyable(`nobody is asked for the digest of ${image} without a push`)
    return [image, digest ?? (await digestOf?.(image)) ?? '']
  })
  return new Map(await Promise.all(asked))
}
