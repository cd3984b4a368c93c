import { refusalText } from '../registry/context.ts'
import { type JsonRecord, recordField } from '../registry/json.ts'
import { parseManifest } from '../registry/manifest.ts'
import type { Repository, StoredManifest } from '../registry/state.ts'
import {
  type EcrCall,
  formatImageId,
  type ImageId,
  readImageId,
  requireImage,
  useRepository,
} from './context.ts'
import { EcrError } from './errors.ts'
import { cutPage } from './paging.ts'
import { countSeverities, formatBasic, formatEnhanced, formatStatus, type Scan, times } from './scan-forms.ts'
import type { EcrState, Scanner, ScanStatus } from './state.ts'

/** User guide, "Manually scanning an image": once in 24 hours, scans on push included. */
const DAY_MS = 24 * 3_600_000

export function startScan(state: EcrState, repository: string, digest: string, now: number): void {
  state.scanner.startedAt.set(`${repository}@${digest}`, now)
}

/** Enhanced scanning sees what was pushed by itself; basic only after a start or scanOnPush. */
function startedAt(call: EcrCall, repository: Repository, manifest: StoredManifest): number | undefined {
  const { scanner } = call.state
  const started = scanner.startedAt.get(`${repository.name}@${manifest.digest}`)
  return started ?? (scanner.mode === 'ENHANCED' || repository.scanOnPush ? manifest.pushedAt : undefined)
}

function evaluateScan(call: EcrCall, repository: Repository, manifest: StoredManifest): Scan | undefined {
  const { scanner } = call.state
  const started = startedAt(call, repository, manifest)
  if (started === undefined || call.now < started + scanner.noticedAfterMs) return undefined
  if (parseManifest(manifest.bytes, manifest.mediaType)?.kind === 'index')
    return unfinished('UNSUPPORTED_IMAGE')
  const due = started + scanner.durationMs
  if (call.now < due) return unfinished(scanner.mode === 'ENHANCED' ? 'PENDING' : 'IN_PROGRESS')
  const status = outcomeOf(scanner, manifest.digest)
  if (status !== 'COMPLETE' && status !== 'ACTIVE') return unfinished(status)
  if (scanner.mode === 'ENHANCED' && call.now < due + scanner.lagMs)
    return { ...unfinished(status), lagging: true }
  return {
    status,
    completedAt: due,
    findings: scanner.findingsByDigest.get(manifest.digest) ?? scanner.findings,
  }
}

function unfinished(status: string): Scan {
  return { status, completedAt: undefined, findings: [] }
}

function outcomeOf({ outcome, outcomeByDigest, mode }: Scanner, digest: string): ScanStatus {
  return outcomeByDigest.get(digest) ?? outcome ?? (mode === 'ENHANCED' ? 'ACTIVE' : 'COMPLETE')
}

/** Parts of DescribeImages. */
export function scanSummary(call: EcrCall, repository: Repository, digest: string): JsonRecord {
  const manifest = repository.manifests.get(digest)
  const scan = manifest && evaluateScan(call, repository, manifest)
  if (!scan) return {}
  const summary = scan.completedAt !== undefined && {
    imageScanFindingsSummary: { ...times(scan), findingSeverityCounts: countSeverities(scan.findings) },
  }
  return { ...formatStatus(call, scan.status), ...summary }
}

export function startImageScan(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'StartImageScan')
  const imageId = readImageId(recordField(call.input, 'imageId') ?? {})
  const manifest = requireImage(call, repository, imageId)
  if (call.state.scanner.mode === 'ENHANCED')
    throw new EcrError(
      'ValidationException',
      'This feature is disabled: enhanced scanning is on for this registry',
    )
  if (parseManifest(manifest.bytes, manifest.mediaType)?.kind === 'index') {
    throw new EcrError(
      'UnsupportedImageTypeException',
      `An artifact with media type '${manifest.mediaType}' cannot be scanned`,
    )
  }
  const before = startedAt(call, repository, manifest)
  if (before !== undefined && call.now < before + DAY_MS)
    throw new EcrError(
      'LimitExceededException',
      'The scan quota per image has been exceeded. Wait and try again.',
    )
  startScan(call.state, repository.name, manifest.digest, call.now)
  return { ...identify(call, repository, imageId, manifest), imageScanStatus: { status: 'IN_PROGRESS' } }
}

export function describeImageScanFindings(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'DescribeImageScanFindings')
  if (call.state.scanner.mode === 'ENHANCED') authorizeInspector(call)
  const imageId = readImageId(recordField(call.input, 'imageId') ?? {})
  const manifest = requireImage(call, repository, imageId)
  const scan = evaluateScan(call, repository, manifest)
  if (!scan) {
    const shown = formatImageId({ ...imageId, imageDigest: manifest.digest })
    throw new EcrError(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '${shown}' in the repository with name '${repository.name}' in the registry with id '${call.registry.accountId}'`,
    )
  }
  const status = formatStatus(call, scan.status)
  const identity = identify(call, repository, imageId, manifest)
  if (scan.lagging === true) return { ...identity, ...status, imageScanFindings: { findings: [] } }
  if (scan.completedAt === undefined) return { ...identity, ...status }
  const { page, ...next } = cutPage(scan.findings, call.input)
  const list =
    call.state.scanner.mode === 'ENHANCED'
      ? { enhancedFindings: page.map((finding) => formatEnhanced(call, finding, repository, manifest)) }
      : { findings: page.map(formatBasic) }
  return {
    ...identity,
    ...status,
    imageScanFindings: { ...times(scan), ...list, findingSeverityCounts: countSeverities(scan.findings) },
    ...next,
  }
}

/** User guide, "IAM permissions required for enhanced scanning": what is scanned, and what was found, Amazon Inspector knows. */
function authorizeInspector({ registry, principal }: EcrCall): void {
  for (const action of ['inspector2:ListCoverage', 'inspector2:ListFindings']) {
    const refusal = refusalText(registry, principal, action, '*')
    if (refusal !== undefined) throw new EcrError('AccessDeniedException', refusal)
  }
}

function identify(
  call: EcrCall,
  repository: Repository,
  imageId: ImageId,
  manifest: StoredManifest,
): JsonRecord {
  return {
    registryId: call.registry.accountId,
    repositoryName: repository.name,
    imageId: { ...imageId, imageDigest: manifest.digest },
  }
}
