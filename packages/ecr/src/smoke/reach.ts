import { hostname } from 'node:os'
import { Failure, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { askDocker, type Docker } from '../docker.ts'
import { WHAT } from './engine.ts'

/**
 * How what the engine starts is reached from here: by a port of this machine's loopback, or, where this process runs in
 * a container of that very engine, by the address that a container has in the network of both.
 */
export type Reach = { readonly kind: 'loopback' } | { readonly kind: 'network'; readonly network: string }

const LOOPBACK: Reach = { kind: 'loopback' }

/**
 * Asks the engine whether it runs us: a container is called by the beginning of its id unless somebody gave it another
 * name, as neither Docker nor a job's `container` does.
 * @param name of this machine
 * @throws Failure `config` where our network is one that no other container can join
 */
export async function resolveReach(world: World, engine: Docker, name = hostname()): Promise<Reach> {
  if (!/^[0-9a-f]{12}$/.test(name)) return LOOPBACK
  const format = '--format={{.Id}} {{.HostConfig.NetworkMode}}'
  const args = ['inspect', '--type=container', format, name]
  const { exitCode, stdout } = await askDocker(world, engine, { what: WHAT, args, tolerate: [1] })
  return exitCode === 0 ? parseReach(stdout, name) : LOOPBACK
}

/** Reads an id and a network mode (docker/docs "docker container run", `--network`). @throws Failure `config` */
export function parseReach(text: string, name: string): Reach {
  const [id = '', mode = ''] = text.trim().split(' ')
  // Another container may have our name for its own.
  if (!id.startsWith(name) || mode === 'host') return LOOPBACK
  if (mode === 'default') return { kind: 'network', network: 'bridge' }
  if (/^[\w][\w.-]*$/.test(mode) && mode !== 'none') return { kind: 'network', network: mode }
  throw new Failure({
    kind: 'config',
    code: 'SMOKE_NETWORK',
    what: WHAT,
    on: 'the input `smoke`',
    seen: `this job runs in a container whose network is ${sanitizeLine(mode, 100)}, from where no other container can be reached`,
    next: 'Run this step on the runner itself, or leave `smoke` away',
  })
}
