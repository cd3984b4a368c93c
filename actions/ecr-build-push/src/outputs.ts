import type { OutputValue } from '@mlops-actions/diagnostics'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Reuse } from './reuse.ts'
import type { Target } from './target.ts'
import type { Verified } from './verify.ts'

/** What is known of a push or a merge as soon as the registry was looked at. */
export interface Known {
  readonly target: Omit<Target, 'auth'>
  readonly verified: Verified
  readonly reuse: Reuse
}

/** Sets what is known now, whatever comes afterwards. */
export function setOutputs(
  world: Pick<ActionWorld, 'output'>,
  outputs: Readonly<Record<string, OutputValue>>,
): void {
  for (const [name, value] of Object.entries(outputs)) world.output(name, value)
}

/** Without tags none can name another image: then it is whether an image was built. */
export function isChanged({ target, verified, reuse }: Known): boolean {
  if (verified.after.size === 0) return reuse.kind !== 'hit'
  return [...verified.after].some(([tag, { digest }]) => target.before.get(tag)?.digest !== digest)
}

/** Outputs that hold even where a gate stops the step afterwards. */
export function knownOutputs(inputs: Inputs, pushed: Known): Readonly<Record<string, OutputValue>> {
  const { target, verified } = pushed
  const [tag] = inputs.tags
  return {
    ...imageOutputs(target, verified.digest),
    tag: tag ?? '',
    tags: inputs.tags,
    'image-tagged': tag === undefined ? '' : `${target.name}:${tag}`,
    changed: isChanged(pushed),
    'cache-hit': pushed.reuse.kind === 'hit',
  }
}

/** Outputs of an image that is in the repository, whatever becomes of its tags. */
export function imageOutputs(
  { name, host, repository }: Omit<Target, 'auth'>,
  digest: string,
): Readonly<Record<string, OutputValue>> {
  return { digest, repository: repository.name, registry: host, image: `${name}@${digest}` }
}

/** Outputs of a step after which everything in the registry is as it was. */
export function idleOutputs(
  { repository, tags }: Pick<Inputs, 'repository' | 'tags'>,
  registry?: string,
): Readonly<Record<string, OutputValue | undefined>> {
  return { repository, registry, tag: tags[0], tags, changed: false, 'cache-hit': false }
}
