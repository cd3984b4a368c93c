import { Expected, parseKeyValues, parseList } from '@mlops-actions/text'
import { parsePath } from './values.ts'

const MOST_TAGS = 50
const MOST_FILTERS = 5
/** ECR's API reference, PutLifecyclePolicy, `lifecyclePolicyText`. */
const LONGEST_POLICY = 30_720

/** A policy as it stands in the input, or the path of a file that holds one. */
export type LifecyclePolicyInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }

/** API reference, ImageTagMutabilityExclusionFilter. */
export function parseExclusions(text: string): readonly string[] {
  const want = `1 to ${MOST_FILTERS} filters of at most 128 of A-Z a-z 0-9 . _ - and the wildcard *`
  const filters = [...new Set(parseList(text))]
  if (filters.length > MOST_FILTERS || !filters.every((filter) => /^[0-9a-zA-Z._*-]{1,128}$/.test(filter)))
    throw new Expected(want)
  return filters
}

/** API reference, EncryptionConfiguration: ARN, id or alias of a key. */
export function parseKmsKey(text: string): string {
  const forms =
    /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key\/[\w-]+|alias\/[\w/-]+)|alias\/[\w/-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/
  if (forms.test(text)) return text
  throw new Expected('the ARN, the id or the alias of a KMS key, such as alias/ml')
}

/** API reference, Tag; the characters are those of all AWS services. */
export function parseRepositoryTags(text: string): ReadonlyMap<string, string> {
  const want = `lines of key=value, at most ${MOST_TAGS}, of letters, digits, blanks and . : / + - @ _, keys of at most 128 and values of at most 256, and none of aws:`
  const tags = parseKeyValues(text)
  const fits = [...tags].every(
    ([key, value]) => isTagText(key, 128) && isTagText(value, 256) && !/^aws:/i.test(key),
  )
  if (tags.size > MOST_TAGS || !fits) throw new Expected(want)
  return tags
}

function isTagText(text: string, most: number): boolean {
  return text.length <= most && /^[\p{L}\p{N}\p{Zs}.:/=+\-@_]*$/u.test(text)
}

/** JSON begins with a brace, and no path does that anybody has. */
export function parseLifecyclePolicy(text: string): LifecyclePolicyInput {
  if (!text.startsWith('{')) {
    if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw new Expected('JSON, or the path of a file with it')
    return { kind: 'file', path: parsePath(text) }
  }
  const trouble = policyTrouble(text)
  if (trouble !== undefined) throw new Expected(`the JSON of a lifecycle policy: this ${trouble}`)
  return { kind: 'text', text }
}

/** Why a text is no lifecycle policy, as the end of a sentence; what the rules say is ECR's to judge. */
export function policyTrouble(text: string): string | undefined {
  if (text.length > LONGEST_POLICY)
    return `has ${text.length.toLocaleString('en-US')} characters, and ECR takes ${LONGEST_POLICY.toLocaleString('en-US')}`
  try {
    const rules: unknown = Object(JSON.parse(text)).rules
    return Array.isArray(rules) && rules.length > 0 ? undefined : 'has no list of `rules`'
  } catch {
    return 'is no JSON'
  }
}
