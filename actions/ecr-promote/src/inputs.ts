import {
  parsePlatforms,
  parseRegistry,
  parseRegistryHost,
  parseRepositoryName,
  parseTags,
} from '@mlops-actions/ecr'
import { boolean, collection, common, defineInputs, type InputsOf, parsed } from '@mlops-actions/runner'
import { parseSourceImage } from './values.ts'

const fields = {
  image: parsed('image reference', parseSourceImage)({ required: true }),
  tags: collection('list', parseTags)({ required: true }),
  repository: parsed('ECR repository', parseRepositoryName)(),
  registry: parsed('host', parseRegistry)(),
  platforms: collection('list', parsePlatforms)(),
  referrers: boolean({ default: 'true' }),
  'source-role-to-assume': common.roleToAssume(),
  'role-to-assume': common.roleToAssume(),
  'source-aws-region': common.awsRegion(),
  'aws-region': common.awsRegion(),
  'dry-run': common.dryRun(),
  timeout: common.timeout('1h'),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  summary: common.summary(),
} as const

export type Inputs = InputsOf<typeof fields>

type Problem = (input: keyof typeof fields, words: string) => void

export const inputs = defineInputs(fields, ({ image, registry, awsRegion, sourceAwsRegion }, problem) => {
  checkHost(
    { input: 'image', host: image.host, regionInput: 'source-aws-region', given: sourceAwsRegion },
    problem,
  )
  const host = registry ?? image.host
  checkHost({ input: 'registry', host, regionInput: 'aws-region', given: awsRegion }, problem)
})

interface End {
  readonly input: 'image' | 'registry'
  readonly host: string
  readonly regionInput: 'source-aws-region' | 'aws-region'
  readonly given: string | undefined
}

function checkHost({ input, host, regionInput, given }: End, problem: Problem): void {
  const { kind, region } = parseRegistryHost(host)
  if (kind === 'public') problem(input, `${host} is ECR Public, where nothing can be promoted from or to`)
  if (kind === 'other') problem(input, `${host} is no registry of ECR, and is not given the token of ECR`)
  if (region !== undefined && given !== undefined && region !== given)
    problem(regionInput, `is ${given}, but ${host} is in ${region}: leave it away, or correct one of them`)
}
