import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Base64 of `user:password` by host, as Docker has it. */
export type RegistryAuths = ReadonlyMap<string, string>

type Env = Readonly<Record<string, string | undefined>>

/** Docker Hub's key is this URL for historical reasons (docker/cli cli/config/configfile). */
export const HUB_KEY = 'https://index.docker.io/v1/'

/**
 * The logins that this job has in DOCKER_AUTH_CONFIG and in its Docker configuration. Credential helpers are programs,
 * and none is started: what they keep is not seen here. A file that cannot be read has no logins.
 */
export async function readRegistryAuths(env: Env): Promise<RegistryAuths> {
  const folder = env['DOCKER_CONFIG'] ?? join(env['HOME'] ?? '/', '.docker')
  const file = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '')
  return new Map([...parseAuths(file), ...parseAuths(env['DOCKER_AUTH_CONFIG'] ?? '')])
}

function parseAuths(text: string): readonly [string, string][] {
  const auths = record(record(parse(text))['auths'])
  return Object.entries(auths).flatMap(([key, entry]): [string, string][] => {
    const auth = record(entry)['auth']
    return typeof auth === 'string' && auth !== '' ? [[hostOf(key), auth]] : []
  })
}

/** Keys are hosts, or URLs of them. */
function hostOf(key: string): string {
  return key === HUB_KEY ? 'docker.io' : key.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The message quotes the text, which holds passwords.
    return undefined
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
