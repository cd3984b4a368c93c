import { Failure, type World } from '@mlops-actions/diagnostics'
import { imagesOf } from '@mlops-actions/oci'
import { done, failed, pending, type Verdict, waitFor } from '@mlops-actions/wait'
import type { EcrApi } from '../api.ts'
import type { RepositoryId } from '../repository.ts'
import { findImages } from '../stored-images.ts'
import { type ImageScan, lookAtScan, type ScanState } from './scan-state.ts'
import { nothingToScan, notScanned, unscannable } from './unscannable.ts'

/** An image of one platform; a single image has the platform ''. */
export interface PlatformDigest {
  readonly platform: string
  readonly digest: string
}

export interface ScannedImage extends PlatformDigest {
  readonly scan: ImageScan
}

export interface SeenImage extends PlatformDigest {
  readonly state: ScanState
}

/** A scan on push is not there at once. */
const NOTICED_AFTER_MS = 60_000
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 10_000

/**
 * Waits until ECR has scanned an image, or every image of an index, which itself cannot be scanned
 * (aws/containers-roadmap#1683); attestations are no images.
 * @param timeout milliseconds
 * @throws Failure what AWS refused, at once; what a terminal status means; `config` where nothing is ever scanned;
 * `timeout`
 */
export async function waitForScans(
  world: World,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
  { timeout }: { readonly timeout: number },
): Promise<readonly ScannedImage[]> {
  const images = await platformsOf(world, ecr, repository, digest)
  const known = new Map<string, ScanState>()
  const look = async (image: PlatformDigest): Promise<SeenImage> => {
    const state = known.get(image.digest) ?? (await lookAtScan(world, ecr, repository, image.digest))
    if (state.kind === 'finished' && state.unlisted === 0) known.set(image.digest, state)
    return { ...image, state }
  }
  const { value } = await waitFor(world, {
    what: 'the scan of the image',
    on: `${repository.name}@${digest}`,
    observe: () => Promise.all(images.map(look)),
    evaluate: (seen, waited) => evaluateScans(repository.name, seen, waited),
    interval: (waited) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS + waited / 10),
    timeout,
    next: 'Raise `timeout`, or look at the image in the ECR console: Amazon Inspector takes minutes where it has much to do',
  })
  return value
}

/** Pure: whether every image is scanned, and if one never will be, why. */
export function evaluateScans(
  repository: string,
  seen: readonly SeenImage[],
  waited: number,
): Verdict<readonly ScannedImage[]> {
  const scanned: ScannedImage[] = []
  const waiting: string[] = []
  for (const { platform, digest, state } of seen) {
    const verdict = evaluateScan(`${repository}@${digest}`, state, waited)
    if (verdict.status === 'failed') return verdict
    if (verdict.status === 'done') scanned.push({ platform, digest, scan: verdict.value })
    else waiting.push(platform === '' ? verdict.reason : `${platform}: ${verdict.reason}`)
  }
  return waiting.length === 0 ? done(scanned) : pending(waiting.join('; '))
}

function evaluateScan(image: string, state: ScanState, waited: number): Verdict<ImageScan> {
  switch (state.kind) {
    case 'none':
      return waited < NOTICED_AFTER_MS
        ? pending('ECR knows no scan of it yet')
        : failed(notScanned(image, Math.round(waited / 1_000)))
    case 'unfinished': {
      const failure = unscannable(image, state.status, state.description)
      if (failure !== undefined) return failed(failure)
      const early = state.status === 'COMPLETE' || state.status === 'ACTIVE'
      return pending(early ? `${state.status}, but without any result yet` : state.status)
    }
    case 'finished':
      return state.unlisted === 0
        ? done(state)
        : pending(`${state.status}, but ECR counts ${state.unlisted} more findings than it lists`)
  }
}

async function platformsOf(
  world: World,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
): Promise<readonly PlatformDigest[]> {
  const image = `${repository.name}@${digest}`
  const found = (await findImages(world, { ecr, repository }, [digest]))?.get(digest)
  if (found === undefined) throw notThere(image)
  if (found.manifest.kind === 'image') return [{ platform: '', digest }]
  // Two platforms may share an image.
  const byDigest = Map.groupBy(imagesOf(found.manifest), (child) => child.digest)
  const images = [...byDigest].map(([child, twins]) => ({
    digest: child,
    platform: twins.map(({ platform }) => platform).join(', '),
  }))
  if (images.length === 0) throw nothingToScan(image)
  return images
}

function notThere(image: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ECR_SCAN_NO_IMAGE',
    what: 'Cannot read the scan of the image',
    on: image,
    seen: 'the repository has no image of this digest',
    next: 'Did a lifecycle policy or another job remove it a moment ago? Run the step again',
  })
}
