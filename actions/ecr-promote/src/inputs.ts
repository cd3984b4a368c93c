import { MOST_TAGS, parseRegistryHost } from '@mlops-actions/ecr'
import { boolean, common, defineInputs, type Field, type InputsOf, parsed } from '@mlops-actions/runner'
import { parsePlatforms, parseRegistry, parseRepositoryName, parseSourceImage, parseTags } from './values.ts'

const list = <T>(parse: (text: string) => T, required: boolean): Field<T> => ({
  type: 'list',
  required,
  default: undefined,
  secret: false,
  parse,
  absent: parse(''),
})

const fields = {
  image: parsed('image reference', parseSourceImage)({ required: true }),
  tags: list((text) => parseTags(text, MOST_TAGS), true),
  repository: parsed('ECR repository', parseRepositoryName)(),
  registry: parsed('host', parseRegistry)(),
  platforms: list(parsePlatforms, false),
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
