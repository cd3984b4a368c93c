/** Exceptions of ECR's own service model that these operations answer. */
export const ECR_EXCEPTIONS = [
  'ImageAlreadyExistsException',
  'ImageArchivedException',
  'ImageDigestDoesNotMatchException',
  'ImageNotFoundException',
  'ImageTagAlreadyExistsException',
  'InvalidParameterException',
  'InvalidTagParameterException',
  'KmsException',
  'LayerInaccessibleException',
  'LayersNotFoundException',
  'LifecyclePolicyNotFoundException',
  'LimitExceededException',
  'ReferencedImagesNotFoundException',
  'RepositoryAlreadyExistsException',
  'RepositoryNotFoundException',
  'ScanNotFoundException',
  'TooManyTagsException',
  'UnsupportedImageTypeException',
  'ValidationException',
] as const

/** What every AWS JSON service may answer before an operation is reached; no service model lists these. */
export const COMMON_EXCEPTIONS = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SerializationException',
  'UnknownOperationException',
  'UnrecognizedClientException',
] as const

export type EcrErrorCode = (typeof ECR_EXCEPTIONS)[number] | (typeof COMMON_EXCEPTIONS)[number]

/** Thrown by the operations; AWS JSON 1.1 answers every client error with 400 and the name in `__type`. */
export class EcrError extends Error {
  readonly code: EcrErrorCode
  /** What the answer holds beside its words, as the service model has it: `kmsError`. */
  readonly fields: Readonly<Record<string, string>>

  constructor(code: EcrErrorCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'EcrError'
    this.code = code
    this.fields = fields
  }
}
