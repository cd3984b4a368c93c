import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { type JsonObject, listAt, objectAt, textAt } from '../kubernetes/json.ts'

/** Undefined: the probe passed. Otherwise the kubelet's text. */
export type ProbeFailure = string | undefined

/**
 * One readiness probe of the server on `port` of loopback: HTTP GET if the container asks for it (2xx and 3xx pass),
 * a TCP connect otherwise. Source: kubernetes pkg/probe/{http,tcp}.
 */
export function probe(container: JsonObject, port: number, timeout: number): Promise<ProbeFailure> {
  const http = objectAt(container, 'readinessProbe', 'httpGet')
  const path = textAt(http, 'path')
  return path === undefined ? probeTcp(port, timeout) : probeHttp(path, http, port, timeout)
}

function probeHttp(path: string, http: JsonObject, port: number, timeout: number): Promise<ProbeFailure> {
  const named = listAt(http, 'httpHeaders').map((one) => [
    textAt(one, 'name') ?? '',
    textAt(one, 'value') ?? '',
  ])
  const headers = { 'user-agent': 'kube-probe/1.33', ...Object.fromEntries(named) }
  return new Promise((resolve) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, path, headers, timeout, agent: false },
      (incoming) => {
        incoming.resume()
        const status = incoming.statusCode ?? 0
        resolve(status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('context deadline exceeded')))
    outgoing.on('error', (error) => resolve(`Get "http://127.0.0.1:${port}${path}": ${error.message}`))
    outgoing.end()
  })
}

function probeTcp(port: number, timeout: number): Promise<ProbeFailure> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout })
    const finish = (failure: ProbeFailure): void => {
      socket.destroy()
      resolve(failure)
    }
    socket.on('connect', () => finish(undefined))
    socket.on('timeout', () => finish(`dial tcp 127.0.0.1:${port}: i/o timeout`))
    socket.on('error', (error) => finish(`dial tcp 127.0.0.1:${port}: ${error.message}`))
  })
}
