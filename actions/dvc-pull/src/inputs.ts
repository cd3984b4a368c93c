import {
  boolean,
  collection,
  common,
  defineInputs,
  duration,
  type InputsOf,
  integer,
  lines,
  oneOf,
  secret,
  text,
} from '@mlops-actions/runner'
import { parseHosts } from './import-access.ts'

const fields = {
  path: text({ default: '.' }),
  rev: text(),
  targets: lines(),
  'with-deps': boolean({ default: 'false' }),
  remote: text(),
  'all-branches': boolean({ default: 'false' }),
  'all-tags': boolean({ default: 'false' }),
  'all-commits': boolean({ default: 'false' }),
  jobs: integer({ min: 1, max: 256 })(),
  force: boolean({ default: 'false' }),
  'cache-dir': text(),
  'fill-cache': oneOf('auto', 'always', 'never')({ default: 'auto' }),
  'import-token': secret(),
  'import-hosts': collection('list', parseHosts)(),
  'import-role-to-assume': common.roleToAssume(),
  'requester-pays': boolean({ default: 'false' }),
  'dry-run': common.dryRun(),
  'role-to-assume': common.roleToAssume(),
  'aws-region': common.storeRegion(),
  timeout: common.timeout('1h'),
  'request-timeout': duration({ default: '2m' }),
  'ca-cert': common.caCert(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

export const inputs = defineInputs(fields, (given, problem) => {
  const { withDeps, targets, cacheDir, fillCache, importToken } = given
  if (/[\s\u0000-\u001f\u007f]/.test(importToken ?? ''))
    problem('import-token', 'holds white space; want one token on one line')
  if (withDeps && targets.length === 0)
    problem('with-deps', 'goes with `targets`; without them everything is meant')
  if (cacheDir !== undefined && fillCache === 'never')
    problem('fill-cache', 'is "never", and `cache-dir` names a cache to fill; leave one of them out')
  if (fillCache === 'never' && isAboutHistory(given))
    problem('fill-cache', 'is "never", and what other commits name is brought into the cache alone')
})

/** Whether other commits than the one of the workspace are meant as well. */
export function isAboutHistory({
  allBranches,
  allTags,
  allCommits,
}: Pick<Inputs, 'allBranches' | 'allTags' | 'allCommits'>): boolean {
  return allBranches || allTags || allCommits
}
