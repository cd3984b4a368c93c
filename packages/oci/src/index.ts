export { type Annotations, type ContentDescriptor, descriptorOfImage } from './descriptor.wire.ts'
export { type Digest, parseDigest, shortDigest } from './digest.ts'
export {
  formatImageReference,
  type ImageReference,
  parseImageReference,
  qualifiedName,
  registryHost,
  sameRepository,
} from './image-reference.ts'
export {
  blobsOf,
  imageSize,
  imagesOf,
  MANIFEST_TYPES,
  type OciManifest,
  parseOciManifest,
} from './manifest.wire.ts'
export { normalizePlatform } from './platform.ts'
export { parseRegistryError, type RegistrySaid } from './registry-error.wire.ts'
export { finishUrl, registryPath } from './registry-path.ts'
