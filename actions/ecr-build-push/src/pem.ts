import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { type Failure, withDetails, wrongInput } from '@mlops-actions/diagnostics'
import type { BuildkitTls } from '@mlops-actions/ecr/buildkit'
import { Expected } from '@mlops-actions/text'
import { CONTROL } from './values.ts'

const BEGIN = '-----BEGIN '

/** PEM as it is, or the path of a file with it, as a secret of Kubernetes is mounted. @throws Expected */
export function parsePem(text: string): string {
  if (text.startsWith(BEGIN)) return text
  if (isAbsolute(text) && !CONTROL.test(text)) return text
  // Of PEM without its first line nobody can say whether it is a key.
  throw new Expected('PEM (-----BEGIN …) or the absolute path of a file with it', { holdsSecret: true })
}

/** A path is no secret; whatever else it is may be one. */
export function pemSecrets(text: string): readonly string[] {
  return isAbsolute(text) ? [] : [text]
}

/**
 * The text of an input, or of the file that it names.
 * @throws Failure `config`
 */
export async function readPem(given: string, input: string): Promise<string> {
  if (given.startsWith(BEGIN)) return `${given}\n`
  return readFile(given, 'utf8').catch((cause: unknown) => {
    throw wrongPem(
      input,
      `the file ${given} cannot be read`,
      'Mount it into the job, and let its user read it',
      cause,
    )
  })
}

/** What Node and Go would refuse later, in other words. */
export function assertPair({ ca, cert, key }: BuildkitTls): void {
  const certificate = readAs('buildkit-cert', 'a certificate', () => new X509Certificate(cert))
  readAs('buildkit-ca', 'a certificate', () => new X509Certificate(ca))
  const secret = readAs('buildkit-key', 'a private key without a passphrase', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(secret))
    throw wrongPem(
      'buildkit-key',
      'it is not the key of `buildkit-cert`',
      'Give the certificate and the key that were made together',
    )
}

function readAs<T>(input: string, want: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw wrongPem(input, `it is not ${want}`, `Give ${want} as PEM`, cause)
  }
}

function wrongPem(input: string, seen: string, next: string, cause?: unknown): Failure {
  return withDetails(wrongInput(input, { code: 'BUILDKIT_PEM', seen, next }), { cause })
}
