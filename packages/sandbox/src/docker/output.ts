import type { Driver } from './builders.ts'
import { UsageRefusal } from './refusal.ts'

/**
 * The repository that `--output=type=image,…,push-by-digest=true` pushes to by digest alone; undefined without the option.
 * Source: docker/buildx build/opt.go: the driver `docker` pushes under tags only.
 * @throws UsageRefusal for the driver `docker`, and for outputs that this stand-in does not make
 */
export function parseDigestOutput(
  outputs: readonly string[],
  tags: readonly string[],
  driver: Driver,
): string | undefined {
  const [output, ...more] = outputs
  if (output === undefined) return undefined
  if (more.length > 0) throw new UsageRefusal(`this stand-in makes one output, not ${outputs.length}`)
  const fields = new Map(
    output.split(',').map((field): [string, string] => {
      const at = field.indexOf('=')
      return [field.slice(0, at), field.slice(at + 1)]
    }),
  )
  const name = fields.get('name')
  const isKnown = ['push', 'push-by-digest'].every((switched) => fields.get(switched) === 'true')
  if (fields.get('type') !== 'image' || name === undefined || !isKnown)
    throw new UsageRefusal(`this stand-in has no output ${output}`)
  if (driver === 'docker')
    throw new UsageRefusal(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  if (tags.length > 0 || /:[^/]*$/.test(name))
    throw new UsageRefusal(`can't push tagged ref ${tags[0] ?? name} by digest`)
  return name
}
