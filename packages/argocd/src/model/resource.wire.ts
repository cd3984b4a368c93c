import {
  array,
  type Check,
  type Checked,
  number,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import { EVENTS } from '@mlops-actions/kubernetes/pods'

// What is asked of an Application beside itself: argo-cd server/application/application.proto.

const isNode = record({
  group: withDefault(string, ''),
  version: withDefault(string, ''),
  kind: withDefault(string, ''),
  namespace: withDefault(string, ''),
  name: withDefault(string, ''),
  uid: withDefault(string, ''),
  parentRefs: withDefault(array(record({ kind: withDefault(string, ''), uid: withDefault(string, '') })), []),
  info: withDefault(array(record({ name: string, value: withDefault(string, '') })), []),
  images: withDefault(array(string), []),
  health: optional(record({ status: withDefault(string, ''), message: withDefault(string, '') })),
  createdAt: withDefault(string, ''),
})
export type TreeNode = Checked<typeof isNode>

export const isResourceTree = record({ nodes: withDefault(array(isNode), []) })
export type ResourceTree = Checked<typeof isResourceTree>

const isResource = record({ manifest: string })

/** `GET …/resource`: the live object, as JSON text. */
export function resourceOf<T>(check: Check<T>): Check<T> {
  return (value) => check(JSON.parse(isResource(value).manifest))
}

const isWindow = record({
  kind: withDefault(string, ''),
  schedule: withDefault(string, ''),
  duration: withDefault(string, ''),
})
export type SyncWindow = Checked<typeof isWindow>

/** What the sync windows of an Application keep automated sync from; undefined where they let it through. */
export type Blocking = SyncWindow | undefined

/** `GET …/syncwindows`; `canSync` is about a sync by hand, so what blocks automated sync follows from the lists. */
export const isSyncWindows = record({
  activeWindows: withDefault(array(isWindow), []),
  assignedWindows: withDefault(array(isWindow), []),
})

/** `GET …/events`: core/v1 EventList. */
export const isEventList = record({ items: withDefault(array(EVENTS.check), []) })

/** How an ApplicationSet syncs its Applications, and where each of them stands. */
export const isApplicationSet = record({
  spec: withDefault(record({ strategy: optional(record({ type: withDefault(string, '') })) }), {}),
  status: withDefault(
    record({
      applicationStatus: withDefault(
        array(
          record({
            application: withDefault(string, ''),
            status: withDefault(string, ''),
            step: withDefault(string, ''),
            message: withDefault(string, ''),
          }),
        ),
        [],
      ),
    }),
    { applicationStatus: [] },
  ),
})

export type ApplicationSet = Checked<typeof isApplicationSet>

/** `GET …/revisions/{revision}/metadata`. */
export const isCommitInfo = record({
  author: withDefault(string, ''),
  date: withDefault(string, ''),
  message: withDefault(string, ''),
})

export const isVersion = record({ Version: string })

/** What a unary call answers when it fails (grpc-gateway): `code` is the gRPC number. */
export const isArgocdError = record({
  error: withDefault(string, ''),
  message: withDefault(string, ''),
  code: withDefault(number, 0),
})

export const isLogEntry = record({ result: optional(record({ content: withDefault(string, '') })) })
