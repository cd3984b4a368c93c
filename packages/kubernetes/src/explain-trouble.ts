import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import { pullAdvice } from './image-pull.ts'
import type { Trouble, TroubleCode } from './trouble.ts'

export interface TroubleContext {
  readonly namespace: string
  /** Whether output of the user's containers may be shown. */
  readonly showLogs: boolean
}

const WHAT: Readonly<Record<TroubleCode, string>> = {
  'init-failed': 'The new version does not start: its init container fails',
  'crash-loop': 'The new version does not start: its server ends again and again',
  'image-name': 'The new version does not start: its image has no valid name',
  'image-pull': 'The new version does not start: its image cannot be pulled',
  'container-config': 'The new version does not start: its container cannot be created',
  'create-refused': 'The new version does not start: its pods are refused',
  'progress-deadline': 'The rollout of the new version stands still',
  unschedulable: 'The new version does not start: no node takes its pod',
}

/** A trouble that has lasted, as the sentence that its user reads. Kind `workload`, `quota` or `policy`. */
export function explainTrouble(trouble: Trouble, { namespace, showLogs }: TroubleContext): Failure {
  return new Failure({
    kind: kindOf(trouble),
    code: `ROLLOUT_${trouble.code.replaceAll('-', '_').toUpperCase()}`,
    what: WHAT[trouble.code],
    on: `${trouble.on}, namespace ${namespace}`,
    seen: describeTrouble(trouble, showLogs),
    next: adviceFor(trouble, namespace, showLogs),
    retryable: false,
  })
}

function kindOf({ code, message }: Trouble): FailureKind {
  if (code !== 'create-refused') return 'workload'
  if (/quota/i.test(message)) return 'quota'
  return /denied|forbidden|policy/i.test(message) ? 'policy' : 'workload'
}

/** `ImagePullBackOff: manifest unknown`, `CrashLoopBackOff (exit code 3, ended 4 times)`: what is seen of it. */
export function describeTrouble(trouble: Trouble, showLogs: boolean): string {
  const { reason, message, isLog, exitCode, failures } = trouble
  const counts = [
    exitCode === undefined ? '' : `exit code ${exitCode}`,
    failures === undefined ? '' : `ended ${failures} times`,
  ].filter((part) => part !== '')
  const head = counts.length === 0 ? reason : `${reason} (${counts.join(', ')})`
  return message === '' || (isLog && !showLogs) ? head : `${head}: ${message}`
}

function adviceFor(trouble: Trouble, namespace: string, showLogs: boolean): string {
  const { code, pod = '', container = '', reason, message } = trouble
  const log = `\`kubectl logs -n ${namespace} ${pod} -c ${container} --previous\`${showLogs ? '' : ', or set include-pod-logs: true'}`
  switch (code) {
    case 'crash-loop':
      if (reason === 'OOMKilled') {
        return 'Raise the memory limit of the predictor, or load less: the kernel killed the server for its memory'
      }
      return `Read why it ends with ${log}; then start the same image with the same model on your machine`
    case 'init-failed':
      return `Read why with ${log}`
    case 'image-name':
      return 'Correct the image in the manifest: it must read registry/repository:tag or registry/repository@sha256:…'
    case 'image-pull':
      return pullAdvice(message)
    case 'container-config':
      return 'Create what the pod refers to (a Secret or ConfigMap, or a key in it), or correct the reference or the command'
    case 'create-refused':
      return /quota/i.test(message)
        ? 'Raise the ResourceQuota of the namespace or lower the requests: a rolling update needs room for one pod more'
        : 'Change the pod so that the admission policy named above accepts it, or the policy'
    case 'progress-deadline':
      return `Look at the new pods: \`kubectl describe pods -n ${namespace}\``
    case 'unschedulable':
      return 'Add nodes, or lower the requests or the affinity of the predictor'
  }
}
