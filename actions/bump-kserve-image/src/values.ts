import { parseImageReference } from '@mlops-actions/oci'
import { Expected, parseKeyValues } from '@mlops-actions/text'

/**
 * An image that means one thing: without tag and digest it would be whatever `latest` is at that moment.
 * @throws Expected
 */
export function parseImage(text: string): string {
  const { tag, digest } = parseImageReference(text)
  if (tag === undefined && digest === undefined) throw new Expected('an image with a tag or a digest')
  return text
}

/** Whether the image is the one that `latest` stands for at that moment. */
export function isMoving(image: string): boolean {
  const { tag, digest } = parseImageReference(image)
  return digest === undefined && tag === 'latest'
}

/**
 * A URI that KServe's storage initializer takes: `scheme://…` without blanks and control characters. Which
 * schemes work depends on the cluster (ClusterStorageContainers add some), so none is refused.
 * @throws Expected
 */
export function parseStorageUri(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>\\\u0000-\u0020\u007f-\u009f]+$/.test(text) || text.length > 2_000) {
    throw new Expected('a storage URI such as s3://bucket/churn/7be0/')
  }
  return text
}

/**
 * The name of a Kubernetes object or container (RFC 1123 subdomain, apimachinery: IsDNS1123Subdomain).
 * @throws Expected
 */
export function parseObjectName(text: string): string {
  const isName =
    text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)
  if (!isName) throw new Expected('a Kubernetes name: lower-case letters, digits, - and .')
  return text
}

/**
 * A kind of Kubernetes objects.
 * @throws Expected
 */
export function parseKind(text: string): string {
  if (!/^[A-Z][A-Za-z0-9]{0,62}$/.test(text)) throw new Expected('a kind such as InferenceService')
  return text
}

/**
 * Where a storage URI is mounted in the container.
 * @throws Expected
 */
export function parseMountPath(text: string): string {
  const isPath =
    /^\/[\w.@-]+(\/[\w.@-]+)*$/.test(text) && !text.split('/').some((part) => /^\.{1,2}$/.test(part))
  if (!isPath || text.length > 500)
    throw new Expected('an absolute path in the container, such as /mnt/models/base')
  return text
}

/**
 * The image policy that a marker comment of Flux names.
 * @throws Expected
 */
export function parsePolicy(text: string): string {
  const [namespace = '', name = '', ...more] = text.split(':')
  if (more.length > 0 || !text.includes(':')) throw new Expected('a marker such as flux-system:churn')
  return `${parseObjectName(namespace)}:${parseObjectName(name)}`
}

/**
 * Where in a file a value stands, in the grammar of `manifest`, which says what else is wrong with it.
 * @throws Expected
 */
export function parseValuePath(text: string): string {
  if (!/^[\w$["][\w$.[\]="/:@-]*$/.test(text) || text.includes('..') || text.length > 500)
    throw new Expected('a path of keys such as server.image.tag, or spec.containers[name=server].image')
  return text
}

/** Prefix and name of an annotation's key (apimachinery: IsQualifiedName). */
const ANNOTATION =
  /^(?:(?=.{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/

/** @throws Expected */
export function assertAnnotations(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return assertPairs(pairs, ANNOTATION, 'keys of annotations, such as mlops.example/model-version')
}

/** The model that a container serves is found by it, and set by `storage-uri`. */
const MODEL_VARIABLE = 'STORAGE_URI'

/** @throws Expected */
export function assertVariables(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (pairs.has(MODEL_VARIABLE)) throw new Expected(`${MODEL_VARIABLE} to be given as storage-uri`)
  return assertPairs(pairs, /^[A-Za-z_][\w.-]{0,252}$/, 'names of variables, such as LOG_LEVEL')
}

function assertPairs(
  pairs: ReadonlyMap<string, string>,
  key: RegExp,
  keys: string,
): ReadonlyMap<string, string> {
  for (const [name, value] of pairs) {
    if (!key.test(name)) throw new Expected(keys)
    parseText(value)
  }
  return pairs
}

/**
 * A value of one line that every reader of YAML shows as it is.
 * @throws Expected
 */
export function parseText(text: string): string {
  if (
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) ||
    !text.isWellFormed() ||
    text.length > 4_000
  )
    throw new Expected('text of one line without control characters, at most 4000 characters')
  return text
}

/** @throws Expected */
export function parseCommitId(text: string): string {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text))
    throw new Expected('a full commit SHA, 40 hexadecimal digits')
  return text
}

/**
 * Trailers of the user's own. Keys that this action or Argo CD reads back are not to be written twice.
 * @throws Expected
 */
export function parseTrailerLines(text: string): ReadonlyMap<string, string> {
  const trailers = parseKeyValues(text)
  for (const key of trailers.keys()) {
    const isKey = /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(key)
    if (!isKey || RESERVED.test(key))
      throw new Expected(
        'lines of Key=value, with keys of letters, digits and - that this action does not write itself',
      )
  }
  return trailers
}

const RESERVED =
  /^(?:argocd-reference-commit-.*|mlops-(?:target|image|previous-image|storage-uri|previous-storage-uri|at|value|rollback-of|run-id|run-url|change-id))$/i
