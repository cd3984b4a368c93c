import { type BuildAnnotation, formatAnnotation } from './build-annotations.ts'
import { type BuildOutput, formatOutput, isImage, pushedLast } from './build-outputs.ts'
import { csvField } from './csv.ts'

/** A secret of a build; its value is in the environment of the child, or in a file, and never in an argument. */
export type BuildSecret =
  | { readonly id: string; readonly env: string }
  | { readonly id: string; readonly file: string }

/** An SSH agent for `RUN --mount=type=ssh`: the socket of one, or files of keys that buildx makes one of. */
export interface BuildSsh {
  readonly id: string
  readonly paths: readonly string[]
}

/** Everything that a build is told. Paths are absolute. */
export interface BuildRequest {
  readonly context: string
  readonly file: string | undefined
  /** Names with tags: `host/team/model:v1`. */
  readonly images: readonly string[]
  /** What archives and the engine call the image, where that is more than what is pushed. */
  readonly names?: readonly string[] | undefined
  readonly push: boolean
  readonly target: string | undefined
  readonly platforms: readonly string[]
  readonly buildArgs: ReadonlyMap<string, string>
  readonly buildContexts: ReadonlyMap<string, string>
  readonly secrets: readonly BuildSecret[]
  readonly ssh: readonly BuildSsh[]
  readonly labels: ReadonlyMap<string, string>
  readonly annotations: readonly BuildAnnotation[]
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  readonly noCache: boolean
  readonly pull: boolean
  /** `false`, `true`, `mode=min` or `mode=max` */
  readonly provenance: string
  /** `false`, `true` or `generator=image` */
  readonly sbom: string
  /** Of `RUN`. */
  readonly network: 'default' | 'none' | 'host'
  /** Bytes of `/dev/shm`. */
  readonly shmSize: number | undefined
  /** `nofile=1024:2048` */
  readonly ulimits: readonly string[]
  /** `db=10.0.0.7` */
  readonly addHosts: readonly string[]
  /** What is made beside the pushed image, or how that is packed. */
  readonly outputs: readonly BuildOutput[]
  readonly builder: string | undefined
  /** Where buildx writes what it made. */
  readonly metadataFile: string
  /** Where the image goes instead: into a repository by its digest alone, or under its names into the Docker engine. */
  readonly exportTo?:
    | { readonly kind: 'repository'; readonly name: string }
    | { readonly kind: 'engine' }
    | undefined
}

/**
 * The arguments behind buildx. Each value stands in one argument together with the name of its option, and the
 * context is an absolute path, so that no value can be taken for an option.
 */
export function buildxArguments(request: BuildRequest): string[] {
  const { context, platforms, noCache, pull } = request
  return [
    'build',
    '--progress=rawjson',
    option('metadata-file', request.metadataFile),
    option('provenance', request.provenance),
    ...exports(request),
    ...optional('builder', request.builder),
    ...optional('file', request.file),
    ...optional('target', request.target),
    ...optional('platform', platforms.length === 0 ? undefined : platforms.join(',')),
    ...(isNamedApart(request) ? [] : request.images.map((image) => option('tag', image))),
    ...pairs('build-arg', request.buildArgs),
    ...pairs('build-context', request.buildContexts),
    ...pairs('label', request.labels),
    ...request.annotations.map((annotation) => option('annotation', formatAnnotation(annotation))),
    ...request.secrets.map((secret) => option('secret', formatSecret(secret))),
    ...request.ssh.map(({ id, paths }) => option('ssh', `${id}=${paths.join(',')}`)),
    ...request.cacheFrom.map((cache) => option('cache-from', cache)),
    ...request.cacheTo.map((cache) => option('cache-to', cache)),
    ...surroundings(request),
    ...(noCache ? ['--no-cache'] : []),
    ...(pull ? ['--pull'] : []),
    context,
  ]
}

/** What a `RUN` finds around itself, and what is attested of the image. */
function surroundings({ network, shmSize, ulimits, addHosts, sbom }: BuildRequest): string[] {
  return [
    ...optional('network', network === 'default' ? undefined : network),
    ...optional('shm-size', shmSize?.toString()),
    ...ulimits.map((ulimit) => option('ulimit', ulimit)),
    ...addHosts.map((host) => option('add-host', host)),
    ...optional('sbom', sbom === 'false' ? undefined : sbom),
  ]
}

/** docker/buildx docs/reference/buildx_build.md, "image": `push-by-digest` wants a name without a tag, and makes none. */
function exports(request: BuildRequest): string[] {
  const { push, exportTo, outputs } = request
  if (isNamedApart(request)) return namedExports(request).map(formatExport)
  if (exportTo === undefined) return [...(push ? ['--push'] : []), ...pushedLast(outputs).map(formatExport)]
  if (exportTo.kind === 'engine') return ['--load']
  const byDigest = [['name', exportTo.name], ['push-by-digest', 'true'], ['name-canonical', 'true'], ['push', 'true']] as const // biome-ignore format: a list
  const packed = outputs.filter(isImage).flatMap(({ fields }) => fields)
  const image: BuildOutput = { type: 'image', fields: [...byDigest, ...packed] }
  return [...outputs.filter((output) => !isImage(output)), image].map(formatExport)
}

/** `--tag` is the name in every output, whatever those say themselves (docker/buildx build/opt.go). */
function isNamedApart({ push, exportTo, images, names = [], outputs }: BuildRequest): boolean {
  return push && exportTo === undefined && names.length > images.length && outputs.some(hasNames)
}

function hasNames({ type }: BuildOutput): boolean {
  return type === 'docker' || type === 'oci'
}

function namedExports({ images, names = [], outputs }: BuildRequest): readonly BuildOutput[] {
  const packed = outputs.filter(isImage).flatMap(({ fields }) => fields)
  const pushed = [['name', images.join(',')], ['push', 'true'], ...packed] as const
  const named = outputs
    .filter((output) => !isImage(output))
    .map(({ type, fields }) => ({
      type,
      fields: hasNames({ type, fields }) ? [...fields, ['name', names.join(',')] as const] : fields,
    }))
  return [...named, { type: 'image', fields: pushed }]
}

function formatExport(output: BuildOutput): string {
  return option('output', formatOutput(output))
}

function option(name: string, value: string): string {
  return `--${name}=${value}`
}

function optional(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [option(name, value)]
}

function pairs(name: string, values: ReadonlyMap<string, string>): string[] {
  return [...values].map(([key, value]) => option(name, `${key}=${value}`))
}

function formatSecret(secret: BuildSecret): string {
  const source = 'env' in secret ? `env=${secret.env}` : `src=${secret.file}`
  return [`id=${secret.id}`, source].map(csvField).join(',')
}
