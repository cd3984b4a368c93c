import {
  array,
  type Check,
  type Checked,
  dictionary,
  number,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'
import { isCondition, isMetadata, type ResourceType } from '@mlops-actions/kubernetes'
import { FRAMEWORKS } from '@mlops-actions/manifest/frameworks'

const isEnvVar = record({ name: string, value: optional(string) })

const isContainer = record({
  name: withDefault(string, ''),
  image: optional(string),
  env: withDefault(array(isEnvVar), []),
})

const isModel = record({ image: optional(string), storageUri: optional(string), name: optional(string) })
const isStorageUri = record({ uri: string })

type FrameworkFields = Readonly<
  Record<(typeof FRAMEWORKS)[number], Check<Checked<typeof isModel> | undefined>>
>
const frameworkFields = Object.fromEntries(
  FRAMEWORKS.map((framework) => [framework, optional(isModel)]),
) as FrameworkFields

const isPredictor = record({
  name: optional(string),
  minReplicas: optional(number),
  model: optional(isModel),
  containers: withDefault(array(isContainer), []),
  storageUris: withDefault(array(isStorageUri), []),
  canaryTrafficPercent: optional(number),
  workerSpec: optional(unknownValue),
  ...frameworkFields,
})
export type Predictor = Checked<typeof isPredictor>

const EMPTY_PREDICTOR: Predictor = { containers: [], storageUris: [] }

/** A component beside the predictor: it has a container of the user's, or one that KServe brings. */
const isOtherComponent = record({ containers: withDefault(array(isContainer), []) })

const isFailureInfo = record({
  reason: withDefault(string, ''),
  message: withDefault(string, ''),
  exitCode: optional(number),
})

const isComponent = record({
  url: optional(string),
  latestReadyRevision: optional(string),
  latestCreatedRevision: optional(string),
})

const isStatus = record({
  conditions: withDefault(array(isCondition), []),
  url: optional(string),
  deploymentMode: optional(string),
  components: withDefault(dictionary(isComponent), {}),
  modelStatus: optional(
    record({ transitionStatus: withDefault(string, ''), lastFailureInfo: optional(isFailureInfo) }),
  ),
})

const isInferenceService = record({
  metadata: isMetadata,
  spec: record({
    predictor: isPredictor,
    transformer: optional(isOtherComponent),
    explainer: optional(isOtherComponent),
    /** Standard mode, KServe >= 0.20: what is given here takes the place of what the predictor has. */
    canary: withDefault(array(record({ predictor: withDefault(isPredictor, EMPTY_PREDICTOR) })), []),
  }),
  status: withDefault(isStatus, { conditions: [], components: {} }),
})

/** serving.kserve.io/v1beta1 InferenceService, KServe 0.11 to 0.20, as far as a health check reads it. */
export type InferenceService = Checked<typeof isInferenceService>

export const INFERENCE_SERVICES: ResourceType<InferenceService> = {
  group: 'serving.kserve.io',
  version: 'v1beta1',
  plural: 'inferenceservices',
  kind: 'InferenceService',
  check: isInferenceService,
}

/** `stop: "true"` and the like: annotations are text. */
export function isSet(annotations: Readonly<Record<string, string>>, name: string): boolean {
  return annotations[name]?.toLowerCase() === 'true'
}

/** The model of a predictor: `model`, or a framework field, which KServe's webhook turns into one. */
export function modelOf(predictor: Predictor) {
  return predictor.model ?? FRAMEWORKS.map((field) => predictor[field]).find((model) => model !== undefined)
}
