import { Failure, type JsonValue, toFailure } from '@mlops-actions/diagnostics'
import {
  type EcrApi,
  judgeScans,
  type RepositoryId,
  type ScanJudgement,
  type ScannedImage,
  waitForScans,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { formatCount } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { countsSentence } from './scan-counts.ts'

type Wanted = Pick<Inputs, 'scan' | 'failOnSeverity' | 'onlyFixable' | 'ignore' | 'timeout'>

/** What was scanned, and what is to be thought of it. */
export interface Scanned {
  readonly images: readonly ScannedImage[]
  readonly judgement: ScanJudgement
  /** Milliseconds. */
  readonly waited: number
}

/**
 * `reported`: no severity fails, so nothing was judged; `incomplete`: nobody knows, which is no pass. Only the last two
 * have a failure.
 */
export type ScanGate =
  | { readonly status: 'off' }
  | { readonly status: 'passed' | 'reported'; readonly scanned: Scanned }
  | { readonly status: 'failed'; readonly scanned: Scanned; readonly failure: Failure }
  | { readonly status: 'incomplete'; readonly failure: Failure }

/**
 * Waits for the scan of an image that is in the repository, and judges it. Sets the outputs `scan-status` and
 * `scan-counts` at once, and throws nothing that a scan can end with: {@link closeGate} does, with the whole story.
 */
export async function holdScanGate(
  wanted: Wanted,
  world: ActionWorld,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
): Promise<ScanGate> {
  const gate = await judge(wanted, world, ecr, repository, digest)
  world.output('scan-status', gate.status)
  if ('scanned' in gate) world.output('scan-counts', gate.scanned.judgement.counts)
  return gate
}

async function judge(
  wanted: Wanted,
  world: ActionWorld,
  ecr: EcrApi,
  repository: RepositoryId,
  digest: string,
): Promise<ScanGate> {
  if (wanted.scan === 'off') return { status: 'off' }
  const started = world.now()
  try {
    const images = await waitForScans(world, ecr, repository, digest, wanted)
    const policy = { ...wanted, failOn: wanted.failOnSeverity }
    const judgement = judgeScans(images, policy, world.now())
    const scanned = { images, judgement, waited: world.now() - started }
    const failure = findingsFailure(wanted, `${repository.name}@${digest}`, judgement)
    if (failure !== undefined) return { status: 'failed', scanned, failure }
    return { status: wanted.failOnSeverity === undefined ? 'reported' : 'passed', scanned }
  } catch (thrown) {
    return { status: 'incomplete', failure: toFailure(thrown) }
  }
}

function findingsFailure(
  { failOnSeverity }: Wanted,
  image: string,
  { findings }: ScanJudgement,
): Failure | undefined {
  const failing = findings.filter(({ verdict }) => verdict === 'fails')
  const [worst] = failing
  if (worst === undefined) return undefined
  const fix = worst.fixedIn === '' ? '' : `, fixed in ${worst.fixedIn}`
  return new Failure({
    kind: 'gate',
    code: 'SCAN_FINDINGS',
    what: 'The image has vulnerabilities that it may not have',
    on: image,
    seen: `${formatCount(failing.length, 'finding')} of ${failOnSeverity} or worse (${countsSentence(failing)}), first ${worst.id}${worst.packages === '' ? '' : ` in ${worst.packages}`}${fix}`,
    next: 'Update the packages or the base image; what you must live with goes into `ignore`, with a date. The image is in the repository, but do not deploy it',
  })
}

/** What the report says under `scan`. */
export function scanReport(gate: ScanGate): JsonValue {
  if (!('scanned' in gate))
    return { status: gate.status, ...('failure' in gate ? { code: gate.failure.code } : {}) }
  const { images, judgement, waited } = gate.scanned
  return {
    status: gate.status,
    ms: waited,
    images: images.map(({ platform, digest, scan }) => ({
      platform,
      digest,
      mode: scan.mode,
      status: scan.status,
      findings: scan.findings.length,
    })),
    counts: judgement.counts,
    findings: judgement.findings.map(({ fixable, ...finding }) => ({ ...finding, fixable: fixable ?? null })),
    'expired-ignores': judgement.expired.map(({ id, until }) => ({ id, until: until ?? null })),
    'unused-ignores': judgement.unused.map(({ id }) => id),
  }
}
