import {
  compact,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { ObjectStore } from '../kubernetes/store.ts'
import { templateOf } from './predictor-template.ts'
import { chooseRuntime, type RuntimeChoice } from './runtimes.ts'
import { unsupportedIn, unsupportedInContainer, unsupportedUri } from './unsupported.ts'

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
  const refused = unsupportedIn(isvc)
  if (refused !== undefined) return invalid(refused)
  const spec = objectAt(isvc, 'spec', 'predictor')
  const model = modelOf(spec)
  if (!model) return resolveCustom(isvc, spec)
  const choice = chooseRuntime(store, isvc.metadata.namespace ?? '', model)
  if (!('runtime' in choice)) return { invalid: choice.reason, message: choice.message }
  const base = listAt(choice.runtime, 'spec', 'containers').find(
    (one) => textAt(one, 'name') === 'kserve-container',
  )
  const container = mergeContainer(base ?? {}, model, isvc)
  const unfit = unsupportedInContainer(container)
  if (unfit !== undefined) return invalid(unfit)
  return {
    template: templateOf(isvc, spec, container, textAt(model, 'storageUri')),
    runtime: choice.runtime,
  }
}

/** A container of one's own; `STORAGE_URI` in its environment is its storageUri (predictor_custom.go GetStorageUri). */
function resolveCustom(isvc: KubeObject, spec: JsonObject): Predictor {
  const [given] = listAt(spec, 'containers')
  if (given === undefined) return invalid('the predictor has neither model nor containers')
  const container = { ...given, name: 'kserve-container' }
  const uri = textAt(
    listAt(container, 'env').find((one) => textAt(one, 'name') === 'STORAGE_URI'),
    'value',
  )
  const unfit = unsupportedInContainer(container) ?? unsupportedUri(uri)
  if (unfit !== undefined) return invalid(unfit)
  const source = uri === '' ? undefined : uri
  return { template: templateOf(isvc, spec, withModelPath(container), source), runtime: undefined }
}

/** The pod webhook puts the place of the files into `STORAGE_URI` (storage_initializer_injector.go). */
function withModelPath(container: JsonObject): JsonObject {
  const env = listAt(container, 'env').map((one) =>
    textAt(one, 'name') === 'STORAGE_URI' && one['value'] !== '' ? { ...one, value: '/mnt/models' } : one,
  )
  return env.length === 0 ? container : { ...container, env }
}

function invalid(message: string): Predictor {
  return { invalid: 'InvalidPredictorSpec', message }
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
