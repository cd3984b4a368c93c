import { Failure } from '@mlops-actions/diagnostics'
import { isImage, usesPlainStore } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { dockerEnv } from './docker-environment.ts'
import type { Inputs } from './inputs.ts'

type Wanted = Pick<Inputs, 'annotations' | 'outputs' | 'builder'>

/**
 * What Docker's own image store would leave out without a word is refused before anything is built; what buildx refuses
 * itself, it says. Nothing is asked where nothing could be lost.
 * @throws Failure `config` that names the input
 */
export async function assertBuilderKeeps(wanted: Wanted, world: ActionWorld): Promise<void> {
  const [input, what] = losable(wanted)
  if (input === undefined || !(await usesPlainStore(world, dockerEnv(world), wanted.builder))) return
  throw new Failure({
    kind: 'config',
    code: 'DOCKER_DRIVER',
    what: 'Cannot build the image',
    on: `the input \`${input}\``,
    seen: `the builder is Docker's own, with an image store that cannot hold ${what}: the push would leave them out without a word`,
    next: 'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away',
  })
}

function losable({ annotations, outputs }: Wanted): readonly [input?: string, what?: string] {
  if (annotations.length > 0) return ['annotations', 'annotations']
  const packing = outputs.filter(isImage).flatMap(({ fields }) => fields.map(([name]) => name))
  return packing.length === 0 ? [] : ['outputs', `fields of an image (${packing.join(', ')})`]
}
