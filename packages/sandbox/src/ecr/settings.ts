import { refusalOf } from '../registry/context.ts'
import { type JsonRecord, recordField, recordsField, stringField } from '../registry/json.ts'
import type { RepositorySettings, TagMutability } from '../registry/state.ts'
import { type EcrCall, invalid, requireString } from './context.ts'
import { EcrError } from './errors.ts'

const MUTABILITIES: readonly TagMutability[] = [
  'MUTABLE',
  'IMMUTABLE',
  'IMMUTABLE_WITH_EXCLUSION',
  'MUTABLE_WITH_EXCLUSION',
]
const ENCRYPTIONS: readonly string[] = ['AES256', 'KMS', 'KMS_DSSE']

/**
 * What CreateRepository is asked for, checked as ECR does.
 * @throws EcrError InvalidParameterException, KmsException
 */
export function readSettings(call: EcrCall): RepositorySettings {
  const { input } = call
  const wanted = stringField(input, 'imageTagMutability') ?? 'MUTABLE'
  const tagMutability = MUTABILITIES.find((known) => known === wanted)
  if (!tagMutability)
    throw invalid('imageTagMutability', `Member must satisfy enum value set: [${MUTABILITIES.join(', ')}]`)
  const filters = (recordsField(input, 'imageTagMutabilityExclusionFilters') ?? []).map((filter) =>
    readFilter(filter),
  )
  const bad = filters.find((filter) => !/^[0-9a-zA-Z._*-]{1,128}$/.test(filter))
  if (bad !== undefined || filters.length > 5)
    throw invalid(
      'imageTagMutabilityExclusionFilters',
      'Member must have 1 to 5 filters of [0-9a-zA-Z._*-]{1,128}',
    )
  if (tagMutability.endsWith('_WITH_EXCLUSION') !== filters.length > 0) {
    throw invalid(
      'imageTagMutabilityExclusionFilters',
      `Filters are needed by, and only by, the WITH_EXCLUSION settings; got ${tagMutability}`,
    )
  }
  const scanOnPush = recordField(input, 'imageScanningConfiguration')?.['scanOnPush'] === true
  return { tagMutability, exclusionFilters: filters, scanOnPush, ...readEncryption(call) }
}

function readEncryption(call: EcrCall): { encryptionType: string; kmsKey?: string } {
  const { input, state } = call
  const wanted = recordField(input, 'encryptionConfiguration') ?? {}
  const encryptionType = stringField(wanted, 'encryptionType') ?? 'AES256'
  const key = stringField(wanted, 'kmsKey')
  if (!ENCRYPTIONS.includes(encryptionType))
    throw invalid(
      'encryptionConfiguration.encryptionType',
      `Member must satisfy enum value set: [${ENCRYPTIONS.join(', ')}]`,
    )
  if (encryptionType === 'AES256') {
    if (key === undefined) return { encryptionType }
    throw invalid('encryptionConfiguration.kmsKey', 'A KMS key is not taken with AES256')
  }
  const { region, accountId } = state.registry
  const own = `arn:aws:kms:${region}:${accountId}:key/00000000-0000-4000-8000-00000000ec12`
  if (key === undefined || key === 'alias/aws/ecr') return { encryptionType, kmsKey: own }
  const kmsKey = state.kmsKeys.get(key)
  if (kmsKey === undefined)
    throw refusedByKms('NotFoundException', `The KMS key '${key}' does not exist, or cannot be used`)
  useKey(call, kmsKey)
  return { encryptionType, kmsKey }
}

/** User guide, "Encryption at rest": ECR looks at the customer's key, then grants itself its use, both in the name of who asks. */
function useKey({ registry, principal }: EcrCall, arn: string): void {
  for (const action of ['kms:DescribeKey', 'kms:CreateGrant']) {
    const refusal = refusalOf(registry, principal, { action, resource: arn, arn })
    if (refusal !== undefined) throw refusedByKms('AccessDeniedException', refusal)
  }
}

function refusedByKms(kmsError: string, message: string): EcrError {
  return new EcrError('KmsException', message, { kmsError })
}

function readFilter(filter: JsonRecord): string {
  if (stringField(filter, 'filterType') === 'WILDCARD') return requireString(filter, 'filter')
  throw invalid(
    'imageTagMutabilityExclusionFilters.filterType',
    'Member must satisfy enum value set: [WILDCARD]',
  )
}
