export { type Digest, formatDigest, parseDigest } from './digest.ts'
export {
  formatImageReference,
  type ImageReference,
  parseImageReference,
  sameRepository,
} from './image-reference.ts'
