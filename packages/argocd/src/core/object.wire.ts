import {
  array,
  boolean,
  type Checked,
  number,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import { isCondition, isMetadata } from '@mlops-actions/kubernetes'

const isTerminated = record({
  exitCode: withDefault(number, 0),
  reason: withDefault(string, ''),
  message: withDefault(string, ''),
})

const isContainerStatus = record({
  name: withDefault(string, ''),
  state: withDefault(
    record({
      waiting: optional(record({ reason: withDefault(string, ''), message: withDefault(string, '') })),
      terminated: optional(isTerminated),
    }),
    {},
  ),
  lastState: withDefault(record({ terminated: optional(isTerminated) }), {}),
})
export type ContainerState = Checked<typeof isContainerStatus>

const isImage = record({ image: withDefault(string, '') })

/** What of the specification of a workload or a pod its health depends on. */
const isSpec = record({
  replicas: optional(number),
  paused: withDefault(boolean, false),
  restartPolicy: withDefault(string, 'Always'),
  containers: withDefault(array(isImage), []),
  initContainers: withDefault(array(isImage), []),
  updateStrategy: withDefault(
    record({
      type: withDefault(string, ''),
      rollingUpdate: optional(record({ partition: withDefault(number, 0) })),
    }),
    { type: '' },
  ),
})

const isStatus = record({
  observedGeneration: withDefault(number, 0),
  replicas: withDefault(number, 0),
  updatedReplicas: withDefault(number, 0),
  availableReplicas: withDefault(number, 0),
  readyReplicas: withDefault(number, 0),
  currentRevision: withDefault(string, ''),
  updateRevision: withDefault(string, ''),
  desiredNumberScheduled: withDefault(number, 0),
  updatedNumberScheduled: withDefault(number, 0),
  numberAvailable: withDefault(number, 0),
  /** Of an InferenceService. */
  deploymentMode: withDefault(string, ''),
  phase: withDefault(string, ''),
  message: withDefault(string, ''),
  reason: withDefault(string, ''),
  conditions: withDefault(array(isCondition), []),
  containerStatuses: withDefault(array(isContainerStatus), []),
  initContainerStatuses: withDefault(array(isContainerStatus), []),
})

export const isObject = record({
  metadata: isMetadata,
  spec: withDefault(isSpec, isSpec({})),
  status: withDefault(isStatus, isStatus({})),
})

/** A live object of any kind that runs something; numbers that are absent are zero. */
export type LiveObject = Checked<typeof isObject>
