/**
 * The most that each bundle may weigh, all its files together, in kB (1000 bytes). Every job downloads all of them.
 * Raising a figure is a decision: say in the commit what the bytes buy.
 */
export const BUDGETS: ReadonlyMap<string, number> = new Map([
  ['bump-kserve-image', 2150],
  ['deployment-report', 190],
  ['dvc-pull', 2600],
  ['dvc-push', 3950],
  ['ecr-build-push', 1950],
  ['ecr-promote', 1600],
  ['kfp-run-and-wait', 2250],
  ['kserve-health-check', 1600],
  ['metric-gate', 195],
  // 640 is what every run loads; the Kubernetes client (90) and AWS' credentials (1070) are for those who ask a cluster.
  ['wait-argocd-sync', 2000],
])
