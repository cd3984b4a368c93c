import { type BuildAnnotation, type BuildOutput, cacheType, formatPlace, isImage } from '@mlops-actions/ecr'
import type { Problem } from '@mlops-actions/runner'
import type { SshInput } from './build-values.ts'

interface BuildInputs {
  readonly mode: 'build' | 'merge'
  readonly push: boolean
  readonly platforms: readonly string[]
  readonly provenance: string
  readonly sbom: string
  readonly ssh: SshInput
  readonly annotations: readonly BuildAnnotation[]
  readonly outputs: readonly BuildOutput[]
  readonly smoke: unknown
  readonly pushByDigest: boolean
  readonly cacheTo: readonly string[]
}

/** What buildx would refuse, or do without a word something else than what was asked for. */
export function checkBuild(given: BuildInputs, problem: Problem): void {
  if (given.ssh === undefined)
    problem('ssh', 'holds a private key: load it into an agent before, or give the path of a file with it')
  const check = given.mode === 'merge' ? checkMerged : checkAnnotations
  check(given, problem)
  const images = given.outputs.filter(isImage)
  if (images.length > 1) problem('outputs', 'say more than once how the image is packed')
  for (const output of given.outputs) checkOutput(output, given, problem)
  if (given.smoke !== undefined) checkSmoked(given, images, problem)
}

/** What makes another image of the one that was asked when it is pushed. */
function checkSmoked({ cacheTo }: BuildInputs, images: readonly BuildOutput[], problem: Problem): void {
  if (images.some(({ fields }) => fields.some(([name]) => name === 'rewrite-timestamp')))
    problem('smoke', 'asks the image as it is built, and `rewrite-timestamp` of `outputs` pushes another one')
  if (cacheTo.some((cache) => cacheType(cache) === 'inline'))
    problem('smoke', 'asks the image as it is built, and `type=inline` of `cache-to` pushes another one')
}

/** A single image has no index, and buildx leaves out what is meant for another platform. */
function checkAnnotations(given: BuildInputs, problem: Problem): void {
  const { platforms, provenance, sbom } = given
  const hasIndex = platforms.length > 1 || provenance !== 'false' || sbom !== 'false'
  const places = given.annotations.flatMap((one) => one.places)
  if (given.pushByDigest && places.some(({ kind }) => kind === 'index'))
    problem(
      'annotations',
      'of an `index:` would not be of the index that `mode: merge` makes: give them to that step, and not beside `push-by-digest`',
    )
  for (const place of new Map(places.map((one) => [formatPlace(one), one])).values()) {
    const { kind, platform } = place
    const isAlone = !hasIndex && (kind !== 'manifest' || platform !== undefined)
    if (isAlone)
      problem(
        'annotations',
        `${formatPlace(place)}: needs an index: several \`platforms\`, \`provenance\` or \`sbom\``,
      )
    else if (platform !== undefined && !platforms.includes(platform))
      problem('annotations', `${formatPlace(place)}: is for a platform that is not in \`platforms\``)
  }
}

/** The images are there, and stay as they are. */
function checkMerged({ annotations }: BuildInputs, problem: Problem): void {
  const isOfIndex = ({ places }: BuildAnnotation): boolean =>
    places.length > 0 && places.every(({ kind }) => kind === 'index')
  if (!annotations.every(isOfIndex))
    problem(
      'annotations',
      'of a merge are those of its index, `index:key=value`: what is of an image is for the step that builds it',
    )
}

/** What another input says, by field of an image. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  name: '`repository` and `tags`',
  push: '`push`',
  'push-by-digest': '`push-by-digest`',
}

function checkOutput(output: BuildOutput, { push }: BuildInputs, problem: Problem): void {
  const { type, fields } = output
  const has = (name: string): boolean => fields.some(([known]) => known === name)
  if (type === 'registry' && !push) problem('outputs', 'type=registry pushes: it needs `push: true`')
  if (type === 'cacheonly' && push)
    problem('outputs', 'type=cacheonly keeps no image: it needs `push: false`')
  if (['local', 'tar', 'oci'].includes(type) && !has('dest'))
    problem('outputs', `type=${type} needs the path of what it writes, as dest=…`)
  if (!isImage(output)) return
  for (const [name, where] of Object.entries(SAID_ELSEWHERE))
    if (has(name)) problem('outputs', `${name}=… of type=${type} is said by ${where}: leave it away`)
}
