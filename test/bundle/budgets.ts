/**
 * The most that each bundle may weigh, all its files together, in kB (1000 bytes). Every job downloads all of them.
 * Raising a figure is a decision: say in the commit what the bytes buy.
 */
export const BUDGETS: ReadonlyMap<string, number> = new Map([
  ['bump-kserve-image', 2150],
  ['deployment-report', 1300],
  ['dvc-pull', 3600],
  ['dvc-push', 3850],
  ['ecr-build-push', 2600],
  ['kfp-run-and-wait', 3600],
  ['kserve-health-check', 2900],
  ['metric-gate', 1300],
  ['wait-argocd-sync', 1450],
])
