import type { EncryptionType, ImageTagMutability } from '@mlops-actions/aws/ecr'

/** What a repository is asked to be; whatever is left out is ECR's default when it is created, and never compared. */
export interface RepositorySettings {
  readonly tagMutability?: ImageTagMutability | undefined
  /** Wildcard filters of tags, 1 to 5, with the `_WITH_EXCLUSION` settings and only with them. */
  readonly exclusions?: readonly string[]
  readonly encryption?: EncryptionType | undefined
  /** ARN, id or alias. */
  readonly kmsKey?: string | undefined
  readonly tags?: ReadonlyMap<string, string>
  /** JSON text. */
  readonly lifecyclePolicy?: string | undefined
}

/** One setting that is another than was asked for. */
export interface SettingDifference {
  /** The name of the input. */
  readonly setting: string
  readonly wanted: string
  /** ECR's text. */
  readonly found: string
}

export interface SettingsReview {
  readonly differences: readonly SettingDifference[]
  /** What could not be compared and why, in sentences. */
  readonly notes: readonly string[]
}
