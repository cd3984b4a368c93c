import { gunzipSync } from 'node:zlib'
import { type Checked, dictionary, optional, record, string, withDefault } from '@mlops-actions/http'

const isNode = record({
  id: withDefault(string, ''),
  /** Dotted path: `<workflow>.root.train.executor`. */
  name: withDefault(string, ''),
  displayName: withDefault(string, ''),
  /** DAG, Pod, Retry, Steps, Skipped, … */
  type: withDefault(string, ''),
  templateName: withDefault(string, ''),
  phase: withDefault(string, ''),
  message: withDefault(string, ''),
  startedAt: withDefault(string, ''),
  finishedAt: withDefault(string, ''),
})
export type WorkflowNode = Checked<typeof isNode>

const isNodes = dictionary(isNode)
const isManifest = record({
  metadata: withDefault(record({ name: withDefault(string, ''), namespace: withDefault(string, '') }), {
    name: '',
    namespace: '',
  }),
  status: withDefault(
    record({
      phase: withDefault(string, ''),
      message: withDefault(string, ''),
      nodes: optional(isNodes),
      /** Instead of `nodes` where they would make the object too large for etcd: gzip, then base64. */
      compressedNodes: withDefault(string, ''),
    }),
    { phase: '', message: '', compressedNodes: '' },
  ),
})

/** An Argo Workflow (argoproj.io/v1alpha1), as far as it says what became of each task. */
export interface Workflow {
  readonly name: string
  readonly namespace: string
  readonly message: string
  readonly nodes: readonly WorkflowNode[]
}

const MAX_NODES_BYTES = 128 * 1024 * 1024

/** @throws Error where the text is no workflow */
export function parseWorkflow(manifest: string): Workflow {
  const { metadata, status } = isManifest(JSON.parse(manifest))
  const nodes = status.nodes ?? isNodes(decompress(status.compressedNodes))
  return { ...metadata, message: status.message, nodes: Object.values(nodes) }
}

function decompress(text: string): unknown {
  if (text === '') return {}
  return JSON.parse(
    gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: MAX_NODES_BYTES }).toString('utf8'),
  )
}
