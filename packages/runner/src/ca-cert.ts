import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure, messageOf } from '@mlops-actions/diagnostics'

/**
 * The input `ca-cert`: PEM text as it is, or what stands in the file that it names.
 * @throws Failure `config` where there is no such file
 */
export async function readCaCert(given: string | undefined, workspace: string): Promise<string | undefined> {
  if (given === undefined || given.includes('-----BEGIN CERTIFICATE-----')) return given
  return readFile(resolve(workspace, given), 'utf8').catch((cause: unknown) => {
    throw new Failure({
      kind: 'config',
      code: 'CA_CERT',
      what: 'Cannot read the certificates',
      on: 'the input `ca-cert`',
      seen: messageOf(cause),
      next: 'Give PEM certificates, or the path of a file with them',
      cause,
    })
  })
}
