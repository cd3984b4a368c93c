import type { JsonRecord } from '../registry/json.ts'
import { type Repository, repositoryArn, type StoredManifest } from '../registry/state.ts'
import type { EcrCall } from './context.ts'
import type { Vulnerability } from './state.ts'

export interface Scan {
  readonly status: string
  /** Milliseconds since the epoch; undefined while no findings are there. */
  readonly completedAt: number | undefined
  /** It says that it is done, but shows an empty list: the findings of Amazon Inspector have not come yet. */
  readonly lagging?: boolean
  readonly findings: readonly Vulnerability[]
}

export function times(scan: Scan): JsonRecord {
  const seconds = (scan.completedAt ?? 0) / 1000
  return { imageScanCompletedAt: seconds, vulnerabilitySourceUpdatedAt: seconds }
}

export function countSeverities(findings: readonly Vulnerability[]): JsonRecord {
  const counts: Record<string, number> = {}
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}

/** Basic scanning calls an operating system that it does not know a failure (aws-observability/aws-otel-collector#2193). */
export function formatStatus(call: EcrCall, status: string): JsonRecord {
  const isBasic = call.state.scanner.mode === 'BASIC'
  const shown = isBasic && status === 'UNSUPPORTED_IMAGE' ? 'FAILED' : status
  return { imageScanStatus: { status: shown, description: describeStatus(status) } }
}

function describeStatus(status: string): string {
  if (status === 'COMPLETE') return 'The scan was completed successfully.'
  if (status === 'ACTIVE') return 'Continuous scan is selected for image.'
  if (status === 'UNSUPPORTED_IMAGE')
    return 'UnsupportedImageError: The operating system and/or package manager are not supported.'
  return `The scan is ${status}.`
}

export function formatBasic(finding: Vulnerability): JsonRecord {
  const attributes = [
    { key: 'package_name', value: finding.packageName },
    { key: 'package_version', value: finding.packageVersion },
  ]
  return {
    name: finding.name,
    severity: finding.severity,
    uri: `https://vulnerabilities.invalid/${finding.name}`,
    attributes,
  }
}

export function formatEnhanced(
  call: EcrCall,
  finding: Vulnerability,
  repository: Repository,
  manifest: StoredManifest,
): JsonRecord {
  const vulnerable = {
    name: finding.packageName,
    version: finding.packageVersion,
    ...(finding.fixedInVersion !== undefined && { fixedInVersion: finding.fixedInVersion }),
  }
  const resource = {
    type: 'AWS_ECR_CONTAINER_IMAGE',
    id: `${repositoryArn(call.registry, repository.name)}/${manifest.digest}`,
  }
  return {
    awsAccountId: call.registry.accountId,
    severity: finding.severity,
    status: finding.status ?? 'ACTIVE',
    title: `${finding.name} - ${finding.packageName}`,
    type: 'PACKAGE_VULNERABILITY',
    fixAvailable: finding.fixAvailable ?? (finding.fixedInVersion === undefined ? 'NO' : 'YES'),
    exploitAvailable: 'NO',
    packageVulnerabilityDetails: { vulnerabilityId: finding.name, vulnerablePackages: [vulnerable] },
    resources: [resource],
  }
}
