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
  /^(?:argocd-reference-commit-.*|mlops-(?:target|image|previous-image|storage-uri|previous-storage-uri|rollback-of|run-id|run-url|change-id))$/i
