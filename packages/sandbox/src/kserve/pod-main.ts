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
import { allocatePorts, type PortMap, portsOf, servingPort, tellPorts, type Words } from './pod-ports.ts'
import { type Verdict, watchProbes } from './pod-probes.ts'
import { type ContainerRun, containerId, waiting } from './pod-run.ts'

/** Runs the server of the pod until the pod ends, restarting it with back-off whenever it exits. */
export async function runServer(context: PodContext, image: PulledImage): Promise<void> {
  const { cluster, stopping } = context
  const container = context.run.main
  for (let failures = 0; !stopping.aborted; ) {
    const environment = await waitForEnvironment(context, container)
    if (!environment) return
    const startedAt = timestamp(cluster.clock.now())
    const exit = await runOnce(context, container, { image, env: environment, startedAt })
    container.ready = false
    if (exit === undefined) return
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

interface Launch {
  readonly image: PulledImage
  readonly env: Readonly<Record<string, string>>
  readonly startedAt: string
}

/** How a server ended, and whether the kubelet ended it because of a probe. */
interface Ending extends ContainerExit {
  readonly probe: Verdict
}

/** Undefined: the server cannot run here, whatever is tried. */
async function runOnce(
  context: PodContext,
  container: ContainerRun,
  launch: Launch,
): Promise<Ending | undefined> {
  const spec = specOf(context)
  const words = wordsOf(spec, launch)
  const ports = await allocatePorts(portsOf(spec, words))
  const told = tellPorts(words, ports)
  if (told === undefined) return refusePortless(context, container)
  const process = startProcess(context, container, launch.image, told)
  container.created = true
  container.state = { running: { startedAt: launch.startedAt } }
  tell(context, 'Normal', 'Created', `Created container: ${container.name}`)
  tell(context, 'Normal', 'Started', `Started container ${container.name}`)
  publish(context)
  const url = announce(context, spec, ports)
  const life = new AbortController()
  const signal = AbortSignal.any([life.signal, context.stopping])
  const probing = watchProbes({ context, spec, run: container, ports, signal })
  const ended = await Promise.race([process.exited, probing])
  life.abort()
  const probe = await probing
  if (typeof ended === 'object') return { ...ended, probe: undefined }
  // Routing has ended with the deletionTimestamp; what is under way may still finish.
  if (probe === undefined && !context.cluster.signal.aborted) await drained(context, url)
  tell(context, 'Normal', 'Killing', killingText(container, probe))
  return { ...(await process.stop()), probe }
}

function killingText({ name }: ContainerRun, probe: Verdict): string {
  if (probe === undefined) return `Stopping container ${name}`
  return `Container ${name} failed ${probe} probe, will be restarted`
}

async function drained({ cluster }: PodContext, url: string): Promise<void> {
  await Promise.race([cluster.idle(url), cluster.clock.sleep(cluster.timings.drain, cluster.signal)])
}

/** Says where the pod's ports are; the answer is the URL of the port that traffic comes to. */
function announce({ cluster, key }: PodContext, spec: JsonObject, ports: PortMap): string {
  const { podUrls } = cluster.state
  const path = `${key.namespace}/${key.name}`
  for (const [pod, host] of ports) podUrls.set(`${path}:${pod}`, `http://127.0.0.1:${host}`)
  const url = `http://127.0.0.1:${ports.get(servingPort(spec)) ?? 0}`
  podUrls.set(path, url)
  return url
}

function wordsOf(spec: JsonObject, { image, env }: Launch): Words {
  return { env, config: image.config, command: texts(spec['command']), args: texts(spec['args']) }
}

function refusePortless(context: PodContext, container: ContainerRun): undefined {
  const message =
    'the sandbox cannot tell this server its port: set PORT in its environment, or --port or --http_port in its arguments'
  container.state = waiting('CreateContainerConfigError', message)
  publish(context)
  tell(context, 'Warning', 'Failed', `Error: ${message}`)
}

function startProcess(
  context: PodContext,
  container: ContainerRun,
  image: PulledImage,
  { env, config, command, args }: Words,
): Container {
  return startContainer({
    rootfs: image.rootfs,
    config,
    env,
    mounts: context.run.init ? { '/mnt/models': modelDirectory(context) } : {},
    ...(args === undefined ? {} : { args }),
    ...(command === undefined ? {} : { command }),
    onOutput: openLog(context, container),
    graceMs: context.cluster.timings.grace,
  })
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined
}

/** A process that dies by SIGKILL, which nobody here sent, stands for one that the kernel killed for its memory. */
function terminatedState(
  context: PodContext,
  container: ContainerRun,
  exit: Ending,
  startedAt: string,
): JsonObject {
  const killed = exit.signal === 'SIGKILL'
  const reason = killed && exit.probe === undefined ? 'OOMKilled' : 'Error'
  const exitCode = exit.code ?? (killed ? 137 : 143)
  const fallback = textAt(specOf(context), 'terminationMessagePolicy') === 'FallbackToLogsOnError'
  return {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : reason,
    ...(fallback && exitCode !== 0 ? { message: logTail(context, container) } : {}),
    startedAt,
    finishedAt: timestamp(context.cluster.clock.now()),
    containerID: containerId(context.pod, container),
  }
}
