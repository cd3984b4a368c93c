import { booleanAt, type JsonObject, listAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { ObjectStore } from '../kubernetes/store.ts'

/** The runtime of a model, or why there is none: `reason` as in modelStatus.lastFailureInfo. */
export type RuntimeChoice =
  | { readonly runtime: KubeObject }
  | {
      readonly reason: 'RuntimeNotRecognized' | 'NoSupportingRuntime' | 'RuntimeDisabled'
      readonly message: string
    }

/** The runtime that the model names, or the first that supports its format. Source: components/predictor.go. */
export function chooseRuntime(store: ObjectStore, namespace: string, model: JsonObject): RuntimeChoice {
  const runtimes = [
    ...store.list(RESOURCES.servingruntimes, namespace),
    ...store.list(RESOURCES.clusterservingruntimes),
  ]
  const wanted = textAt(model, 'runtime')
  if (wanted !== undefined) {
    const named = runtimes.find((runtime) => runtime.metadata.name === wanted)
    if (!named) return { reason: 'RuntimeNotRecognized', message: 'Waiting for runtime to become available' }
    if (isDisabled(named)) return { reason: 'RuntimeDisabled', message: 'Specified runtime is disabled' }
    return { runtime: named }
  }
  const format = textAt(model, 'modelFormat', 'name') ?? ''
  const supporting = runtimes.find((runtime) => !isDisabled(runtime) && supports(runtime, format))
  if (supporting) return { runtime: supporting }
  return { reason: 'NoSupportingRuntime', message: 'No runtime found to support specified framework/version' }
}

function isDisabled(runtime: KubeObject): boolean {
  return booleanAt(runtime, 'spec', 'disabled') === true
}

function supports(runtime: KubeObject, format: string): boolean {
  return listAt(runtime, 'spec', 'supportedModelFormats').some(
    (one) => textAt(one, 'name') === format && booleanAt(one, 'autoSelect') === true,
  )
}

const DEFAULTS: readonly (readonly [string, readonly string[], string])[] = [
  ['kserve-sklearnserver', ['sklearn'], 'kserve/sklearnserver:v0.20.0'],
  ['kserve-xgbserver', ['xgboost'], 'kserve/xgbserver:v0.20.0'],
  ['kserve-lgbserver', ['lightgbm'], 'kserve/lgbserver:v0.20.0'],
  ['kserve-pmmlserver', ['pmml'], 'kserve/pmmlserver:v0.20.0'],
  ['kserve-mlserver', ['mlflow'], 'docker.io/seldonio/mlserver:1.7.1'],
  ['kserve-tritonserver', ['tensorrt', 'onnx'], 'nvcr.io/nvidia/tritonserver:23.05-py3'],
  ['kserve-huggingfaceserver', ['huggingface'], 'kserve/huggingfaceserver:v0.20.0'],
]

/** The ClusterServingRuntimes of a standard installation, shortened (kserve/kserve:config/runtimes). */
export function installDefaultRuntimes(store: ObjectStore): void {
  for (const [name, formats, image] of DEFAULTS) {
    if (store.get({ type: RESOURCES.clusterservingruntimes, namespace: '', name })) continue
    store.create(RESOURCES.clusterservingruntimes, {
      metadata: { name },
      spec: {
        supportedModelFormats: formats.map((format) => ({ name: format, version: '1', autoSelect: true })),
        protocolVersions: ['v1', 'v2'],
        containers: [
          {
            name: 'kserve-container',
            image,
            args: ['--model_name={{.Name}}', '--model_dir=/mnt/models', '--http_port=8080'],
          },
        ],
      },
    })
  }
}
