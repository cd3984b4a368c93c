import {
  parsePlatforms,
  parseRegistry,
  parseRegistryHost,
  parseRepositoryName,
  parseTags,
} from '@mlops-actions/ecr'
import { parseBuildkitAddress } from '@mlops-actions/ecr/buildkit'
import {
  boolean,
  camelCase,
  collection,
  common,
  defineInputs,
  duration,
  type InputsOf,
  oneOf,
  type Problem,
  parsed,
  size,
} from '@mlops-actions/runner'
import { checkBuild } from './build-rules.ts'
import {
  parseAddHosts,
  parseAnnotations,
  parseOutputs,
  parseSbom,
  parseShmSize,
  parseSsh,
  parseUlimits,
} from './build-values.ts'
import { checkBuildkit } from './buildkit.ts'
import { parseDigests } from './digests.wire.ts'
import { ELSEWHERE } from './elsewhere.ts'
import { checkMode } from './merge-inputs.ts'
import { parsePem, pemSecrets } from './pem.ts'
import { checkPublic } from './public-rules.ts'
import { parseRegistries, passwordsOf } from './registry-values.ts'
import {
  parseExclusions,
  parseKmsKey,
  parseLifecyclePolicy,
  parseRepositoryTags,
} from './repository-values.ts'
import { checkRepository, checkScan } from './rules.ts'
import { parseIgnored } from './scan-values.ts'
import { checkSmoke, parseSmoke, parseSmokeEnv, SMOKE_TIMEOUT, smokeSecrets } from './smoke-values.ts'
import {
  parseBuildArgs,
  parseBuildContexts,
  parseBuilder,
  parseCaches,
  parseContext,
  parseLabels,
  parsePath,
  parseSecretEnvs,
  parseSecretFiles,
  parseSecrets,
  parseTarget,
} from './values.ts'

const fields = {
  repository: parsed('ECR repository', parseRepositoryName)({ required: true }),
  registry: parsed('host', parseRegistry)(),
  mode: oneOf('build', 'merge')({ default: 'build' }),
  tags: collection('list', parseTags)(),
  'push-by-digest': boolean({ default: 'false' }),
  digests: collection('digests, JSON or path', parseDigests)(),
  context: parsed('path', parseContext)({ default: '.' }),
  file: parsed('path', parsePath)(),
  target: parsed('string', parseTarget)(),
  platforms: collection('list', parsePlatforms)(),
  'build-args': collection('key=value lines', parseBuildArgs)(),
  'build-contexts': collection('key=value lines', parseBuildContexts)(),
  secrets: { ...collection('id=value lines', parseSecrets)(), secret: true },
  'secret-envs': collection('id=NAME lines', parseSecretEnvs)(),
  'secret-files': collection('id=path lines', parseSecretFiles)(),
  ssh: collection('lines', parseSsh)(),
  registries: { ...collection('login lines', parseRegistries)(), secret: true, secretParts: passwordsOf },
  labels: collection('key=value lines', parseLabels)(),
  annotations: collection('lines', parseAnnotations)(),
  reuse: boolean({ default: 'true' }),
  'max-age': duration({ default: '7d' }),
  'cache-from': collection('lines', parseCaches)(),
  'cache-to': collection('lines', parseCaches)(),
  'no-cache': boolean({ default: 'false' }),
  pull: boolean({ default: 'false' }),
  provenance: oneOf('false', 'true', 'mode=min', 'mode=max')({ default: 'false' }),
  sbom: parsed('boolean | generator=image', parseSbom)({ default: 'false' }),
  network: oneOf('default', 'none', 'host')({ default: 'default' }),
  'shm-size': parsed('size', parseShmSize)(),
  ulimit: collection('lines', parseUlimits)(),
  'add-hosts': collection('list', parseAddHosts)(),
  builder: parsed('string', parseBuilder)(),
  buildkit: parsed('address', parseBuildkitAddress)(),
  'buildkit-ca': parsed('PEM | path', parsePem)(),
  'buildkit-cert': parsed('PEM | path', parsePem)(),
  'buildkit-key': { ...parsed('PEM | path', parsePem)(), secret: true, secretParts: pemSecrets },
  outputs: collection('lines', parseOutputs)(),
  push: boolean({ default: 'true' }),
  'create-repository': boolean({ default: 'false' }),
  'tag-mutability': oneOf('MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION')(),
  'tag-mutability-exclusions': collection('list', parseExclusions)(),
  encryption: oneOf('AES256', 'KMS', 'KMS_DSSE')(),
  'kms-key': parsed('KMS key', parseKmsKey)(),
  'repository-tags': collection('key=value lines', parseRepositoryTags)(),
  'lifecycle-policy': parsed('JSON or path', parseLifecyclePolicy)(),
  'max-size': size(),
  smoke: parsed('path | port/path', parseSmoke)(),
  'smoke-timeout': duration({ default: SMOKE_TIMEOUT }),
  'smoke-env': { ...collection('key=value lines', parseSmokeEnv)(), secret: true, secretParts: smokeSecrets },
  scan: oneOf('off', 'wait')({ default: 'off' }),
  'fail-on-severity': oneOf('CRITICAL', 'HIGH', 'MEDIUM', 'LOW')(),
  ignore: collection('lines', parseIgnored)(),
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

export const inputs = defineInputs(fields, check, ELSEWHERE)

function check(given: Inputs, problem: Problem): void {
  const { registry, awsRegion, push, maxSize, secrets, secretEnvs, secretFiles } = given
  const { region } = parseRegistryHost(registry ?? '')
  checkPublic(given, problem)
  if (region !== undefined && awsRegion !== undefined && region !== awsRegion)
    problem(
      'aws-region',
      `is ${awsRegion}, but the registry is in ${region}: leave it away, or correct one of them`,
    )
  if (!push && maxSize !== undefined)
    problem('max-size', 'is measured in the registry: it needs `push: true`')
  checkBuild(given, problem)
  checkBuildkit(given, problem)
  const values = new Map<string, unknown>(Object.entries(given))
  checkMode(fields, given, (name) => values.get(camelCase(name)), problem)
  if (registry !== undefined && given.registries.has(registry))
    problem('registries', `names ${registry}, which is pushed to: its token is fetched in any case`)
  checkRepository(given, problem)
  checkScan(given, problem)
  checkSmoke(given, fields['smoke-timeout'].parse(SMOKE_TIMEOUT), problem)
  const ids = [...secrets.keys(), ...secretEnvs.keys(), ...secretFiles.keys()]
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
    problem('secrets', `${id} stands in more than one of \`secrets\`, \`secret-envs\` and \`secret-files\``)
}
