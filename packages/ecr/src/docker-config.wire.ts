import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { childEnv, isOnPath } from '@mlops-actions/process'

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
  const file = await readFile(configFile(env), 'utf8').catch(() => '')
  return new Map([...parseAuths(file), ...parseAuths(env['DOCKER_AUTH_CONFIG'] ?? '')])
}

/** Where nothing is configured, Docker takes the one of its system if that is installed (docker/cli cli/config/credentials). */
const DEFAULT_HELPERS = ['pass', 'secretservice', 'osxkeychain', 'wincred']

/**
 * Whether the Docker configuration of this job may have a login of one of these hosts; what stands in DOCKER_AUTH_CONFIG does not
 * count. No helper is started: what cannot be seen may be one.
 * @param hosts of any host where it is left out
 */
export async function mayBeOpened(env: Env, hosts?: readonly string[]): Promise<boolean> {
  if (hosts?.length === 0) return false
  const text = await readFile(configFile(env), 'utf8').catch(textOfTrouble)
  const config = parse(text)
  if (typeof config !== 'object' || config === null) return true
  const { auths, credHelpers, credsStore = '' } = record(config)
  if (credsStore !== '') return true
  const named = [auths, credHelpers].flatMap((entries) => Object.keys(record(entries)).map(hostOf))
  if (named.some((host) => hosts === undefined || hosts.includes(host))) return true
  return DEFAULT_HELPERS.some((name) => isOnPath(`docker-credential-${name}`, childEnv(env)))
}

/** Of a file that is not there, nothing; a file that cannot be read may say anything. */
function textOfTrouble(trouble: unknown): string {
  return record(trouble)['code'] === 'ENOENT' ? '{}' : ''
}

function configFile(env: Env): string {
  const home = env['HOME'] || env['USERPROFILE'] || '/'
  return join(env['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json')
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
