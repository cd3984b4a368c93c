import { parsePublicUrl } from '@mlops-actions/dvc'
import { parseBranchName } from '@mlops-actions/git'
import {
  boolean,
  common,
  defineInputs,
  duration,
  type InputsOf,
  integer,
  keyValues,
  lines,
  oneOf,
  type Problem,
  parsed,
  secret,
  text,
} from '@mlops-actions/runner'
import { Expected } from '@mlops-actions/text'

/** @throws Expected */
export function parseDestination(uri: string): string {
  try {
    parsePublicUrl('publish-to', uri)
    return uri
  } catch {
    throw new Expected(
      'an S3 URI such as s3://ml-models/models, without empty parts, ".", "..", ?, # and control characters',
    )
  }
}

const fields = {
  mode: oneOf('push', 'status')({ default: 'push' }),
  path: text({ default: '.' }),
  targets: lines(),
  remote: text(),
  'base-ref': text(),
  'all-branches': boolean({ default: 'false' }),
  'all-tags': boolean({ default: 'false' }),
  'all-commits': boolean({ default: 'false' }),
  'with-deps': boolean({ default: 'false' }),
  add: lines(),
  commit: boolean({ default: 'false' }),
  'commit-to': parsed('branch', parseBranchName)(),
  'commit-message': text(),
  token: secret(),
  'ssh-key': secret(),
  'ssh-known-hosts': text(),
  transport: oneOf('auto', 'api', 'git')({ default: 'auto' }),
  jobs: integer({ min: 1, max: 256 })(),
  publish: keyValues(),
  'publish-to': parsed('S3 URI', parseDestination)(),
  verify: boolean({ default: 'true' }),
  repair: boolean({ default: 'false' }),
  'run-cache': boolean({ default: 'false' }),
  'fill-cache': boolean({ default: 'false' }),
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
  const { withDeps, targets } = given
  if (withDeps && targets.length === 0)
    problem('with-deps', 'goes with `targets`; without them everything is meant')
  if (given.mode === 'status') checkStatus(given, problem)
  else if (given.baseRef !== undefined) problem('base-ref', 'goes with `mode: status`')
  checkPublish(given, problem)
  checkCommit(given, problem)
})

/** A look changes nothing, so whatever asks for a change contradicts it. */
function checkStatus(
  { add, commit, commitTo, fillCache, publish, repair, runCache }: Inputs,
  problem: Problem,
): void {
  const changing = {
    add: add.length > 0,
    commit,
    'commit-to': commitTo !== undefined,
    'fill-cache': fillCache,
    publish: publish.size > 0,
    repair,
    'run-cache': runCache,
  }
  for (const [name, isGiven] of Object.entries(changing))
    if (isGiven) problem(name, 'changes something, and `mode: status` only looks')
}

/** A commit names only what was seen in the remote. */
function checkCommit(
  { commitTo, commitMessage, verify, token, transport, sshKey, sshKnownHosts }: Inputs,
  problem: Problem,
): void {
  if (commitTo !== undefined && !verify)
    problem('verify', 'is false, and `commit-to` commits only what was looked at in the remote')
  if (commitTo === undefined && commitMessage !== undefined)
    problem('commit-message', 'goes with `commit-to`')
  if (commitTo === undefined && sshKey !== undefined) problem('ssh-key', 'goes with `commit-to`')
  if (transport === 'api' && sshKey !== undefined)
    problem('ssh-key', '`transport: api` takes a token, not a key')
  if (sshKey === undefined && sshKnownHosts !== undefined) problem('ssh-known-hosts', 'goes with `ssh-key`')
  if (/[\s\u0000-\u001f\u007f]/.test(token ?? ''))
    problem('token', 'holds white space; want one token on one line')
}

function checkPublish({ publish, publishTo }: Inputs, problem: Problem): void {
  if (publish.size > 0 && publishTo === undefined) problem('publish-to', 'is needed to publish')
  if (publish.size === 0 && publishTo !== undefined)
    problem('publish', 'say what to publish, in lines of output=model such as model=churn')
  const models = [...publish.values()]
  const twice = models.find((model, at) => models.indexOf(model) !== at)
  if (twice !== undefined)
    problem('publish', `two outputs are to be the model ${twice}; give each a name of its own`)
  for (const [path, model] of publish) {
    if (!/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(model))
      problem('publish', `the model of ${path} is "${model}"; want a name of letters, digits, - _ . and /`)
  }
}
