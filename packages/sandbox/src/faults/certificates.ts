import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import {
  bitString,
  boolean,
  context,
  implicit,
  integer,
  objectId,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts'

/** A certificate that can sign others, or itself. */
export interface Authority {
  readonly name: string
  /** PEM */
  readonly certificate: string
  readonly key: KeyObject
}

/** PEM, as TLS servers take it. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

export interface IdentityOptions {
  /** DNS names and IPv4 addresses that the certificate is for. */
  readonly hosts: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const DAY = 86_400_000
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))
const COMMON_NAME = objectId('2.5.4.3')
const BASIC_CONSTRAINTS = objectId('2.5.29.19')
const KEY_USAGE = objectId('2.5.29.15')
const SUBJECT_ALT_NAME = objectId('2.5.29.17')
/** keyCertSign and cRLSign, bits 5 and 6. */
const SIGNING = bitString(Buffer.of(0b0000_0110), 1)

/** A new CA whose certificate is valid from yesterday for a month. */
export function createAuthority(name = 'Sandbox CA'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const extensions = [
    sequence(BASIC_CONSTRAINTS, boolean(true), octetString(sequence(boolean(true)))),
    sequence(KEY_USAGE, boolean(true), octetString(SIGNING)),
  ]
  const subject = { name, publicKey: keys.publicKey, extensions, ...validity({}) }
  return { name, key: keys.privateKey, certificate: certify(subject, { name, key: keys.privateKey }) }
}

/** A server certificate of this authority, or one that signed itself. RFC 5280, section 4. */
export function createIdentity(options: IdentityOptions, authority?: Authority): Identity {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = options.hosts[0] ?? 'nobody'
  const extensions = [
    sequence(SUBJECT_ALT_NAME, octetString(sequence(...options.hosts.map(alternativeName)))),
  ]
  const subject = { name, publicKey: keys.publicKey, extensions, ...validity(options) }
  return {
    cert: certify(subject, authority ?? { name, key: keys.privateKey }),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

interface Subject {
  readonly name: string
  readonly publicKey: KeyObject
  readonly extensions: readonly Buffer[]
  readonly notBefore: Date
  readonly notAfter: Date
}

function certify(subject: Subject, issuer: { readonly name: string; readonly key: KeyObject }): string {
  const body = sequence(
    context(0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer.name),
    sequence(time(subject.notBefore), time(subject.notAfter)),
    distinguishedName(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(...subject.extensions)),
  )
  const signature = sign('sha256', body, issuer.key)
  return toPem(sequence(body, ECDSA_WITH_SHA256, bitString(signature)))
}

function distinguishedName(name: string): Buffer {
  return sequence(set(sequence(COMMON_NAME, utf8String(name))))
}

function alternativeName(host: string): Buffer {
  return isIPv4(host) ? implicit(7, Buffer.from(host.split('.').map(Number))) : implicit(2, Buffer.from(host))
}

function validity({ notBefore, notAfter }: Partial<IdentityOptions>): { notBefore: Date; notAfter: Date } {
  const now = Date.now()
  return { notBefore: notBefore ?? new Date(now - DAY), notAfter: notAfter ?? new Date(now + 30 * DAY) }
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
