import { type JsonObject, listAt, objectAt, textAt, textsAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'

/** Fields that change what runs or who gets the traffic. What only decides on a node is passed over. */
const OF_SPEC = ['transformer', 'explainer']
const OF_PREDICTOR = [
  'canaryTrafficPercent',
  'workerSpec',
  'batcher',
  'logger',
  'volumes',
  'initContainers',
  'storageUris',
]
const OF_MODEL = ['storage', 'storageUris']
const OF_CONTAINER = ['envFrom', 'volumeMounts', 'lifecycle']
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe']
const PROBE_HANDLERS = ['exec', 'grpc']

const MODES = ['Standard', 'RawDeployment']
const OUR_SCHEMES = ['s3', 'file']
/** kserve: pkg/controller/v1beta1/inferenceservice/utils/utils.go SupportedStorageURIPrefixList. */
const SCHEMES = [
  ...['gs://', 's3://', 'pvc://', 'file://', 'https://', 'http://', 'hdfs://', 'webhdfs://'],
  ...['oci://', 'oci+native://', 'oci+fetch://', 'hf://'],
]

/** The first thing in an InferenceService that the sandbox would not do; better no service than a kinder one. */
export function unsupportedIn(isvc: KubeObject): string | undefined {
  const mode = textsAt(isvc, 'metadata', 'annotations')['serving.kserve.io/deploymentMode']
  if (mode !== undefined && !MODES.includes(mode)) return notRun(`deploymentMode ${mode}`)
  const predictor = objectAt(isvc, 'spec', 'predictor')
  const found =
    fieldOf(objectAt(isvc, 'spec'), OF_SPEC, 'spec.') ??
    fieldOf(predictor, OF_PREDICTOR, 'spec.predictor.') ??
    fieldOf(objectAt(predictor, 'model'), OF_MODEL, 'spec.predictor.model.')
  if (found !== undefined) return notRun(found)
  if (listAt(predictor, 'containers').length > 1) return notRun('spec.predictor.containers: more than one')
  return unsupportedUri(textAt(predictor, 'model', 'storageUri'))
}

/** The same for a container as it is to run, with what came from the runtime. */
export function unsupportedInContainer(container: JsonObject): string | undefined {
  const name = textAt(container, 'name') ?? 'kserve-container'
  const field = fieldOf(container, OF_CONTAINER, '')
  if (field !== undefined) return notRun(`${field} of ${name}`)
  for (const probe of PROBES) {
    const handler = fieldOf(objectAt(container, probe), PROBE_HANDLERS, `${probe}.`)
    if (handler !== undefined) return notRun(`${handler} of ${name}`)
  }
  return undefined
}

/** A model's place: what KServe refuses in its words, what only the sandbox cannot fetch in ours. */
export function unsupportedUri(uri: string | undefined): string | undefined {
  const scheme = /^([\w+.-]+):\/\//.exec(uri ?? '')?.[1]
  if (scheme === undefined || OUR_SCHEMES.includes(scheme)) return undefined
  if (SCHEMES.includes(`${scheme}://`)) return notRun(`storageUri with ${scheme}://`)
  const known = `[${SCHEMES.join(', ')}] or match https://{}.blob.core.windows.net/{}/{} or be an absolute or relative local path`
  return `storageUri, must be one of: ${known}. StorageUri [${uri ?? ''}] is not supported`
}

function fieldOf(object: JsonObject, fields: readonly string[], prefix: string): string | undefined {
  const found = fields.find((field) => object[field] !== undefined && object[field] !== null)
  return found === undefined ? undefined : `${prefix}${found}`
}

function notRun(what: string): string {
  return `the sandbox does not run ${what}`
}
