import { type Deployment, imageOf, storageUriOf } from '@mlops-actions/kubernetes/pods'
import type { InferenceService } from './inference-service.wire.ts'
import { desiredVersion } from './spec.ts'

/**
 * Whether KServe has yet to act on an InferenceService: the Deployment that it made has another version than the
 * InferenceService asks for. Its status does not say so, for it compares no generation of its own
 * (kserve/kserve pkg/apis/serving/v1beta1/inference_service_status.go). Pure.
 */
export function describeBehind(isvc: InferenceService, deployment: Deployment): string | undefined {
  const asked = desiredVersion(isvc)
  const { template } = deployment.spec
  const [image, storageUri] = [imageOf(template.spec), storageUriOf(template)]
  const say = (wanted: string, has: string) =>
    `InferenceService ${isvc.metadata.name} asks for ${wanted}, its Deployment ${deployment.metadata.name} still has ${has}`
  // What is not noted in the template cannot be told: several `storageUris`, a container of another name.
  if (asked.storageUri !== undefined && storageUri !== undefined && storageUri !== asked.storageUri)
    return say(asked.storageUri, storageUri)
  if (asked.image !== undefined && image !== undefined && !isSameVersion(image, asked.image))
    return say(asked.image, image)
  return undefined
}

/** Admission may have put another registry before the name, or the digest behind it. */
function isSameVersion(one: string, other: string): boolean {
  const [[oneName, oneDigest], [otherName, otherDigest]] = [partsOf(one), partsOf(other)]
  if (oneDigest !== undefined && otherDigest !== undefined) return oneDigest === otherDigest
  return oneName === otherName
}

/** `registry/churn:v2@sha256:1` -> `churn:v2`, `sha256:1` */
function partsOf(image: string): readonly [name: string, digest: string | undefined] {
  const [named = '', digest] = image.split('@', 2)
  return [named.slice(named.lastIndexOf('/') + 1), digest]
}
