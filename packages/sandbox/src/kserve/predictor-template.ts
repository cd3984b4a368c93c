import { compact, type JsonObject, textAt, textsAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { servingPort } from './pod-ports.ts'

export const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri'

/** The pod template: labels and annotations of the InferenceService and of its predictor are passed on. */
export function templateOf(
  isvc: KubeObject,
  spec: JsonObject,
  container: JsonObject,
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
      containers: [withDefaults(container)],
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

/** Without a readinessProbe KServe tries the serving port by TCP. */
function withDefaults(container: JsonObject): JsonObject {
  const probe = {
    tcpSocket: { port: servingPort(container) },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  }
  return {
    ...container,
    readinessProbe: container['readinessProbe'] ?? probe,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: container['terminationMessagePolicy'] ?? 'File',
  }
}
