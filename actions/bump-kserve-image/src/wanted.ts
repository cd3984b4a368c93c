import { type FreeValue, parseFreeValue, type Wish } from '@mlops-actions/gitops'
import type { Target } from '@mlops-actions/manifest'
import type { Inputs } from './inputs.ts'
import { parseText } from './values.ts'

/** What shall stand at one target, as the inputs or an entry of `changes` say it. */
export interface Wanted {
  /** Those of the input `file` where there are none. */
  readonly files: readonly string[]
  readonly target: Target
  readonly wishes: readonly Wish[]
}

/** The words for what shall stand, which inputs and entries of `changes` have in common. */
export interface Words {
  readonly image?: string | undefined
  readonly storageUri?: string | undefined
  readonly annotations: ReadonlyMap<string, string>
  readonly env: ReadonlyMap<string, string>
  /** Where `value` stands, or else the image or the storage URI in Helm values. */
  readonly path?: string | undefined
  readonly value?: { readonly value: FreeValue; readonly orElse?: FreeValue } | undefined
}

export function wantedOf(files: readonly string[], target: Target, words: Words): Wanted {
  const at = words.value === undefined ? { ...target, path: words.path } : target
  return { files, target: at, wishes: wishesOf(words) }
}

function wishesOf({ image, storageUri, annotations, env, path, value }: Words): Wish[] {
  return [
    ...(image === undefined ? [] : [{ set: 'image', value: image } as const]),
    ...(storageUri === undefined ? [] : [{ set: 'storage-uri', value: storageUri } as const]),
    ...[...annotations].map(([key, text]) => ({ set: 'annotation', key, value: text }) as const),
    ...[...env].map(([key, text]) => ({ set: 'env', key, value: text }) as const),
    ...(path === undefined || value === undefined ? [] : [{ set: 'value', path, ...value } as const]),
  ]
}

/** The target that inputs name. */
export function targetOf({
  kind,
  name,
  namespace,
  component,
  canary,
  container,
  mountPath,
  policy,
}: Inputs): Target {
  return { kind, name, namespace, component, canary, container, mountPath, policy }
}

/** A marker says alone where an image or a storage URI stands, and nothing else stands there. */
export function problemOfPolicy(
  { policy, ...others }: Target,
  { path, annotations, env }: Words,
): string | undefined {
  if (policy === undefined) return undefined
  const isNamed = path !== undefined || Object.values(others).some((given) => given !== undefined)
  if (isNamed) return 'no other way to the target beside policy'
  return annotations.size + env.size > 0 ? 'nothing but image or storage-uri beside policy' : undefined
}

/**
 * As an input has it: what stands in double quotes, as JSON has them, is text, anything else whatever it can mean.
 * @throws Expected
 */
export function parseValue(text: string): NonNullable<Words['value']> {
  const quoted = unquote(text)
  return quoted === undefined ? parseFreeValue(parseText(text)) : { value: parseText(quoted) }
}

function unquote(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined
  try {
    return String(JSON.parse(text))
  } catch {
    return undefined
  }
}
