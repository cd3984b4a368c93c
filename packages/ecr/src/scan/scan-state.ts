import { DescribeImageScanFindingsCommand, type ImageScanFindings } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { identity, type RepositoryId, unless } from '../repository.ts'
import { countListed, type Finding, readFindings, type ScanMode, scanMode } from './findings.ts'

/** What ECR knows of the scan of one image at one moment. */
export type ScanState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'unfinished'
      /** ECR's word, foreign text. */
      readonly status: string
      readonly description: string
    }
  | ({ readonly kind: 'finished' } & ImageScan)

export interface ImageScan {
  readonly mode: ScanMode
  /** COMPLETE, or ACTIVE where the image is scanned again and again. */
  readonly status: string
  readonly findings: readonly Finding[]
  /** How many findings ECR counts but does not list yet; 0 in a whole answer. */
  readonly unlisted: number
}

const WHAT = 'Cannot read the scan of the image'
const PAGE = 1_000
/** A server that never ends its list is not read for ever. */
const MOST_PAGES = 1_000

/**
 * Looks at the scan of one image (DescribeImageScanFindings), all pages of its findings included once it is finished.
 * @param digest of an image; an index has no scan
 * @throws Failure what AWS refused; `upstream` for a list without an end
 */
export async function lookAtScan(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
): Promise<ScanState> {
  const first = await readPage(call, ecr, repository, digest)
  if (first === undefined) return { kind: 'none' }
  const { status = 'UNKNOWN', description = '' } = first.imageScanStatus ?? {}
  const found = first.imageScanFindings
  if ((status !== 'COMPLETE' && status !== 'ACTIVE') || found === undefined || !hasResult(found))
    return { kind: 'unfinished', status, description }
  const findings = readFindings(found)
  let listed = countListed(found)
  const tokens = new Set<string>()
  for (let token = first.nextToken; token !== undefined; ) {
    if (tokens.has(token) || tokens.size === MOST_PAGES) throw endless(repository, digest)
    tokens.add(token)
    const page = await readPage(call, ecr, repository, digest, token)
    findings.push(...readFindings(page?.imageScanFindings ?? {}))
    listed += countListed(page?.imageScanFindings ?? {})
    token = page?.nextToken
  }
  const unlisted = Math.max(0, countCounted(found) - listed)
  return { kind: 'finished', mode: scanMode(found), status, findings, unlisted }
}

/**
 * COMPLETE and ACTIVE come before the findings of Amazon Inspector do: with an empty list of basic findings, and
 * nothing else (aws/aws-sdk#289).
 */
function hasResult(found: ImageScanFindings): boolean {
  return (
    found.imageScanCompletedAt !== undefined ||
    found.findingSeverityCounts !== undefined ||
    found.enhancedFindings !== undefined
  )
}

function countCounted({ findingSeverityCounts = {} }: ImageScanFindings): number {
  return Object.values(findingSeverityCounts).reduce((sum, count = 0) => sum + count, 0)
}

/** Undefined where there is no scan. */
function readPage(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
  nextToken?: string,
) {
  const command = new DescribeImageScanFindingsCommand({
    ...identity(repository),
    imageId: { imageDigest: digest },
    maxResults: PAGE,
    ...(nextToken === undefined ? {} : { nextToken }),
  })
  const asked = { what: WHAT, on: `${repository.name}@${digest}`, action: 'ecr:DescribeImageScanFindings' }
  return callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client
      .send(command, { abortSignal })
      .catch((cause: unknown) => unless('ScanNotFoundException', cause, undefined)),
  )
}

function endless({ name }: RepositoryId, digest: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_SCAN_PAGES',
    what: WHAT,
    on: `${name}@${digest}`,
    seen: 'the list of findings has no end: ECR names the same next page again, or more than a thousand',
    next: 'Run the step again; does something else answer in the place of ECR?',
  })
}
