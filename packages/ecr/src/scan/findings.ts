import type { EnhancedImageScanFinding, ImageScanFinding, ImageScanFindings } from '@mlops-actions/aws/ecr'

/** Worst first; what a scanner calls otherwise, Amazon Inspector's UNTRIAGED among it, is UNDEFINED here. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'] as const

export type Severity = (typeof SEVERITIES)[number]

/** One vulnerability of one image. Every text is the scanner's, and foreign. */
export interface Finding {
  /** `CVE-2026-1234` */
  readonly id: string
  readonly severity: Severity
  /** `openssl 3.0.1`; several are separated by commas, none is ''. */
  readonly packages: string
  /** Versions that have the fix; '' where none is known. */
  readonly fixedIn: string
  /** Whether there is a fix; undefined where the scanner does not say, as basic scanning never does. */
  readonly fixable: boolean | undefined
}

/** Which scanner spoke; it shows in the form of its answer only (theam/facility#127). */
export type ScanMode = 'basic' | 'enhanced'

export function scanMode({ enhancedFindings }: ImageScanFindings): ScanMode {
  return enhancedFindings === undefined ? 'basic' : 'enhanced'
}

/** The findings of one page. Those that Inspector has closed, or that a suppression rule hides, are none. */
export function readFindings({ findings = [], enhancedFindings = [] }: ImageScanFindings): Finding[] {
  return [...findings.map(ofBasic), ...enhancedFindings.filter(isOpen).map(ofEnhanced)]
}

/** All that stands on one page, whatever becomes of it. */
export function countListed({ findings = [], enhancedFindings = [] }: ImageScanFindings): number {
  return findings.length + enhancedFindings.length
}

/** 0 is the worst. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

export function parseSeverity(text: string | undefined): Severity {
  return SEVERITIES.find((severity) => severity === text) ?? 'UNDEFINED'
}

function isOpen({ status }: EnhancedImageScanFinding): boolean {
  return status !== 'CLOSED' && status !== 'SUPPRESSED'
}

function ofBasic({ name = '', severity, attributes = [] }: ImageScanFinding): Finding {
  const attribute = (key: string) => attributes.find((one) => one.key === key)?.value
  return {
    id: name,
    severity: parseSeverity(severity),
    packages: nameAndVersion(attribute('package_name'), attribute('package_version')),
    fixedIn: '',
    fixable: undefined,
  }
}

function ofEnhanced(finding: EnhancedImageScanFinding): Finding {
  const { packageVulnerabilityDetails, title = '', severity, fixAvailable } = finding
  const { vulnerabilityId, vulnerablePackages = [] } = packageVulnerabilityDetails ?? {}
  const fixes = vulnerablePackages.map(({ fixedInVersion }) => fixedInVersion)
  return {
    id: vulnerabilityId ?? title,
    severity: parseSeverity(severity),
    packages: unique(vulnerablePackages.map(({ name, version }) => nameAndVersion(name, version))),
    fixedIn: unique(fixes),
    // PARTIAL: some of the packages have a fix, so there is something to do.
    fixable: fixAvailable === undefined ? undefined : fixAvailable !== 'NO',
  }
}

function nameAndVersion(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

function unique(texts: readonly (string | undefined)[]): string {
  return [...new Set(texts)].filter((text) => text !== undefined && text !== '').join(', ')
}
