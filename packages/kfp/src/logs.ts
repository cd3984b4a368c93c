import { messageOf, type World } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { Kfp } from './client.ts'
import { explainFor } from './explain.ts'

const LOG_BYTES = 32 * 1024 * 1024
const TAIL_LINES = 40

/**
 * The last lines of a task's log; '' where it cannot be had. The API server answers 200 before it knows whether there is a
 * log, and then writes its error as JSON (run_log_server.go); the UI server has a route of its own.
 */
export async function readLogTail(
  world: World,
  http: HttpClient,
  { address }: Kfp,
  { runId, pod, namespace }: { readonly runId: string; readonly pod: string; readonly namespace: string },
): Promise<string> {
  if (pod === '') return ''
  const query = new URLSearchParams({ podname: pod, runid: runId })
  if (namespace !== '') query.set('podnamespace', namespace)
  const url = address.viaUi
    ? `${address.api}/k8s/pod/logs?${query}`
    : `${address.api}/apis/v1alpha1/runs/${encodeURIComponent(runId)}/nodes/${encodeURIComponent(pod)}/log`
  try {
    const what = 'Cannot read the log of the task'
    const answer = await http.request({
      url,
      what,
      maxBytes: LOG_BYTES,
      retries: 1,
      explain: explainFor('get runs'),
    })
    const text = answer.body.toString('utf8').trimEnd()
    return /^\{"error_message":/.test(text) ? '' : text.split('\n').slice(-TAIL_LINES).join('\n')
  } catch (error) {
    if (world.signal.aborted) throw error
    world.log.debug(`The log of the task cannot be read: ${messageOf(error)}`)
    return ''
  }
}
