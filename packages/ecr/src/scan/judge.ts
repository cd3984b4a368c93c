import { type Finding, SEVERITIES, type Severity, severityRank } from './findings.ts'
import type { ScannedImage } from './wait-for-scans.ts'

/** A vulnerability that somebody has decided to live with. */
export interface Ignored {
  readonly id: string
  /** Milliseconds since the epoch from which it counts again; undefined is never. */
  readonly expires: number | undefined
  /** The last day on which it is ignored, `2026-12-31`. */
  readonly until: string | undefined
  readonly reason: string
}

export interface ScanPolicy {
  /** The mildest severity that fails; undefined fails on none. */
  readonly failOn: Severity | undefined
  /** Whether what has no fix is let pass. */
  readonly onlyFixable: boolean
  readonly ignore: readonly Ignored[]
}

/** `fails`, or why it does not. */
export type FindingVerdict = 'fails' | 'below' | 'ignored' | 'no-fix'

export interface JudgedFinding extends Finding {
  /** Platforms whose images have it; [''] for a single image. */
  readonly platforms: readonly string[]
  readonly verdict: FindingVerdict
}

export interface ScanJudgement {
  /** Those that fail first, then by severity. */
  readonly findings: readonly JudgedFinding[]
  /** Every finding, whatever its verdict; what several platforms share counts once. */
  readonly counts: Readonly<Record<Severity, number>>
  /** Entries of the ignore list that count no longer. */
  readonly expired: readonly Ignored[]
  /** Entries that name nothing that was found. */
  readonly unused: readonly Ignored[]
}

/** Which findings fail under this policy at this moment. Pure. */
export function judgeScans(images: readonly ScannedImage[], policy: ScanPolicy, now: number): ScanJudgement {
  const [expired, valid] = split(policy.ignore, ({ expires }) => expires !== undefined && expires <= now)
  const ignored = new Set(valid.map(({ id }) => id.toLowerCase()))
  const findings = merge(images).map((finding) => ({ ...finding, verdict: judge(finding, policy, ignored) }))
  const found = new Set(findings.map(({ id }) => id.toLowerCase()))
  return {
    findings: findings.toSorted(worstFirst),
    counts: countSeverities(findings),
    expired,
    unused: valid.filter(({ id }) => !found.has(id.toLowerCase())),
  }
}

function judge(
  { id, severity, fixable }: Finding,
  { failOn, onlyFixable }: ScanPolicy,
  ignored: ReadonlySet<string>,
): FindingVerdict {
  if (ignored.has(id.toLowerCase())) return 'ignored'
  if (failOn === undefined || severityRank(severity) > severityRank(failOn)) return 'below'
  // Where the scanner does not say, nobody knows that there is none.
  return onlyFixable && fixable === false ? 'no-fix' : 'fails'
}

/** What is the same in the images of several platforms is one finding. */
function merge(images: readonly ScannedImage[]): (Finding & { readonly platforms: readonly string[] })[] {
  const merged = new Map<string, { finding: Finding; platforms: string[] }>()
  for (const { platform, scan } of images) {
    for (const finding of scan.findings) {
      const { id, severity, packages, fixedIn, fixable } = finding
      const key = JSON.stringify([id, severity, packages, fixedIn, fixable])
      const same = merged.get(key)
      if (same === undefined) merged.set(key, { finding, platforms: [platform] })
      else same.platforms.push(platform)
    }
  }
  return [...merged.values()].map(({ finding, platforms }) => ({
    ...finding,
    platforms: [...new Set(platforms)],
  }))
}

function worstFirst(one: JudgedFinding, other: JudgedFinding): number {
  return (
    Number(other.verdict === 'fails') - Number(one.verdict === 'fails') ||
    severityRank(one.severity) - severityRank(other.severity) ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  )
}

function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNDEFINED: 0 }
  for (const severity of SEVERITIES)
    counts[severity] = findings.filter((finding) => finding.severity === severity).length
  return counts
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [yes: T[], no: T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}
