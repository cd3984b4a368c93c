import { rm } from 'node:fs/promises'
import { errorMessage } from '../containers/caught.ts'
import { listAt } from '../kubernetes/json.ts'
import { timestamp } from '../kubernetes/lifecycle.ts'
import { logTail, modelDirectory, openLog, type PodContext, publish, waitForRestart } from './pod-context.ts'
import { type ContainerRun, containerId } from './pod-run.ts'
import { S3Error } from './s3-request.ts'
import { initializeStorage } from './storage-initializer.ts'

/** Runs the storage-initializer until it succeeds; false when the pod ended first. */
export async function runInitContainer(context: PodContext, container: ContainerRun): Promise<boolean> {
  const { cluster, stopping } = context
  for (let failures = 0; !stopping.aborted; ) {
    const startedAt = timestamp(cluster.clock.now())
    container.created = true
    container.state = { running: { startedAt } }
    publish(context)
    const failed = await fetchModel(context, container)
    if (stopping.aborted) return false
    container.state = {
      terminated: {
        exitCode: failed ? 1 : 0,
        reason: failed ? 'Error' : 'Completed',
        ...(failed ? { message: logTail(context, container) } : {}),
        startedAt,
        finishedAt: timestamp(cluster.clock.now()),
        containerID: containerId(context.pod, container),
      },
    }
    if (!failed) {
      container.ready = true
      publish(context)
      return true
    }
    failures += 1
    await waitForRestart(context, container, failures)
  }
  return false
}

async function fetchModel(context: PodContext, container: ContainerRun): Promise<boolean> {
  const { cluster, stopping } = context
  const [spec] = listAt(context.pod, 'spec', 'initContainers')
  const [uri] = Array.isArray(spec?.['args']) ? spec['args'] : []
  const write = openLog(context, container)
  const directory = modelDirectory(context)
  try {
    await rm(directory, { recursive: true, force: true })
    await initializeStorage({
      uri: typeof uri === 'string' ? uri : '',
      directory,
      storage: cluster.options.storage,
      now: cluster.clock.now(),
      signal: stopping,
      say: (line) => write(`${line}\n`),
    })
    return false
  } catch (error) {
    write(traceback(error))
    return true
  }
}

/** Python's last words, without the places in the code: the cause stands before what was made of it. */
function traceback(error: unknown): string {
  const first = 'Traceback (most recent call last):\n'
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return `${first}${errorMessage(error)}\n`
  const type = cause instanceof S3Error ? 'ClientError' : cause.constructor.name
  const chained = 'The above exception was the direct cause of the following exception:'
  return `${first}botocore.exceptions.${type}: ${cause.message}\n\n${chained}\n\n${first}${errorMessage(error)}\n`
}
