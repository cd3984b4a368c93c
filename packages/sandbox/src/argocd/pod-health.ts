import { type JsonObject, listAt, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Health, progressing } from './health-status.ts'

/** gitops-engine pkg/health/health_pod.go: of init containers it reads nothing, and a pod that is to end is never Healthy while it runs. */
export function podHealth(object: KubeObject): Health {
  const isServer = (textAt(object, 'spec', 'restartPolicy') ?? 'Always') === 'Always'
  const statuses = listAt(object, 'status', 'containerStatuses')
  const stuck = statuses
    .map((one) => objectAt(one, 'state', 'waiting'))
    .filter((waiting) => /^Err|(Error|BackOff)$/.test(textAt(waiting, 'reason') ?? ''))
  if (isServer && stuck.length > 0)
    return { status: 'Degraded', message: stuck.map((one) => textAt(one, 'message') ?? '').join(', ') }
  const message = textAt(object, 'status', 'message') ?? ''
  switch (textAt(object, 'status', 'phase') ?? 'Pending') {
    case 'Succeeded':
      return { status: 'Healthy', message }
    case 'Failed':
      return { status: 'Degraded', message: message || lastWords(object) }
    case 'Running':
      return isServer ? runningHealth(object, statuses, message) : progressing(message)
    default:
      return progressing(message)
  }
}

function runningHealth(object: KubeObject, statuses: readonly JsonObject[], message: string): Health {
  const ready = listAt(object, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready')
  if (textAt(ready, 'status') === 'True') return { status: 'Healthy' }
  const hasDied = statuses.some((one) => objectAt(one, 'lastState')['terminated'] !== undefined)
  return hasDied ? { status: 'Degraded', message } : progressing(message)
}

/** What the first container that failed left behind: its own message, or how it ended. */
function lastWords(object: KubeObject): string {
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((field) =>
    listAt(object, 'status', field),
  )
  return statuses.map(failMessage).find((message) => message !== '') ?? ''
}

function failMessage(status: JsonObject): string {
  const ended = objectAt(status, 'state', 'terminated')
  const message = textAt(ended, 'message') ?? ''
  if (message !== '') return message
  if (textAt(ended, 'reason') === 'OOMKilled') return 'OOMKilled'
  const code = numberAt(ended, 'exitCode') ?? 0
  return code === 0 ? '' : `container "${textAt(status, 'name') ?? ''}" failed with exit code ${code}`
}
