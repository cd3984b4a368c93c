import { type Driver, driverOf } from './builders.ts'
import { parseDigestOutput } from './output.ts'
import { UsageRefusal } from './refusal.ts'

export interface BuildOptions {
  readonly context: string
  readonly file: string | undefined
  readonly tags: readonly string[]
  readonly buildArgs: ReadonlyMap<string, string>
  /** Images that stand for others, by the familiar name of those. */
  readonly imageContexts: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  readonly platform: string
  readonly push: boolean
  readonly builder: { readonly name: string; readonly driver: Driver }
  /** Repository to push to by digest alone. */
  readonly byDigest: string | undefined
  readonly progress: 'plain' | 'rawjson' | 'quiet'
  readonly metadataFile: string | undefined
  readonly iidFile: string | undefined
  readonly target: string | undefined
}

const VALUES = [
  'file',
  'tag',
  'build-arg',
  'build-context',
  'label',
  'platform',
  'provenance',
  'sbom',
  'progress',
  'metadata-file',
  'iidfile',
  'target',
  'cache-from',
  'builder',
  'output',
] as const
const SWITCHES = ['push', 'no-cache', 'pull'] as const
type ValueFlag = (typeof VALUES)[number]
type SwitchFlag = (typeof SWITCHES)[number]
const SHORT: Readonly<Record<string, ValueFlag>> = { f: 'file', t: 'tag' }

interface Flags {
  readonly values: Map<ValueFlag, string[]>
  readonly switches: Set<SwitchFlag>
  readonly rest: string[]
}

/**
 * Arguments behind `docker buildx build`.
 * @throws UsageRefusal for a flag that is unknown or that this stand-in does not take, named
 */
export function parseBuildOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BuildOptions {
  const { values, switches, rest } = parseFlags(args)
  const last = (name: ValueFlag): string | undefined => values.get(name)?.at(-1)
  const [context, ...more] = rest
  if (context === undefined || more.length > 0)
    throw new UsageRefusal(`'docker buildx build' requires 1 argument`)
  assertNoAttestations(last('provenance'), last('sbom'))
  const driver = driverOf(last('builder'), env)
  return {
    context,
    file: last('file'),
    tags: values.get('tag') ?? [],
    buildArgs: parsePairs(values.get('build-arg') ?? [], env),
    imageContexts: parseImageContexts(values.get('build-context') ?? []),
    labels: parsePairs(values.get('label') ?? [], {}),
    platform: parsePlatform(last('platform')),
    push: switches.has('push'),
    builder: { name: last('builder') ?? 'default', driver },
    byDigest: parseDigestOutput(values.get('output') ?? [], values.get('tag') ?? [], driver),
    progress: parseProgress(last('progress') ?? env['BUILDKIT_PROGRESS'] ?? 'plain'),
    metadataFile: last('metadata-file'),
    iidFile: last('iidfile'),
    target: last('target'),
  }
}

function parseFlags(args: readonly string[]): Flags {
  const flags: Flags = { values: new Map(), switches: new Set(), rest: [] }
  const queue = [...args]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const match = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? shortFlag(word)
    if (!match) {
      flags.rest.push(word)
      continue
    }
    const [, name = '', given] = match
    takeFlag(flags, name, given, queue)
  }
  return flags
}

function shortFlag(word: string): [string, string, string | undefined] | undefined {
  const match = /^-([a-z])(?:=?(.+))?$/s.exec(word)
  if (!match) return undefined
  const long = SHORT[match[1] ?? '']
  if (long === undefined) throw new UsageRefusal(`unknown shorthand flag: '${match[1]}' in ${word}`)
  return [word, long, match[2]]
}

function takeFlag(flags: Flags, name: string, given: string | undefined, queue: string[]): void {
  const toggle = SWITCHES.find((known) => known === name)
  if (toggle) {
    if (given === undefined || given === 'true') flags.switches.add(toggle)
    return
  }
  const flag = VALUES.find((known) => known === name)
  if (!flag) throw new UsageRefusal(`unknown flag: --${name}`)
  const value = given ?? queue.shift()
  if (value === undefined) throw new UsageRefusal(`flag needs an argument: --${name}`)
  flags.values.set(flag, [...(flags.values.get(flag) ?? []), value])
}

/** `K=V`; a bare `K` takes its value from the environment, and stays unset without one. */
function parsePairs(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const pairs = words.flatMap((word): [string, string][] => {
    const at = word.indexOf('=')
    if (at > 0) return [[word.slice(0, at), word.slice(at + 1)]]
    const inherited = env[word]
    return inherited === undefined ? [] : [[word, inherited]]
  })
  return new Map(pairs)
}

/** Folders and URLs are not what this stand-in builds with. */
function parseImageContexts(words: readonly string[]): Map<string, string> {
  const images = [...parsePairs(words, {})].map(([name, value]): [string, string] => {
    if (!value.startsWith('docker-image://'))
      throw new UsageRefusal(`unknown kind of build context: ${value}`)
    return [familiarName(name), value.slice('docker-image://'.length)]
  })
  return new Map(images)
}

/** docker/buildx `ParseContextNames`: without Docker Hub, its own folder, and the default tag. */
export function familiarName(name: string): string {
  return name.replace(/^docker\.io\//, '').replace(/^library\//, '').replace(/:latest$/, '') // biome-ignore format: a chain
}

function parsePlatform(platform: string | undefined): string {
  if (platform?.includes(','))
    throw new UsageRefusal('Multi-platform build is not supported for the docker driver.')
  return platform ?? 'linux/amd64'
}

function parseProgress(progress: string): BuildOptions['progress'] {
  if (progress === 'auto' || progress === 'tty') return 'plain'
  if (progress === 'plain' || progress === 'rawjson' || progress === 'quiet') return progress
  throw new UsageRefusal(`invalid progress mode ${progress}`)
}

/** Attestations of the default are not made either: the docker driver leaves them out in silence. */
function assertNoAttestations(provenance: string | undefined, sbom: string | undefined): void {
  const wanted = [provenance, sbom].some((value) => value !== undefined && value !== 'false')
  if (wanted) throw new UsageRefusal('Attestation is not supported for the docker driver.')
}
