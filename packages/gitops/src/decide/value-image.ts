import { type ImageReference, parseImageReference } from '@mlops-actions/oci'
import type { BumpedValue } from './change-set.ts'

/** The image that a value names: `oci://` storage URIs are image references too (KServe's modelcars). */
export function imageIn(value: string): ImageReference | undefined {
  const reference = value.replace(/^oci(?:\+native|\+fetch)?:\/\//, '')
  if (reference.includes('://')) return undefined
  try {
    return parseImageReference(reference)
  } catch {
    return undefined
  }
}

/** `k8s/inference.yaml:8 spec.predictor.model.image`, for people. */
export function placeOf({ file, line, path }: Pick<BumpedValue, 'file' | 'line' | 'path'>): string {
  return `${file}:${line} ${path}`
}
