export { closeEcr, type EcrApi } from './api.ts'
export {
  type AnnotationPlace,
  type BuildAnnotation,
  formatPlace,
  parseAnnotation,
} from './build-annotations.ts'
export { type BuildFacts, failedStep, readFacts } from './build-facts.ts'
export { type BuildOutput, isImage, parseOutput } from './build-outputs.ts'
export { type BuildRecord, type BuildStep, createRecorder, type Recorder } from './build-record.ts'
export { findBuildx, likelyBuildx, parseBuildxVersion } from './buildx.ts'
export { type BuildRequest, type BuildSecret, type BuildSsh, buildxArguments } from './buildx-arguments.ts'
export { cacheBringsPassword, cacheType, cacheVariables, ecrCacheTo, secretCacheField } from './cache.ts'
export { type Access, type Caller, openEcr, openHttp, type Peer } from './connect.ts'
export { type ContentKey, contentKey, type KeyedRequest, type Scope } from './content-key/content-key.ts'
export { hashContext, readIgnoreRules } from './content-key/hash-context.ts'
export { headDigest } from './content-key/image-digest.ts'
export { describeImage } from './content-key/pushed-at.ts'
export { findReusable, type Reusable, type ReuseAnswer } from './content-key/reusable.ts'
export { Unkeyable } from './content-key/unkeyable.ts'
export { type ContextEntry, walkContext } from './content-key/walk.ts'
export type { Arrivals } from './copy/copy-blobs.ts'
export {
  applyCopy,
  type CopyResult,
  type CopyWish,
  isSameRepository,
  type PreparedCopy,
  prepareCopy,
} from './copy/copy-image.ts'
export { createLogin, type Place } from './copy/place.ts'
export { blobsOfTree } from './copy/plan.ts'
export { assertPlatforms } from './copy/platforms.ts'
export type { Docker, Program } from './docker.ts'
export { dockerAuthConfig } from './docker-auth.wire.ts'
export { mayBeOpened, readRegistryAuths } from './docker-config.wire.ts'
export { explainBuild, type FailedBuild } from './explain-build.ts'
export { isFolderContext } from './folder-context.ts'
export { missingRepository } from './image-failures.ts'
export { isPlainStore, parseBuilder, usesPlainStore } from './image-store.ts'
export { lostAnnotations } from './lost-annotations.ts'
export { type BuildMetadata, parseMetadata } from './metadata.wire.ts'
export { nameRefused } from './name-refused.ts'
export { parsePlatforms, parseRegistry, parseRepositoryName, parseTags } from './names.ts'
export { bringsPassword } from './place-password.ts'
export { hostOfImages } from './public/read-gallery.ts'
export { putManifest, tagsToPut } from './put-image.ts'
export { formatRegistryHost, parseRegistryHost, type RegistryHost, registryUrl } from './registry-host.ts'
export {
  type AskedRepository,
  nameOf,
  type RepositoryId,
  repositoryAt,
} from './repository.ts'
export { type BuildCommand, type BuildRun, runBuild } from './run-build.ts'
export {
  type Finding,
  parseSeverity,
  type ScanMode,
  SEVERITIES,
  type Severity,
} from './scan/findings.ts'
export {
  type FindingVerdict,
  type Ignored,
  type JudgedFinding,
  judgeScans,
  type ScanJudgement,
  type ScanPolicy,
} from './scan/judge.ts'
export type { ImageScan, ScanState } from './scan/scan-state.ts'
export {
  evaluateScans,
  type PlatformDigest,
  type ScannedImage,
  type SeenImage,
  waitForScans,
} from './scan/wait-for-scans.ts'
export { compareRepository } from './settings/compare-repository.ts'
export { createRepository } from './settings/create-repository.ts'
export { putLifecyclePolicy } from './settings/lifecycle-policy.ts'
export type { RepositorySettings, SettingDifference, SettingsReview } from './settings/settings.ts'
export { findImages, lookUpImages, requireImage, type StoredImage } from './stored-images.ts'
export { readMutability } from './tag-mutability.ts'
export { isSameImage, refusedTag, tagTaken } from './taken-tag.ts'
export { assertTokenFits, fetchToken, type RegistryToken } from './token.ts'
export { type StandingImage, verifyImage, type WantedImage } from './verify-image.ts'
