import { matchesImage, SERVER_CONTAINER } from '@mlops-actions/kubernetes'
import { type InferenceService, isSet, modelOf, type Predictor } from './inference-service.wire.ts'

/** The version that an InferenceService asks for; undefined where its serving runtime decides. */
export interface DesiredVersion {
  readonly image: string | undefined
  readonly storageUri: string | undefined
}

/** The version to be proven; what is not given is not judged. */
export interface WantedVersion {
  readonly image?: string | undefined
  readonly digest?: string | undefined
  readonly storageUri?: string | undefined
}

export type DeploymentMode = 'Standard' | 'Knative' | 'ModelMesh' | 'unknown'

/** The name of the label that all pods of an InferenceService carry, in every mode. */
export const ISVC_LABEL = 'serving.kserve.io/inferenceservice'

/** `model.image`, else the server's container; `storageUri`, else the first of `storageUris`, else STORAGE_URI. */
export function desiredVersion({ spec: { predictor } }: InferenceService): DesiredVersion {
  return versionOf(predictor)
}

/** What a predictor asks for by itself, be it the stable one or a canary. */
export function versionOf(predictor: Predictor): DesiredVersion {
  const model = modelOf(predictor)
  const { containers, storageUris } = predictor
  const server = containers.find(({ name }) => name === SERVER_CONTAINER) ?? containers[0]
  return {
    image: model === undefined ? server?.image : model.image,
    storageUri:
      model?.storageUri ??
      storageUris[0]?.uri ??
      server?.env.find(({ name }) => name === 'STORAGE_URI')?.value,
  }
}

/** Where the manifest in the cluster is not yet the wanted one; undefined when it is. */
export function notYetSynced(isvc: InferenceService, want: WantedVersion): string | undefined {
  const { image, storageUri } = desiredVersion(isvc)
  if (image !== undefined && !matchesImage(image, want)) {
    return `not synced yet: the InferenceService still asks for the image ${image}`
  }
  if (want.storageUri === undefined || storageUri === want.storageUri) return undefined
  const slash = storageUri !== undefined && bare(storageUri) === bare(want.storageUri)
  const hint = slash ? ', which differs by the slash at its end only' : ''
  return `not synced yet: the InferenceService still asks for the model ${storageUri ?? '(none)'}${hint}`
}

function bare(uri: string): string {
  return uri.replace(/\/+$/, '')
}

/**
 * How the service is run. The status says so since KServe 0.14; before that the annotation does, or the revisions that
 * only Knative has; the spellings Serverless and RawDeployment are those of KServe 0.14 and older.
 */
export function deploymentMode({ metadata, status }: InferenceService): DeploymentMode {
  switch (status.deploymentMode ?? metadata.annotations['serving.kserve.io/deploymentMode']) {
    case 'Standard':
    case 'RawDeployment':
      return 'Standard'
    case 'Knative':
    case 'Serverless':
      return 'Knative'
    case 'ModelMesh':
      return 'ModelMesh'
    default:
      return hasRevisions(status) ? 'Knative' : 'unknown'
  }
}

function hasRevisions({ components }: InferenceService['status']): boolean {
  return Object.values(components).some(
    ({ latestReadyRevision, latestCreatedRevision }) =>
      latestReadyRevision !== undefined || latestCreatedRevision !== undefined,
  )
}

/** Whether `serving.kserve.io/stop` has switched the service off. */
export function isStopped({ metadata }: InferenceService): boolean {
  return isSet(metadata.annotations, 'serving.kserve.io/stop')
}

/** Name of the Deployment, and of the Service, of the predictor in Standard mode. */
export function predictorDeployment(name: string): string {
  return `${name}-predictor`
}

/** Selects the predictor's pods in Standard mode, as its Service does. */
export function predictorSelector(name: string): string {
  return `app=isvc.${predictorDeployment(name)}`
}
