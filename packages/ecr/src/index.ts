export type { EcrApi } from './api.ts'
export { type BuildFacts, failedStep, readFacts } from './build-facts.ts'
export { type BuildRecord, type BuildStep, createRecorder, type Recorder } from './build-record.ts'
export { type BuildRequest, type BuildSecret, buildxArguments } from './buildx-arguments.ts'
export { assertBuildx, parseBuildxVersion } from './buildx-version.ts'
export { cacheVariables, ecrCacheTo, secretCacheField } from './cache.ts'
export { dockerAuthConfig } from './docker-auth.wire.ts'
export { explainBuild, type FailedBuild } from './explain-build.ts'
export { type Descriptor, type ImageManifest, imageSize, parseManifest } from './manifest.wire.ts'
export { type BuildMetadata, parseMetadata } from './metadata.wire.ts'
export { parseRegistryHost, type RegistryHost } from './registry-host.ts'
export {
  createRepository,
  findDigests,
  findTags,
  MOST_TAGS,
  type RepositoryId,
  repositoryMissing,
  type StoredImage,
} from './repository.ts'
export { type BuildCommand, type BuildRun, runBuild } from './run-build.ts'
export { isSameImage, refusedTag } from './taken-tag.ts'
export { fetchToken, type RegistryToken } from './token.ts'
