/** ECR's modelled exceptions, and those that every AWS JSON service may answer. */
export type EcrErrorCode =
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'ImageAlreadyExistsException'
  | 'ImageDigestDoesNotMatchException'
  | 'ImageNotFoundException'
  | 'ImageTagAlreadyExistsException'
  | 'InvalidParameterException'
  | 'InvalidSignatureException'
  | 'LayerInaccessibleException'
  | 'LayersNotFoundException'
  | 'MissingAuthenticationTokenException'
  | 'ReferencedImagesNotFoundException'
  | 'RepositoryAlreadyExistsException'
  | 'RepositoryNotFoundException'
  | 'ScanNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException'
  | 'UnsupportedImageTypeException'
  | 'ValidationException'

/** Thrown by the operations; AWS JSON 1.1 answers every client error with 400 and the name in `__type`. */
export class EcrError extends Error {
  readonly code: EcrErrorCode

  constructor(code: EcrErrorCode, message: string) {
    super(message)
    this.name = 'EcrError'
    this.code = code
  }
}
