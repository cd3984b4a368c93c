import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { errorCode } from '../containers/caught.ts'
import { type JsonObject, listAt, objectAt, textAt } from '../kubernetes/json.ts'

export type ProbeKind = 'readinessProbe' | 'livenessProbe' | 'startupProbe'

/** Undefined: the probe passed. Otherwise the kubelet's text. */
export type ProbeFailure = string | undefined

/** A port of the pod, and where it is on loopback; undefined: nothing is there. */
export interface ProbedPort {
  readonly pod: number
  readonly host: number | undefined
}

/** The probe of a container, if it has one. */
export function probeOf(container: JsonObject, kind: ProbeKind): JsonObject | undefined {
  const probe = objectAt(container, kind)
  return Object.keys(probe).length === 0 ? undefined : probe
}

/**
 * One probe of a port: HTTP GET if the probe asks for it (2xx and 3xx pass), a TCP connect otherwise.
 * Source: kubernetes pkg/probe/{http,tcp}.
 * @param timeout milliseconds
 */
export function askProbe(probe: JsonObject, port: ProbedPort, timeout: number): Promise<ProbeFailure> {
  const http = objectAt(probe, 'httpGet')
  const path = textAt(http, 'path') ?? '/'
  return probe['httpGet'] === undefined ? probeTcp(port, timeout) : probeHttp(path, http, port, timeout)
}

function probeHttp(path: string, http: JsonObject, port: ProbedPort, timeout: number): Promise<ProbeFailure> {
  const named = listAt(http, 'httpHeaders').map((one) => [
    textAt(one, 'name') ?? '',
    textAt(one, 'value') ?? '',
  ])
  const headers = { 'user-agent': 'kube-probe/1.33', ...Object.fromEntries(named) }
  const failed = (text: string): string => `Get "http://127.0.0.1:${port.pod}${path}": ${text}`
  return new Promise((resolve) => {
    if (port.host === undefined) return resolve(failed(refused(port)))
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: port.host, path, headers, timeout, agent: false },
      (incoming) => {
        incoming.resume()
        const status = incoming.statusCode ?? 0
        resolve(status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('context deadline exceeded')))
    outgoing.on('error', (error) => resolve(failed(textOf(error, port))))
    outgoing.end()
  })
}

function probeTcp(port: ProbedPort, timeout: number): Promise<ProbeFailure> {
  return new Promise((resolve) => {
    if (port.host === undefined) return resolve(refused(port))
    const socket = connect({ host: '127.0.0.1', port: port.host, timeout })
    const finish = (failure: ProbeFailure): void => {
      socket.destroy()
      resolve(failure)
    }
    socket.on('connect', () => finish(undefined))
    socket.on('timeout', () => finish(`dial tcp 127.0.0.1:${port.pod}: i/o timeout`))
    socket.on('error', (error) => finish(textOf(error, port)))
  })
}

function refused({ pod }: ProbedPort): string {
  return `dial tcp 127.0.0.1:${pod}: connect: connection refused`
}

/** An error of this machine in Go's words, with the port that the pod knows. */
function textOf(error: Error, port: ProbedPort): string {
  return errorCode(error) === 'ECONNREFUSED' ? refused(port) : error.message
}
