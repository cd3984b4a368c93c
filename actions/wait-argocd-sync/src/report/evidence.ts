import {
  type ApplicationName,
  type Argocd,
  type CommitInfo,
  type LiveState,
  type PodTrouble,
  revisionOf,
  type SelectedSource,
  type SyncWindow,
  type TreeNode,
} from '@mlops-actions/argocd'
import { INFERENCE_SERVICES } from '@mlops-actions/kserve/inference-service'
import { type KubernetesEvent, lastSeen } from '@mlops-actions/kubernetes/pods'
import { settledWithin } from '../look/settled-within.ts'
import { unwellNodes } from './chain.ts'

/** What KServe noted of a model that did not load. It is never cleared, so it may be of an earlier version. */
export interface LoadFailure {
  readonly service: string
  readonly reason: string
  readonly exitCode: number | undefined
  /** The container's own words. */
  readonly message: string
}

/** What was asked for once the wait had failed, to explain it. Each may be missing: it is no failure of its own. */
export interface Evidence {
  /** The last warnings, the newest first. */
  readonly warnings: readonly KubernetesEvent[]
  /** What the crashing container said last; '' where it is not known or not to be shown. */
  readonly log: string
  readonly loadFailures: readonly LoadFailure[]
  readonly wanted: CommitInfo | undefined
  readonly current: CommitInfo | undefined
  readonly window: SyncWindow | undefined
}

export interface EvidenceOptions {
  readonly argocd: Argocd
  readonly name: ApplicationName
  readonly source: SelectedSource
  /** Undefined where any will do. */
  readonly revision: string | undefined
  readonly state: LiveState | undefined
  readonly troubles: readonly PodTrouble[]
  readonly includePodLogs: boolean
}

export const NO_EVIDENCE: Evidence = {
  warnings: [],
  log: '',
  loadFailures: [],
  wanted: undefined,
  current: undefined,
  window: undefined,
}
/** The step has failed, and its user waits to read why. */
const WITHIN_MS = 1_500
const MOST_WARNINGS = 5
const MOST_NODES = 4

/** Asks for what explains a failure, all at once, and takes what has come within a moment. */
export async function gatherEvidence(options: EvidenceOptions): Promise<Evidence> {
  const { argocd, name, state, revision } = options
  if (state === undefined) return NO_EVIDENCE
  const found: { -readonly [Key in keyof Evidence]: Evidence[Key] } = { ...NO_EVIDENCE }
  const keep = async <Key extends keyof Evidence>(key: Key, asked: Promise<Evidence[Key]> | undefined) => {
    const value = await asked?.catch(() => undefined)
    if (value !== undefined) found[key] = value
  }
  const current = revisionOf(state.application.status.sync, options.source)
  await settledWithin(WITHIN_MS, [
    keep('warnings', readWarnings(options, state)),
    keep('log', readCrashLog(options)),
    keep('loadFailures', readLoadFailures(options, state)),
    keep('wanted', revision === undefined ? undefined : argocd.commit?.(name, revision)),
    keep('current', current === revision || current === '' ? undefined : argocd.commit?.(name, current)),
    keep(
      'window',
      state.application.status.sync.status === 'OutOfSync' ? argocd.blockingWindow(name) : undefined,
    ),
  ])
  return { ...found }
}

/** Of what is not well, and of the Application itself. */
async function readWarnings(
  { argocd, name }: EvidenceOptions,
  { tree }: LiveState,
): Promise<readonly KubernetesEvent[]> {
  const nodes: (TreeNode | undefined)[] = [...unwellNodes(tree).slice(0, MOST_NODES), undefined]
  const lists = await Promise.all(nodes.map((node) => argocd.events(name, node).catch(() => [])))
  return lists
    .flat()
    .filter(({ type }) => type === 'Warning')
    .toSorted((one, other) => lastSeen(other).localeCompare(lastSeen(one)))
    .slice(0, MOST_WARNINGS)
}

const HAS_ENDED = new Set<PodTrouble['trouble']['code']>(['crash-loop', 'init-failed'])

async function readCrashLog({ argocd, name, troubles, includePodLogs }: EvidenceOptions): Promise<string> {
  const crash = troubles.find(({ trouble }) => HAS_ENDED.has(trouble.code))
  const { pod, container } = crash?.trouble ?? {}
  if (!includePodLogs || crash === undefined || pod === undefined || container === undefined) return ''
  return argocd.containerLog(name, { pod, container, namespace: crash.namespace })
}

async function readLoadFailures(
  { argocd, name }: EvidenceOptions,
  { tree }: LiveState,
): Promise<readonly LoadFailure[]> {
  // One that looks well may yet serve the version before, while that of this commit does not load.
  const services = (tree?.nodes ?? []).filter(({ kind, group }) => {
    return kind === INFERENCE_SERVICES.kind && group === INFERENCE_SERVICES.group
  })
  const read = services.slice(0, MOST_NODES).map(async (node) => {
    const service = await argocd.resource(name, node, INFERENCE_SERVICES.check)
    const info = service?.status.modelStatus?.lastFailureInfo
    if (info === undefined) return []
    const { reason, message, exitCode } = info
    return [{ service: node.name, reason, message, exitCode }]
  })
  return (await Promise.all(read)).flat()
}
