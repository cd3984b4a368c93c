import { Expected, parseAwsRegion, parseBoolean, parseStoreRegion } from '@mlops-actions/text'
import { boolean, duration, headers, oneOf, parsed, text } from './fields.ts'

/**
 * The inputs that mean the same in every action that has them. An action names those that make sense for it:
 * `timeout: common.timeout('10m'), 'ca-cert': common.caCert()`.
 */
export const common = {
  /** The longest the whole step may take. */
  timeout: (given: string) => duration({ default: given }),
  /** The longest one request may take. */
  requestTimeout: () => duration({ default: '30s' }),
  /** PEM certificates, or the path of a file with them, trusted in addition to the system's. */
  caCert: () => text(),
  extraHeaders: () => headers(),
  onCancel: (given: 'terminate' | 'leave') => oneOf('terminate', 'leave')({ default: given }),
  summary: () => parsed('boolean | on-failure', parseSummaryWish)({ default: 'true' }),
  dryRun: () => boolean({ default: 'false' }),
  roleToAssume: () => text(),
  awsRegion: () => parsed('AWS region', parseAwsRegion)(),
  /** `aws-region` of an action whose store may be any server that speaks S3. */
  storeRegion: () => parsed('region', parseStoreRegion)(),
} as const

/** `on-failure` is for workflows whose last step sums up what went well. */
type SummaryWish = boolean | 'on-failure'

function parseSummaryWish(given: string): SummaryWish {
  if (given === 'on-failure') return given
  try {
    return parseBoolean(given)
  } catch {
    throw new Expected('true, false or on-failure')
  }
}
