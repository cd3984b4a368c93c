import { Failure, type FailureKind } from '@mlops-actions/diagnostics'

interface Ending {
  readonly kind: FailureKind
  readonly next: string
}

/**
 * Statuses that no amount of waiting changes (ECR API reference, ImageScanStatus), and what to do about each. The
 * SDK's own waiter ends on the first of them only and waits for the others until its time is over.
 */
const ENDINGS: Readonly<Record<string, Ending>> = {
  FAILED: {
    kind: 'upstream',
    next: 'Start the scan anew in the console or with `aws ecr start-image-scan`, then run the step again; if it fails again, ask AWS support with the digest',
  },
  UNSUPPORTED_IMAGE: {
    kind: 'config',
    next: 'Give the step `scan: off` for this image, or build it on a base whose operating system ECR can scan: basic scanning knows no images from scratch, and enhanced scanning knows more than basic',
  },
  FINDINGS_UNAVAILABLE: {
    kind: 'config',
    next: 'Look whether scanning of this registry was switched between basic and enhanced, and whether Amazon Inspector is still on in this account and region; then push the image anew',
  },
  SCAN_ELIGIBILITY_EXPIRED: {
    kind: 'config',
    next: 'Build and push the image anew, or raise the re-scan duration of Amazon Inspector: it no longer scans an image as old as this one',
  },
  LIMIT_EXCEEDED: {
    kind: 'quota',
    next: 'Run the step again tomorrow, or ask for a higher quota: ECR scans an image once a day, and a registry only so many images',
  },
  IMAGE_ARCHIVED: {
    kind: 'config',
    next: 'Restore the image from the archive storage class, or build and push it anew: an archived image is not scanned',
  },
}

/** The failure that a terminal status is; undefined for one that can still change. */
export function unscannable(image: string, status: string, description: string): Failure | undefined {
  const meant = meaningOf(status, description)
  const ending = Object.hasOwn(ENDINGS, meant) ? ENDINGS[meant] : undefined
  if (ending === undefined) return undefined
  return new Failure({
    ...ending,
    code: `ECR_SCAN_${meant}`,
    what: 'The image cannot be judged by a scan',
    on: image,
    seen: `its scan is ${status}${description === '' ? '' : `: ${description}`}`,
    // It stays so until somebody does something.
    retryable: false,
  })
}

/** Basic scanning calls an operating system that it does not know a failure (aws-observability/aws-otel-collector#2193). */
function meaningOf(status: string, description: string): string {
  return status === 'FAILED' && description.startsWith('UnsupportedImageError') ? 'UNSUPPORTED_IMAGE' : status
}

/**
 * Starting one is no way out: only basic scanning takes it, once a day for an image, and with a right of its own that
 * many do not give to a build (alexjurkiewicz/ecr-scan-image#3).
 */
export function notScanned(image: string, seconds: number): Failure {
  return new Failure({
    kind: 'config',
    code: 'ECR_SCAN_OFF',
    what: 'The image is not scanned',
    on: image,
    seen: `ECR knows no scan of it after ${seconds} s: scan on push is off for this repository, or was when the image was pushed`,
    next: "Let the registry's scanning configuration cover this repository with scan on push (or enhanced scanning); for this one image start a scan with `aws ecr start-image-scan`, then run the step again",
  })
}

export function nothingToScan(image: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ECR_SCAN_NOTHING',
    what: 'There is nothing to scan',
    on: image,
    seen: 'it is an index that names no image of a platform',
    next: 'Give the step `scan: off`, or push an image',
  })
}
