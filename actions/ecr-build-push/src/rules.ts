import type { Problem } from '@mlops-actions/runner'

interface ScanInputs {
  readonly scan: 'off' | 'wait'
  readonly push: boolean
  readonly failOnSeverity: string | undefined
  readonly ignore: readonly unknown[]
  readonly onlyFixable: boolean
}

/** What is said about a scan that nobody waits for would be taken for a gate that holds. */
export function checkScan(given: ScanInputs, problem: Problem): void {
  const { scan, push, failOnSeverity, ignore, onlyFixable } = given
  if (scan === 'wait' && !push) problem('scan', 'waits for the scan in ECR: it needs `push: true`')
  if (scan === 'wait') return
  const needs = 'is about the findings of a scan: it needs `scan: wait`'
  if (failOnSeverity !== undefined) problem('fail-on-severity', needs)
  if (ignore.length > 0) problem('ignore', needs)
  if (onlyFixable) problem('only-fixable', needs)
}
