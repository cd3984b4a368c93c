import { parseImageReference } from '@mlops-actions/oci'
import { type Dockerfile, type Instruction, parseDockerfile } from './dockerfile-instructions.ts'
import { splitWords } from './dockerfile-words.ts'
import { Unkeyable } from './unkeyable.ts'

export interface BuildNames {
  readonly buildArgs: ReadonlyMap<string, string>
  /** Names of other contexts, which stand for images of the same name. */
  readonly buildContexts: ReadonlyMap<string, string>
  readonly platforms: readonly string[]
}

export interface BaseImages {
  /** The image that reads the Dockerfile, of `# syntax=`. */
  readonly frontend: string | undefined
  /** Those of FROM, COPY --from and RUN --mount=from; stages, `scratch` and other contexts are none. */
  readonly images: readonly string[]
  /** Names of stages, in small letters. */
  readonly stages: readonly string[]
}

type Variables = ReadonlyMap<string, string>

/**
 * The images that a Dockerfile is built on, as it names them. Stages that `target` does not need count too.
 * @throws Unkeyable for text that is not read here, and for what is fetched without a digest
 */
export function findBaseImages(text: string, names: BuildNames): BaseImages {
  const dockerfile = parseDockerfile(text)
  if (dockerfile === undefined) throw new Unkeyable('the Dockerfile is not of a form that this action reads')
  const [images, stages] = [new Set<string>(), new Set<string>()]
  for (const platform of names.platforms.length === 0 ? [undefined] : names.platforms)
    for (const image of imagesOf(dockerfile, names, platform, stages)) images.add(image)
  const known = new Set([...names.buildContexts.keys()].map(familiarName))
  return {
    frontend: names.buildArgs.get('BUILDKIT_SYNTAX') ?? dockerfile.syntax,
    images: [...images].filter((image) => image !== 'scratch' && !known.has(familiarName(image))),
    stages: [...stages],
  }
}

function imagesOf(
  { instructions, escapeCharacter }: Dockerfile,
  { buildArgs }: BuildNames,
  platform: string | undefined,
  named: Set<string>,
): readonly string[] {
  const first = instructions.findIndex(({ name }) => name === 'FROM')
  const variables = new Map(platformArgs(platform))
  for (const instruction of instructions.slice(0, Math.max(first, 0)).filter(({ name }) => name === 'ARG')) {
    refuseUnknownPlatform(instruction, buildArgs, platform)
    declare(instruction.text, variables, new Map([...buildArgs, ...platformArgs(platform)]), escapeCharacter)
  }
  const stages = new Set<string>()
  const images: string[] = []
  for (const instruction of instructions.filter(({ name }) => name === 'FROM')) {
    refuseUnknownPlatform(withoutPlatform(instruction), buildArgs, platform)
    const { image, stage } = parseFrom(withoutPlatform(instruction), variables, escapeCharacter)
    if (!stages.has(image.toLowerCase())) images.push(image)
    if (stage !== undefined) stages.add(stage.toLowerCase())
  }
  for (const stage of stages) named.add(stage)
  const others = instructions.flatMap(({ name, text }) => sourcesOf(name, text))
  return [...images, ...others.filter((from) => !stages.has(from.toLowerCase()) && !/^\d+$/.test(from))]
}

/** Those that say of the builder what only it knows stay undefined: a base that hangs on them cannot be named. */
function platformArgs(platform: string | undefined): readonly [string, string][] {
  if (platform === undefined) return []
  const [os = '', architecture = '', variant = ''] = platform.split('/')
  return [
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', architecture],
    ['TARGETVARIANT', variant],
  ]
}

const BY_PLATFORM = /\$\{?((?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT|OSVERSION))\b/g

/** @throws Unkeyable where a text takes something of the builder that is not known here */
function refuseUnknownPlatform(
  { text, line }: Instruction,
  given: Variables,
  platform: string | undefined,
): void {
  const known = new Map(platformArgs(platform))
  for (const [, name = ''] of text.matchAll(BY_PLATFORM))
    if (!known.has(name) || given.has(name))
      throw new Unkeyable(
        `line ${line} of the Dockerfile depends on the builder: ${name} is known only with \`platforms\``,
      )
}

/** The digest of an index stands for the image of every platform in it. */
function withoutPlatform(from: Instruction): Instruction {
  return { ...from, text: from.text.replace(/^--platform=\S+\s+/, '') }
}

function declare(
  text: string,
  variables: Map<string, string>,
  given: Variables,
  escapeCharacter: string,
): void {
  for (const word of splitWords(text, variables, escapeCharacter)) {
    const at = word.indexOf('=')
    const name = at === -1 ? word : word.slice(0, at)
    const value = given.get(name) ?? (at === -1 ? undefined : word.slice(at + 1))
    if (value !== undefined) variables.set(name, value)
  }
}

function parseFrom(
  { text, line }: Instruction,
  variables: Variables,
  escapeCharacter: string,
): { readonly image: string; readonly stage: string | undefined } {
  const words = splitWords(text, variables, escapeCharacter)
  const [image = '', as, stage] = words
  if (image === '' || (words.length !== 1 && !(words.length === 3 && as?.toLowerCase() === 'as')))
    throw new Unkeyable(`the base in line ${line} of the Dockerfile cannot be named`)
  return { image, stage }
}

/** Images and stages that an instruction takes files from. */
function sourcesOf(name: string, text: string): readonly string[] {
  if (name === 'ONBUILD') {
    const [, inner = '', rest = ''] = /^(\S+)\s+([\s\S]*)$/.exec(text) ?? []
    return sourcesOf(inner.toUpperCase(), rest)
  }
  if (name === 'ADD') refuseRemote(text)
  if (name === 'COPY' || name === 'ADD') return flagsOf(text, 'from').map(refuseVariable)
  if (name !== 'RUN') return []
  return flagsOf(text, 'mount').flatMap((mount) =>
    mount
      .split(',')
      .filter((field) => /^"?from=/i.test(field))
      .map((field) => refuseVariable(field.slice(field.indexOf('=') + 1).replace(/"$/, ''))),
  )
}

/** Values of a flag; flags stand in front of everything else. */
function flagsOf(text: string, flag: string): readonly string[] {
  const [flags = ''] = /^(?:--\S+\s+)*/.exec(text) ?? []
  return [...flags.matchAll(/--([\w-]+)=(\S+)/g)].flatMap(([, name, value = '']) =>
    name === flag ? [value.replace(/^(["'])(.*)\1$/, '$2')] : [],
  )
}

function refuseVariable(from: string): string {
  if (from.includes('$')) throw new Unkeyable(`${from} stands for an image that only the builder can name`)
  return from
}

/** A URL, or what git of BuildKit reads as one: `user@host:path` (util/sshutil/scpurl.go), `github.com/…`. */
const REMOTE = /:\/\/|[\w-]+@[\w.-]+:|github\.com\//i

/** BuildKit looks at every build whether a URL has changed; a key could not know. A variable may hold one. */
function refuseRemote(text: string): void {
  if (flagsOf(text, 'checksum').length > 0) return
  const sources = text.replace(/^(?:--\S+\s+)*/, '').replace(/(?<=^[^[].*)\s\S+$/s, '')
  if (REMOTE.test(sources) || sources.includes('$'))
    throw new Unkeyable(
      'the Dockerfile has an ADD of a URL or a variable without --checksum, whose content may change; for files COPY will do',
    )
}

/** `docker.io/library/alpine:latest` and `alpine` are one name (distribution/reference, `FamiliarString`). */
export function familiarName(name: string): string {
  return name
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '')
    .toLowerCase()
}

/** @throws Unkeyable for what is no reference of an image */
export function readReference(image: string): ReturnType<typeof parseImageReference> {
  try {
    return parseImageReference(image)
  } catch (cause) {
    throw new Unkeyable(`${image} in the Dockerfile is no image reference`, { cause })
  }
}
