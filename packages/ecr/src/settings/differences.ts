import type { Repository, Tag } from '@mlops-actions/aws/ecr'
import { isSamePolicy } from './lifecycle-policy.ts'
import type { RepositorySettings, SettingDifference } from './settings.ts'

type Difference = readonly SettingDifference[]

/** Tag mutability and encryption. Pure, as all of these. */
export function compareDescription(wanted: RepositorySettings, found: Repository): Difference {
  const { tagMutability, exclusions = [], encryption, kmsKey } = wanted
  const { imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters = [] } = found
  const { encryptionType = 'AES256', kmsKey: foundKey } = found.encryptionConfiguration ?? {}
  const filters = imageTagMutabilityExclusionFilters.map(({ filter }) => String(filter))
  return [
    ...(tagMutability === undefined
      ? []
      : differ(
          'tag-mutability',
          formatMutability(tagMutability, exclusions),
          formatMutability(imageTagMutability, filters),
        )),
    ...(encryption === undefined ? [] : differ('encryption', encryption, encryptionType)),
    ...(kmsKey === undefined || isSameKey(kmsKey, foundKey)
      ? []
      : differ('kms-key', kmsKey, foundKey ?? 'none')),
  ]
}

/** Only those that are wanted: other people may have added others. */
export function compareTags(wanted: ReadonlyMap<string, string>, found: readonly Tag[]): Difference {
  return [...wanted].flatMap(([key, value]) => {
    const tag = found.find(({ Key }) => Key === key)
    return differ(
      'repository-tags',
      `${key}=${value}`,
      tag === undefined ? `no ${key}` : `${key}=${tag.Value ?? ''}`,
    )
  })
}

export function compareLifecycle(wanted: string, found: string | undefined): Difference {
  if (found !== undefined && isSamePolicy(wanted, found)) return []
  return [
    { setting: 'lifecycle-policy', wanted: 'as given', found: found === undefined ? 'none' : 'another one' },
  ]
}

function differ(setting: string, wanted: string, found: string): Difference {
  return wanted === found ? [] : [{ setting, wanted, found }]
}

function formatMutability(mutability: string, filters: readonly string[]): string {
  return filters.length === 0 ? mutability : `${mutability} (${filters.toSorted().join(', ')})`
}

export function isAlias(key: string): boolean {
  return /(?:^|:)alias\//.test(key)
}

function isSameKey(wanted: string, found: string | undefined): boolean {
  if (found === undefined) return false
  return wanted === found || isAlias(wanted) || found.endsWith(`:key/${wanted}`)
}
