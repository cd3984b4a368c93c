export { type Digest, formatDigest, parseDigest } from './digest.ts'
export {
  formatImageReference,
  type ImageReference,
  parseImageReference,
  registryHost,
  sameRepository,
} from './image-reference.ts'
export {
  blobsOf,
  type ContentDescriptor,
  fitsPlatform,
  MANIFEST_TYPES,
  type OciManifest,
  parseOciManifest,
  platformOf,
} from './manifest.wire.ts'
export { parseRegistryError, type RegistrySaid } from './registry-error.wire.ts'
export { finishUrl, registryPath } from './registry-path.ts'
