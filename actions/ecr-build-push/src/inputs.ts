import { MOST_TAGS, parseRegistryHost } from '@mlops-actions/ecr'
import {
  boolean,
  common,
  defineInputs,
  duration,
  type Field,
  type InputsOf,
  oneOf,
  parsed,
  size,
} from '@mlops-actions/runner'
import {
  parseExclusions,
  parseKmsKey,
  parseLifecyclePolicy,
  parseRepositoryTags,
} from './repository-values.ts'
import { checkRepository, checkScan } from './rules.ts'
import { parseIgnored } from './scan-values.ts'
import {
  parseBuildArgs,
  parseBuildContexts,
  parseBuilder,
  parseCaches,
  parseLabels,
  parsePath,
  parsePlatforms,
  parseRegistry,
  parseRepositoryName,
  parseSecretEnvs,
  parseSecretFiles,
  parseSecrets,
  parseTags,
  parseTarget,
} from './values.ts'

/** A collection: without text it is empty. */
function many<T>(type: string, parse: (text: string) => T, secret = false): Field<T> {
  return { type, required: false, default: undefined, secret, parse, absent: parse('') }
}

const fields = {
  repository: parsed('ECR repository', parseRepositoryName)({ required: true }),
  registry: parsed('host', parseRegistry)(),
  tags: { ...many('list', (text) => parseTags(text, MOST_TAGS)), required: true },
  context: parsed('path', parsePath)({ default: '.' }),
  file: parsed('path', parsePath)(),
  target: parsed('string', parseTarget)(),
  platforms: many('list', parsePlatforms),
  'build-args': many('key=value lines', parseBuildArgs),
  'build-contexts': many('key=value lines', parseBuildContexts),
  secrets: many('id=value lines', parseSecrets, true),
  'secret-envs': many('id=NAME lines', parseSecretEnvs),
  'secret-files': many('id=path lines', parseSecretFiles),
  labels: many('key=value lines', parseLabels),
  reuse: boolean({ default: 'true' }),
  'max-age': duration({ default: '7d' }),
  'cache-from': many('lines', parseCaches),
  'cache-to': many('lines', parseCaches),
  'no-cache': boolean({ default: 'false' }),
  pull: boolean({ default: 'false' }),
  provenance: oneOf('false', 'true', 'mode=min', 'mode=max')({ default: 'false' }),
  builder: parsed('string', parseBuilder)(),
  push: boolean({ default: 'true' }),
  'create-repository': boolean({ default: 'false' }),
  'tag-mutability': oneOf('MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION')(),
  'tag-mutability-exclusions': many('list', parseExclusions),
  encryption: oneOf('AES256', 'KMS', 'KMS_DSSE')(),
  'kms-key': parsed('KMS key', parseKmsKey)(),
  'repository-tags': many('key=value lines', parseRepositoryTags),
  'lifecycle-policy': parsed('JSON or path', parseLifecyclePolicy)(),
  'max-size': size(),
  scan: oneOf('off', 'wait')({ default: 'off' }),
  'fail-on-severity': oneOf('CRITICAL', 'HIGH', 'MEDIUM', 'LOW')(),
  ignore: many('lines', parseIgnored),
  'only-fixable': boolean({ default: 'false' }),
  'role-to-assume': common.roleToAssume(),
  'aws-region': common.awsRegion(),
  'dry-run': common.dryRun(),
  timeout: common.timeout('1h'),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

export const inputs = defineInputs(fields, (given, problem) => {
  const { registry, awsRegion, push, maxSize, secrets, secretEnvs, secretFiles } = given
  const { kind, region } = parseRegistryHost(registry ?? '')
  if (kind === 'public') problem('registry', 'is ECR Public, which this action does not push to')
  if (region !== undefined && awsRegion !== undefined && region !== awsRegion)
    problem(
      'aws-region',
      `is ${awsRegion}, but the registry is in ${region}: leave it away, or correct one of them`,
    )
  if (!push && maxSize !== undefined)
    problem('max-size', 'is measured in the registry: it needs `push: true`')
  checkRepository(given, problem)
  checkScan(given, problem)
  const ids = [...secrets.keys(), ...secretEnvs.keys(), ...secretFiles.keys()]
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
    problem('secrets', `${id} stands in more than one of \`secrets\`, \`secret-envs\` and \`secret-files\``)
})
