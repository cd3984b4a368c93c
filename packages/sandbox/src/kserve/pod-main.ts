import { createServer } from 'node:net'
import { type Container, type ContainerExit, type PulledImage, startContainer } from '../containers/index.ts'
import { type JsonObject, listAt, textAt } from '../kubernetes/json.ts'
import { timestamp } from '../kubernetes/lifecycle.ts'
import { resolveEnvironment } from './environment.ts'
import {
  logTail,
  modelDirectory,
  openLog,
  type PodContext,
  publish,
  tell,
  waitForRestart,
} from './pod-context.ts'
import { type ContainerRun, containerId, waiting } from './pod-run.ts'
import { probe } from './probe.ts'

/** Runs the server of the pod until the pod ends, restarting it with back-off whenever it exits. */
export async function runServer(context: PodContext, image: PulledImage): Promise<void> {
  const { cluster, stopping } = context
  const container = context.run.main
  for (let failures = 0; !stopping.aborted; ) {
    const environment = await waitForEnvironment(context, container)
    if (!environment) return
    const startedAt = timestamp(cluster.clock.now())
    const exit = await runOnce(context, container, image, environment, startedAt)
    container.ready = false
    if (stopping.aborted) return
    container.state = { terminated: terminatedState(context, container, exit, startedAt) }
    failures += 1
    await waitForRestart(context, container, failures)
  }
}

/** Undefined when the pod ended before every secret and config map was there. */
async function waitForEnvironment(
  context: PodContext,
  container: ContainerRun,
): Promise<Record<string, string> | undefined> {
  const { cluster, pod, stopping } = context
  while (!stopping.aborted) {
    const resolved = resolveEnvironment(cluster.state.store, pod.metadata.namespace ?? '', specOf(context))
    if ('env' in resolved) return resolved.env
    container.state = waiting('CreateContainerConfigError', resolved.missing)
    publish(context)
    tell(context, 'Warning', 'Failed', `Error: ${resolved.missing}`)
    await cluster.clock.sleep(cluster.timings.pullBackOff, stopping)
  }
  return undefined
}

function specOf(context: PodContext): JsonObject {
  return listAt(context.pod, 'spec', 'containers')[0] ?? {}
}

async function runOnce(
  context: PodContext,
  container: ContainerRun,
  image: PulledImage,
  env: Record<string, string>,
  startedAt: string,
): Promise<ContainerExit> {
  const { cluster, key } = context
  const port = await freePort()
  const process = startProcess(context, container, image, env, port)
  container.created = true
  container.state = { running: { startedAt } }
  tell(context, 'Normal', 'Created', `Created container: ${container.name}`)
  tell(context, 'Normal', 'Started', `Started container ${container.name}`)
  publish(context)
  const url = `http://127.0.0.1:${port}`
  cluster.state.podUrls.set(`${key.namespace}/${key.name}`, url)
  const life = new AbortController()
  const signal = AbortSignal.any([life.signal, context.stopping])
  const probing = watchReadiness(context, container, port, signal)
  const exit = await Promise.race([process.exited, whenAborted(signal)])
  life.abort()
  await probing
  if (exit) return exit
  // Routing has ended with the deletionTimestamp; what is under way may still finish.
  if (!cluster.signal.aborted)
    await Promise.race([cluster.idle(url), cluster.clock.sleep(cluster.timings.drain, cluster.signal)])
  tell(context, 'Normal', 'Killing', `Stopping container ${container.name}`)
  return process.stop()
}

/** The server is told its port by PORT and by a `--http_port`; the model is at /mnt/models and in MODEL_DIR. */
function startProcess(
  context: PodContext,
  container: ContainerRun,
  image: PulledImage,
  env: Record<string, string>,
  port: number,
): Container {
  const spec = specOf(context)
  const args = texts(spec['args'])?.map((arg) => arg.replace(/^(--(?:http[_-])?port)=8080$/, `$1=${port}`))
  const command = texts(spec['command'])
  const models = context.run.init ? { '/mnt/models': modelDirectory(context) } : {}
  return startContainer({
    rootfs: image.rootfs,
    config: image.config,
    env: { ...env, PORT: String(port), MODEL_DIR: '/mnt/models' },
    mounts: models,
    ...(args === undefined ? {} : { args }),
    ...(command === undefined ? {} : { command }),
    onOutput: openLog(context, container),
    graceMs: context.cluster.timings.grace,
  })
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined
}

/** One success makes the pod ready, three failures in a row unready. */
async function watchReadiness(
  context: PodContext,
  container: ContainerRun,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const { cluster } = context
  const { probeEvery, probeTimeout } = cluster.timings
  for (let failures = 0; !signal.aborted; await cluster.clock.sleep(probeEvery, signal)) {
    const failure = await probe(specOf(context), port, probeTimeout)
    if (signal.aborted) return
    failures = failure === undefined ? 0 : failures + 1
    // The first moments of a server are silent; a kubelet whose period is 10 s does not see them either.
    if (failure !== undefined && failures > 2)
      tell(context, 'Warning', 'Unhealthy', `Readiness probe failed: ${failure}`)
    const ready = failure === undefined || (container.ready && failures < 3)
    if (ready === container.ready) continue
    container.ready = ready
    publish(context)
  }
}

/** A process that dies by SIGKILL, which nobody here sent, stands for one that the kernel killed for its memory. */
function terminatedState(
  context: PodContext,
  container: ContainerRun,
  exit: ContainerExit,
  startedAt: string,
): JsonObject {
  const killed = exit.signal === 'SIGKILL'
  const exitCode = exit.code ?? (killed ? 137 : 143)
  const fallback = textAt(specOf(context), 'terminationMessagePolicy') === 'FallbackToLogsOnError'
  return {
    exitCode,
    reason: killed ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error',
    ...(fallback && exitCode !== 0 ? { message: logTail(context, container) } : {}),
    startedAt,
    finishedAt: timestamp(context.cluster.clock.now()),
    containerID: containerId(context.pod, container),
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
