import { parseBranchName } from '@mlops-actions/git'
import { parseAllowedRegistry, parseRepositoryPath } from '@mlops-actions/gitops'
import { COMPONENTS } from '@mlops-actions/manifest'
import {
  boolean,
  collection,
  common,
  defineInputs,
  duration,
  type InputsOf,
  oneOf,
  parsed,
  secret,
  text,
} from '@mlops-actions/runner'
import { Expected, parseKeyValues, parseLines, parseList } from '@mlops-actions/text'
import { parseAuthor } from './author.ts'
import { parseChanges } from './changes.wire.ts'
import { checkInputs } from './check-inputs.ts'
import { parseLine, parseLogins, parseMd5, parseRun, parseVersion } from './provenance.ts'
import { checkPullRequest, pullRequestFields } from './pull-request-inputs.ts'
import { parseRepository } from './repository.ts'
import {
  assertAnnotations,
  assertVariables,
  parseCommitId,
  parseImage,
  parseKind,
  parseMountPath,
  parseObjectName,
  parsePolicy,
  parseStorageUri,
  parseTrailerLines,
  parseValuePath,
} from './values.ts'
import { parseValue } from './wanted.ts'

const objectName = parsed('name', parseObjectName)
const image = parsed('image', parseImage)
const storageUri = parsed('storage URI', parseStorageUri)

/** A commit of more files than that is a migration. */
const MOST_FILES = 50

const fields = {
  repository: parsed('repository', parseRepository)(),
  branch: parsed('branch', parseBranchName)({ default: 'main' }),
  file: collection('paths', parseFiles)(),
  kind: parsed('kind', parseKind)(),
  name: objectName(),
  namespace: objectName(),
  component: oneOf(...COMPONENTS)(),
  canary: objectName(),
  container: objectName(),
  'mount-path': parsed('path', parseMountPath)(),
  policy: parsed('marker', parsePolicy)(),
  image: image(),
  'storage-uri': storageUri(),
  annotations: collection('Key=value lines', (text) => assertAnnotations(parseKeyValues(text)))(),
  env: collection('NAME=value lines', (text) => assertVariables(parseKeyValues(text)))(),
  path: parsed('path of keys', parseValuePath)(),
  value: parsed('value', parseValue)(),
  changes: parsed('YAML list', parseChanges)(),
  mode: oneOf('bump', 'rollback')({ default: 'bump' }),
  'previous-image': image(),
  'previous-storage-uri': storageUri(),
  'rollback-of': parsed('commit SHA', parseCommitId)(),
  'allow-repository-change': boolean({ default: 'false' }),
  'allow-downgrade': boolean({ default: 'false' }),
  'allowed-registries': collection('list', (text) => parseList(text).map(parseAllowedRegistry))(),
  'on-conflict': oneOf('fail', 'overwrite', 'skip-if-newer')({ default: 'fail' }),
  transport: oneOf('auto', 'api', 'git')({ default: 'auto' }),
  token: secret(),
  'source-token': secret(),
  'ssh-key': secret(),
  'ssh-known-hosts': text(),
  'commit-message': text(),
  'model-version': parsed('version', parseVersion)(),
  'data-md5': parsed('MD5', parseMd5)(),
  environment: parsed('name', parseLine)(),
  approver: parsed('logins', parseLogins)(),
  'kfp-run': parsed('run', parseRun)(),
  trailers: parsed('Key=value lines', parseTrailerLines)(),
  author: parsed(
    'Name <email>',
    parseAuthor,
  )({
    default: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
  }),
  'freeze-file': parsed('path', parseRepositoryPath)(),
  validate: text(),
  'validate-timeout': duration({ default: '5m' }),
  ...pullRequestFields,
  'dry-run': common.dryRun(),
  timeout: common.timeout('10m'),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

export const inputs = defineInputs(fields, (given, problem) => {
  checkInputs(given, problem)
  checkPullRequest(given, problem)
})

function parseFiles(text: string): readonly string[] {
  const files = parseLines(text).map(parseRepositoryPath)
  if (files.length > MOST_FILES || new Set(files).size < files.length)
    throw new Expected(`the paths of at most ${MOST_FILES} files, each once and on a line of its own`)
  return files
}
