/**
 * The most that each bundle may weigh, all its files together, in kB (1000 bytes). Every job downloads all of them.
 * Raising a figure is a decision: say in the commit what the bytes buy.
 */
export const BUDGETS: ReadonlyMap<string, number> = new Map([
  ['bump-kserve-image', 2600],
  ['dvc-push', 3600],
  ['ecr-build-push', 3200],
  ['kfp-run-and-wait', 1700],
  ['kserve-health-check', 3600],
  ['wait-argocd-sync', 2600],
])
