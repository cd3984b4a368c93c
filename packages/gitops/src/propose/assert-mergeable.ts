import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Proposal, SeenProposal } from './look-at-proposal.ts'

/**
 * What the workflow's own token pushes or proposes starts no workflow (GitHub documentation, "Triggering a workflow from a
 * workflow"), so a check that the base asks for never comes: that is warned of.
 * @throws Failure GITOPS_NO_CHECKS where somebody waits for a merge that needs one
 */
export function assertMergeable<Result>(
  { log }: World,
  { label, proposals: { viewer, requiredChecks } }: SeenProposal<Result>,
  { waitsForMerge }: Proposal<Result>,
): void {
  if (!/^github-actions(?:\[bot\])?$/.test(viewer)) return
  const next = 'Give the token of a GitHub App, whose pull requests get checks'
  if (waitsForMerge && requiredChecks.length > 0)
    throw new Failure({
      kind: 'config',
      code: 'GITOPS_NO_CHECKS',
      what: 'Refusing to wait for a merge that cannot come',
      on: label,
      seen: `the base asks for ${requiredChecks.join(', ')}, and pull requests of the workflow's own token get no checks`,
      next,
    })
  log.warn(`${label}: pull requests of the workflow's own token get no checks. ${next}.`)
}
