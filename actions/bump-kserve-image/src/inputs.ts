import { parseBranchName } from '@mlops-actions/git'
import { parseRepositoryPath } from '@mlops-actions/gitops'
import { COMPONENTS } from '@mlops-actions/manifest'
import {
  boolean,
  common,
  defineInputs,
  type InputsOf,
  oneOf,
  type Problem,
  parsed,
  secret,
  text,
} from '@mlops-actions/runner'
import { parseAuthor } from './author.ts'
import { parseRepository } from './repository.ts'
import { parseCommitId, parseImage, parseObjectName, parseStorageUri, parseTrailerLines } from './values.ts'

const objectName = parsed('name', parseObjectName)
const image = parsed('image', parseImage)
const storageUri = parsed('storage URI', parseStorageUri)

const fields = {
  repository: parsed('repository', parseRepository)(),
  branch: parsed('branch', parseBranchName)({ default: 'main' }),
  file: parsed('path', parseRepositoryPath)({ required: true }),
  name: objectName(),
  namespace: objectName(),
  component: oneOf(...COMPONENTS)(),
  container: objectName(),
  image: image(),
  'storage-uri': storageUri(),
  mode: oneOf('bump', 'rollback')({ default: 'bump' }),
  'previous-image': image(),
  'previous-storage-uri': storageUri(),
  'rollback-of': parsed('commit SHA', parseCommitId)(),
  'allow-repository-change': boolean({ default: 'false' }),
  'allow-downgrade': boolean({ default: 'false' }),
  'on-conflict': oneOf('fail', 'overwrite')({ default: 'fail' }),
  transport: oneOf('auto', 'api', 'git')({ default: 'auto' }),
  token: secret(),
  'ssh-key': secret(),
  'ssh-known-hosts': text(),
  'commit-message': text(),
  trailers: parsed('Key=value lines', parseTrailerLines)(),
  author: parsed(
    'Name <email>',
    parseAuthor,
  )({
    default: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
  }),
  'dry-run': common.dryRun(),
  timeout: common.timeout('10m'),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

export const inputs = defineInputs(fields, (given, problem) => {
  if (given.mode === 'bump') checkBump(given, problem)
  else checkRollback(given, problem)
  if (/[\s\u0000-\u001f\u007f]/.test(given.token ?? ''))
    problem('token', 'holds white space; want one token on one line')
  if (given.transport === 'api' && given.sshKey !== undefined)
    problem('ssh-key', '`transport: api` takes a token, not a key')
})

function checkBump(
  { image, storageUri, previousImage, previousStorageUri, rollbackOf }: Inputs,
  problem: Problem,
): void {
  if (image === undefined && storageUri === undefined) problem('image', 'give `image`, `storage-uri` or both')
  const forRollback = {
    'previous-image': previousImage,
    'previous-storage-uri': previousStorageUri,
    'rollback-of': rollbackOf,
  }
  for (const [name, value] of Object.entries(forRollback)) {
    if (value !== undefined) problem(name, 'is for `mode: rollback` only')
  }
}

/** What to go back to has to be known, and what it is that is bad. */
function checkRollback(
  { image, storageUri, previousImage, previousStorageUri, rollbackOf }: Inputs,
  problem: Problem,
): void {
  const pairs = [
    ['image', image, previousImage],
    ['storage-uri', storageUri, previousStorageUri],
  ] as const
  for (const [name, bad, good] of pairs) {
    if (bad !== undefined && good === undefined) {
      problem(
        `previous-${name}`,
        `is needed to take back \`${name}\`; a first deployment has nothing to go back to`,
      )
    }
    if (bad === undefined && good !== undefined)
      problem(name, `say which one is bad: \`previous-${name}\` is written only while that one stands`)
  }
  const given = pairs.filter(([, bad, good]) => bad !== undefined || good !== undefined)
  const [first] = given
  // One of two values may be as it was; a rollback that changes none would call itself a success.
  if (first !== undefined && given.every(([, bad, good]) => bad === good))
    problem(`previous-${first[0]}`, `is the same as \`${first[0]}\`: there is nothing to go back to`)
  if (rollbackOf === undefined && pairs.every(([, bad, good]) => bad === undefined && good === undefined)) {
    problem('rollback-of', 'give the commit to take back, or a bad value and its previous one')
  }
}
