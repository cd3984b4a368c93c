import { Failure } from '@mlops-actions/diagnostics'
import { type Docker, isImage, usesPlainStore } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

type Wanted = Pick<Inputs, 'annotations' | 'provenance' | 'sbom' | 'outputs' | 'builder'>

/**
 * What Docker's own image store cannot hold is refused before anything is created or built: annotations and the packing
 * of an image it would leave out without a word. Nothing is asked where all is held by any store.
 * @throws Failure `config` that names the input
 */
export async function assertBuilderKeeps(
  wanted: Wanted,
  world: ActionWorld,
  buildx: Required<Docker>,
): Promise<void> {
  const [first] = demanding(wanted)
  if (first === undefined || !(await usesPlainStore(world, buildx, wanted.builder))) return
  const [input, what] = first
  throw new Failure({
    kind: 'config',
    code: 'DOCKER_DRIVER',
    what: 'Cannot build the image',
    on: `the input \`${input}\``,
    seen: `the builder is Docker's own, with an image store that cannot hold ${what}`,
    next: 'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away',
  })
}

/** Whether anything is wanted that an image store may not hold. */
export function asksStore(wanted: Wanted): boolean {
  return demanding(wanted).length > 0
}

function demanding(wanted: Wanted): readonly (readonly [input: string, what: string])[] {
  const { annotations, provenance, sbom, outputs } = wanted
  const packing = outputs.filter(isImage).flatMap(({ fields }) => fields.map(([name]) => name))
  const archives = outputs.filter(
    ({ type, fields }) => type === 'oci' || (type === 'docker' && fields.some(([name]) => name === 'dest')),
  )
  const all: readonly (readonly [isAsked: boolean, input: string, what: string])[] = [
    [annotations.length > 0, 'annotations', 'annotations'],
    [sbom !== 'false', 'sbom', 'attestations'],
    [provenance !== 'false', 'provenance', 'attestations'],
    [packing.length > 0, 'outputs', `what is said of the image (${packing.join(', ')})`],
    [archives.length > 0, 'outputs', 'an image as an archive has it'],
  ]
  return all.flatMap(([isAsked, input, what]) => (isAsked ? [[input, what] as const] : []))
}
