import { UsageRefusal } from './refusal.ts'

/**
 * The repository that `--output=type=image,…,push-by-digest=true` pushes to by digest alone; undefined without the option.
 * Source: docker/buildx build/opt.go: the driver `docker` pushes under tags only.
 * @throws UsageRefusal for the driver `docker`, and for outputs that this stand-in does not make
 */
export function parseDigestOutput(
  output: string | undefined,
  builder: string | undefined,
): string | undefined {
  if (output === undefined) return undefined
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
  if (builder === undefined || builder === 'default')
    throw new UsageRefusal(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  return name
}
