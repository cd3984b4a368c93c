import { Failure, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { askDocker, type Docker, firstLine } from '../docker.ts'

/** What cannot be done where the engine does not answer. */
export const WHAT = 'Cannot start the built image'

/**
 * Whether there is an engine here, and one whose loopback is ours.
 * @throws Failure `config`
 */
export async function assertEngine(world: World, engine: Docker): Promise<void> {
  const refuse = (code: string, seen: string): Failure =>
    new Failure({
      kind: 'config',
      code,
      what: WHAT,
      on: 'the input `smoke`',
      seen,
      next: 'Run this step where a Docker engine is, as on the runners of GitHub, or leave `smoke` away',
    })
  const ask = (...args: string[]) => askDocker(world, engine, { what: WHAT, args, tolerate: [1] })
  const [version, endpoint] = await Promise.all([
    ask('version', '--format', '{{.Server.Version}}'),
    ask('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'),
  ])
  if (version.exitCode !== 0)
    throw refuse('SMOKE_NO_ENGINE', `there is no Docker engine: ${firstLine(version.stderr)}`)
  if (endpoint.exitCode !== 0)
    throw refuse('SMOKE_ENGINE_UNKNOWN', `nobody can say where the engine is: ${firstLine(endpoint.stderr)}`)
  const host = endpoint.stdout.trim()
  if (!/^(?:unix|npipe):\/\//.test(host))
    throw refuse(
      'SMOKE_REMOTE_ENGINE',
      `the engine is at ${sanitizeLine(host === '' ? 'no address' : host, 200)}, and what it runs cannot be reached from here`,
    )
}
