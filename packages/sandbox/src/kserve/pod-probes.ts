import { type JsonObject, numberAt } from '../kubernetes/json.ts'
import { type PodContext, publish, tell } from './pod-context.ts'
import { type PortMap, probePort } from './pod-ports.ts'
import type { ContainerRun } from './pod-run.ts'
import { askProbe, type ProbeFailure, type ProbeKind, probeOf } from './probe.ts'

export interface ProbedServer {
  readonly context: PodContext
  /** The container as its manifest describes it. */
  readonly spec: JsonObject
  readonly run: ContainerRun
  readonly ports: PortMap
  /** Aborted when the server is no more. */
  readonly signal: AbortSignal
}

/** Which probe wants the server to be started anew; undefined once the server is no more. */
export type Verdict = 'liveness' | 'startup' | undefined

/**
 * The probes of one server: startup until it passes, then readiness and liveness side by side.
 * Source: kubernetes pkg/kubelet/prober/worker.go.
 */
export async function watchProbes(server: ProbedServer): Promise<Verdict> {
  if (!(await hasStarted(server))) return server.signal.aborted ? undefined : 'startup'
  const over = new AbortController()
  const signal = AbortSignal.any([server.signal, over.signal])
  const ready = watchReadiness({ ...server, signal })
  const dead = await isDead({ ...server, signal })
  over.abort()
  await ready
  return dead ? 'liveness' : undefined
}

/** Runs of failures and of successes, as long as they last. */
interface Row {
  readonly failure: ProbeFailure
  readonly passed: number
  readonly failed: number
}

/** False when the probe has failed as often as it may, or the server is no more. */
async function hasStarted(server: ProbedServer): Promise<boolean> {
  const probe = probeOf(server.spec, 'startupProbe')
  if (probe === undefined) return true
  const limit = numberAt(probe, 'failureThreshold') ?? 3
  for await (const row of asked(server, 'startupProbe', probe)) {
    if (row.failure === undefined) return true
    tell(server.context, 'Warning', 'Unhealthy', `Startup probe failed: ${row.failure}`)
    if (row.failed >= limit) return false
  }
  return false
}

async function isDead(server: ProbedServer): Promise<boolean> {
  const probe = probeOf(server.spec, 'livenessProbe')
  if (probe === undefined) {
    await untilAborted(server.signal)
    return false
  }
  const limit = numberAt(probe, 'failureThreshold') ?? 3
  for await (const row of asked(server, 'livenessProbe', probe)) {
    if (row.failure !== undefined)
      tell(server.context, 'Warning', 'Unhealthy', `Liveness probe failed: ${row.failure}`)
    if (row.failed >= limit) return true
  }
  return false
}

async function watchReadiness(server: ProbedServer): Promise<void> {
  const probe = probeOf(server.spec, 'readinessProbe') ?? {}
  const limit = numberAt(probe, 'failureThreshold') ?? 3
  const enough = numberAt(probe, 'successThreshold') ?? 1
  for await (const { failure, passed, failed } of asked(server, 'readinessProbe', probe)) {
    // The first moments of a server are silent; a kubelet whose period is 10 s does not see them either.
    if (failure !== undefined && failed >= limit)
      tell(server.context, 'Warning', 'Unhealthy', `Readiness probe failed: ${failure}`)
    const ready =
      failure === undefined ? server.run.ready || passed >= enough : server.run.ready && failed < limit
    if (ready === server.run.ready) continue
    server.run.ready = ready
    publish(server.context)
  }
}

/** One answer after the other. A period lasts as the timings say, whatever the manifest does; its delay keeps its proportion. */
async function* asked(server: ProbedServer, kind: ProbeKind, probe: JsonObject): AsyncGenerator<Row> {
  const { context, signal } = server
  const { clock, timings } = context.cluster
  const period = numberAt(probe, 'periodSeconds') ?? 10
  const delay = (numberAt(probe, 'initialDelaySeconds') ?? 0) / period
  const timeout = timings.probeTimeout * (numberAt(probe, 'timeoutSeconds') ?? 1)
  const pod = probePort(server.spec, kind)
  const every = kind === 'readinessProbe' ? timings.probeEvery : timings.livenessEvery
  if (delay > 0) await clock.sleep(every * delay, signal)
  for (let row: Row = { failure: undefined, passed: 0, failed: 0 }; !signal.aborted; ) {
    const failure =
      pod === undefined
        ? 'strconv.Atoi: the container has no port of that name'
        : await askProbe(probe, { pod, host: server.ports.get(pod) }, timeout)
    if (signal.aborted) return
    row =
      failure === undefined
        ? { failure, passed: row.passed + 1, failed: 0 }
        : { failure, passed: 0, failed: row.failed + 1 }
    yield row
    await clock.sleep(every, signal)
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
