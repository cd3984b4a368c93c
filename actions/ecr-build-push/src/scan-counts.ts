import { type Finding, SEVERITIES } from '@mlops-actions/ecr'

/** `1 CRITICAL, 3 LOW`; `none` where there are none. */
export function countsSentence(findings: readonly Pick<Finding, 'severity'>[]): string {
  const parts = SEVERITIES.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? '' : `${count.toLocaleString('en-US')} ${severity}`
  }).filter((part) => part !== '')
  return parts.length === 0 ? 'none' : parts.join(', ')
}
