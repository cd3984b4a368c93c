import {
  compact,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { ObjectStore } from '../kubernetes/store.ts'
import { chooseRuntime, type RuntimeChoice } from './runtimes.ts'

export const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri'

/** What an InferenceService asks to be run, or why it cannot be. */
export type Predictor =
  | { readonly template: JsonObject; readonly runtime: KubeObject | undefined }
  | {
      readonly invalid: Exclude<RuntimeChoice, { runtime: KubeObject }>['reason'] | 'InvalidPredictorSpec'
      readonly message: string
    }

const LEGACY_FORMATS = [
  'sklearn',
  'xgboost',
  'lightgbm',
  'pmml',
  'triton',
  'onnx',
  'huggingface',
  'paddle',
  'tensorflow',
  'pytorch',
]

/**
 * The pod template of the predictor: image of `model.image`, else of the container `kserve-container`, else of the
 * serving runtime; labels and annotations of the InferenceService and of its predictor are passed on.
 * Source: kserve/kserve:pkg/controller/v1beta1/inferenceservice/components/predictor.go.
 */
export function resolvePredictor(store: ObjectStore, isvc: KubeObject): Predictor {
  const spec = objectAt(isvc, 'spec', 'predictor')
  const model = modelOf(spec)
  const custom = listAt(spec, 'containers')
  if (!model) {
    if (custom.length === 0)
      return { invalid: 'InvalidPredictorSpec', message: 'the predictor has neither model nor containers' }
    return { template: templateOf(isvc, spec, custom, undefined), runtime: undefined }
  }
  const choice = chooseRuntime(store, isvc.metadata.namespace ?? '', model)
  if (!('runtime' in choice)) return { invalid: choice.reason, message: choice.message }
  const base = listAt(choice.runtime, 'spec', 'containers').find(
    (one) => textAt(one, 'name') === 'kserve-container',
  )
  const container = mergeContainer(base ?? {}, model, isvc)
  return {
    template: templateOf(isvc, spec, [container], textAt(model, 'storageUri')),
    runtime: choice.runtime,
  }
}

/** `model`, or a legacy framework field, which KServe's webhook turns into one. */
function modelOf(spec: JsonObject): JsonObject | undefined {
  if (isObject(spec['model'])) return spec['model']
  const legacy = LEGACY_FORMATS.find((format) => isObject(spec[format]))
  return legacy === undefined ? undefined : { ...objectAt(spec, legacy), modelFormat: { name: legacy } }
}

/** The model's container fields win over the runtime's; env is joined, args are appended. */
function mergeContainer(base: JsonObject, model: JsonObject, isvc: KubeObject): JsonObject {
  const {
    modelFormat: _format,
    storageUri: _uri,
    runtime: _runtime,
    protocolVersion: _version,
    ...own
  } = model
  const join = (field: string): Json[] | undefined => {
    const both = [base[field], own[field]].flatMap((value) => (Array.isArray(value) ? value : []))
    return both.length === 0 ? undefined : both
  }
  const args = join('args')?.map((arg) =>
    typeof arg === 'string' ? arg.replaceAll('{{.Name}}', isvc.metadata.name) : arg,
  )
  return compact({ ...base, ...own, name: 'kserve-container', env: join('env'), args })
}

function templateOf(
  isvc: KubeObject,
  spec: JsonObject,
  containers: readonly JsonObject[],
  storageUri: string | undefined,
): JsonObject {
  const { name } = isvc.metadata
  const inherited = { ...textsAt(isvc, 'metadata', 'annotations'), ...textsAt(spec, 'annotations') }
  const annotations = Object.entries(inherited).filter(([key]) => !isOwn(key))
  return {
    metadata: {
      labels: {
        ...textsAt(isvc, 'metadata', 'labels'),
        ...textsAt(spec, 'labels'),
        app: `isvc.${name}-predictor`,
        component: 'predictor',
        'serving.kserve.io/inferenceservice': name,
      },
      annotations: {
        ...Object.fromEntries(annotations),
        ...(storageUri === undefined ? {} : { [SOURCE_URI]: storageUri }),
      },
    },
    spec: compact({
      containers: containers.map(withDefaults),
      serviceAccountName: textAt(spec, 'serviceAccountName') ?? 'default',
      terminationGracePeriodSeconds: 300,
    }),
  }
}

/** Bookkeeping of kubectl and of Argo CD is not passed on (constants.go ServiceAnnotationDisallowedList). */
function isOwn(key: string): boolean {
  return (
    key.startsWith('kubectl.kubernetes.io/') ||
    key.startsWith('argocd.argoproj.io/') ||
    key.startsWith('serving.kserve.io/')
  )
}

/** Without a readinessProbe KServe probes port 8080 by TCP. The first container is the server, whatever its name. */
function withDefaults(container: JsonObject, index: number): JsonObject {
  const probe = {
    tcpSocket: { port: 8080 },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  }
  return {
    ...container,
    ...(container['name'] === undefined && index === 0 ? { name: 'kserve-container' } : {}),
    readinessProbe: container['readinessProbe'] ?? probe,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: container['terminationMessagePolicy'] ?? 'File',
  }
}

/** Name of the Deployment and of the Service of the predictor. */
export function predictorName(isvc: KubeObject): string {
  return `${isvc.metadata.name}-predictor`
}

/** The runtime's name under the field that fits its scope. */
export function runtimeFields(runtime: KubeObject | undefined): JsonObject {
  const cluster = textAt(runtime, 'kind') === 'ClusterServingRuntime'
  return compact({
    clusterServingRuntimeName: cluster ? runtime?.metadata.name : undefined,
    servingRuntimeName: cluster ? undefined : runtime?.metadata.name,
  })
}
