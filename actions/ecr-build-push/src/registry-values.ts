import { isRoleArn } from '@mlops-actions/aws'
import { parseRegistry, parseRegistryHost } from '@mlops-actions/ecr'
import { registryHost } from '@mlops-actions/oci'
import { Expected, parseLines } from '@mlops-actions/text'
import { CONTROL } from './values.ts'

/** How a registry is opened: by a password of its own, or, one of ECR, by a token that AWS gives for credentials. */
export type RegistryLogin =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'ecr'; readonly role: string | undefined }

const WANT =
  'lines of host=user:password, or, for a registry of ECR, of its host alone or host=arn:aws:iam::…:role/…'

/** @throws Expected, whose words hold nothing of the text */
export function parseRegistries(text: string): ReadonlyMap<string, RegistryLogin> {
  const logins = new Map<string, RegistryLogin>()
  for (const line of parseLines(text)) {
    const at = line.indexOf('=')
    const host = parseHost(at === -1 ? line : line.slice(0, at).trim())
    if (logins.has(host)) throw new Expected(`${WANT}; ${host} stands twice`)
    logins.set(host, at === -1 ? ecrLogin(host, undefined) : parseLogin(host, line.slice(at + 1).trim()))
  }
  return logins
}

/** What must not be shown of the text, however little of it is well-formed. */
export function passwordsOf(text: string): readonly string[] {
  return parseLines(text).flatMap((line) => {
    const value = line.slice(line.indexOf('=') + 1).trim()
    if (!line.includes('=')) return isHost(line) ? [] : [line]
    if (isRoleArn(value)) return []
    const password = value.slice(value.indexOf(':') + 1)
    return password === '' ? [] : [password, basic(value)]
  })
}

/** As Docker's configuration and the header of HTTP have it. */
export function basic(login: string): string {
  return Buffer.from(login, 'utf8').toString('base64')
}

function isHost(text: string): boolean {
  try {
    return parseRegistry(text) === text
  } catch {
    return false
  }
}

function parseHost(text: string): string {
  try {
    return registryHost(parseRegistry(text))
  } catch {
    throw new Expected(WANT)
  }
}

function parseLogin(host: string, value: string): RegistryLogin {
  if (value.startsWith('arn:')) {
    if (!isRoleArn(value)) throw new Expected(`${WANT}; that of ${host} is no ARN of a role`)
    return ecrLogin(host, value)
  }
  const at = value.indexOf(':')
  const password = value.slice(at + 1)
  if (at < 1 || password === '' || CONTROL.test(value))
    throw new Expected(`${WANT}; ${host} has no user and password`)
  return { kind: 'password', user: value.slice(0, at), password }
}

function ecrLogin(host: string, role: string | undefined): RegistryLogin {
  const { kind } = parseRegistryHost(host)
  if (kind !== 'private' && kind !== 'loopback')
    throw new Expected(`${WANT}; ${host} is no registry of ECR, so it needs user and password`)
  return { kind: 'ecr', role }
}
