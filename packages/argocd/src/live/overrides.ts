import type { Application, ApplicationSource } from '../model/application.wire.ts'
import type { LiveState, LiveWant } from './state.ts'

/**
 * What puts something else in the place of what the manifests have: parameters, values and images of a source, which an
 * image updater or a person set on the Application (argo-cd pkg/apis/application/v1alpha1 types.go), or the file
 * `.argocd-source-<application>.yaml` that does the same in Git. In words.
 * @param values what was seen in the place of the expected version
 */
export function overrideOf(
  { application, overrideFile }: Pick<LiveState, 'application' | 'overrideFile'>,
  { images }: Pick<LiveWant, 'images'>,
  values: readonly string[],
): string | undefined {
  return overrideOnApplication(application, images, values) ?? overrideInFile(overrideFile, images, values)
}

function overrideOnApplication(
  { spec }: Application,
  images: readonly string[],
  values: readonly string[],
): string | undefined {
  const hydrated = spec.sourceHydrator?.drySource
  const single = hydrated === undefined ? spec.source : hydrated
  const at = hydrated === undefined ? 'spec.source' : 'spec.sourceHydrator.drySource'
  const named = spec.sources.map((source, index): [string, ApplicationSource] => [
    `spec.sources[${index}]`,
    source,
  ])
  const sources = single === undefined ? named : [...named, [at, single] as const]
  for (const [path, source] of sources) {
    const found = overrideIn(source, images, values.flatMap(partsOf))
    if (found !== undefined) return `${path}.${found} of the Application overrides it`
  }
  return undefined
}

function overrideInFile(
  file: LiveState['overrideFile'],
  images: readonly string[],
  values: readonly string[],
): string | undefined {
  if (file === undefined) return undefined
  const parts = values.flatMap(partsOf)
  const lines = file.text.split('\n').map((line) => line.trim())
  const isOverride = (line: string) => {
    const item = line.replace(/^-\s+/, '')
    return parts.includes(scalarOf(`${item} `)) || images.some((image) => renames(item, image))
  }
  const line = lines.find(isOverride)
  return line && `the file ${file.path}, which an image updater writes, overrides it (${line})`
}

/** `helm.parameters[0] (image.tag: v1)` */
function overrideIn(
  { helm, kustomize }: ApplicationSource,
  images: readonly string[],
  parts: readonly string[],
): string | undefined {
  const sets = (value: string) => parts.includes(value)
  const parameter = helm?.parameters.findIndex(({ value }) => sets(value)) ?? -1
  if (parameter !== -1) {
    const { name = '', value = '' } = helm?.parameters[parameter] ?? {}
    return `helm.parameters[${parameter}] (${name}: ${value})`
  }
  const path = leafOf(helm?.valuesObject, sets)
  if (path !== undefined) return `helm.valuesObject.${path}`
  const line = helm?.values.split('\n').find((one) => sets(scalarOf(one)))
  if (line !== undefined) return `helm.values (${line.trim()})`
  const image = kustomize?.images.find((one) => images.some((wanted) => renames(one, wanted)))
  return image === undefined ? undefined : `kustomize.images (${image})`
}

/** The ways in which a reference is taken apart into values: whole, repository, tag, digest. */
function partsOf(reference: string): readonly string[] {
  const [named = '', digest] = reference.split('@', 2)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon === -1 || reference.includes('://') ? undefined : named.slice(colon + 1)
  const parts = [reference, tag, digest, digest === undefined ? undefined : `@${digest}`]
  return parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]))
}

/** The path of the first text in an object that is so: `image.tag`. */
function leafOf(value: unknown, is: (text: string) => boolean): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if ((typeof inner === 'string' || typeof inner === 'number') && is(String(inner))) return key
    const below = leafOf(inner, is)
    if (below !== undefined) return `${key}.${below}`
  }
  return undefined
}

/** `  tag: "v1"  # note` -> `v1` */
function scalarOf(line: string): string {
  const value = /^[^#]*?:\s+(?:"([^"]*)"|'([^']*)'|([^#\s]+))/.exec(line)
  return value?.[1] ?? value?.[2] ?? value?.[3] ?? ''
}

/** `name=registry/new:tag`, `name:tag`, `name@digest`: by which name the image of the manifests is replaced (kustomize images). */
function renames(entry: string, wanted: string): boolean {
  const [name = '', replacement] = entry.split('=', 2)
  const bare = (reference: string) => reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  return [name, replacement ?? name].some((one) => bare(one) === bare(wanted))
}
