import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { Failure, type FailureDetails } from '@mlops-actions/diagnostics'
import { type BuildkitAddress, type BuildkitTls, isOnThisMachine } from '@mlops-actions/ecr/buildkit'
import type { Problem } from '@mlops-actions/runner'
import { Expected } from '@mlops-actions/text'

/** A BuildKit elsewhere, and how it knows us. */
export interface BuildkitWish {
  readonly address: BuildkitAddress
  readonly tls: BuildkitTls | undefined
}

const BEGIN = '-----BEGIN '

/** PEM as it is, or the path of a file with it, as a secret of Kubernetes is mounted. @throws Expected */
export function parsePem(text: string): string {
  if (text.startsWith(BEGIN)) return text
  if (isAbsolute(text) && !/[\u0000-\u001f\u007f]/.test(text)) return text
  throw new Expected('PEM (-----BEGIN …) or the absolute path of a file with it')
}

/** A path is no secret; whatever else it is may be one. */
export function pemSecrets(text: string): readonly string[] {
  return isAbsolute(text) ? [] : [text]
}

interface BuildkitInputs {
  readonly buildkit: BuildkitAddress | undefined
  readonly buildkitCa: string | undefined
  readonly buildkitCert: string | undefined
  readonly buildkitKey: string | undefined
  readonly builder: string | undefined
  readonly smoke: unknown
  readonly outputs: readonly {
    readonly type: string
    readonly fields: readonly (readonly [string, string])[]
  }[]
}

/** What cannot be had of a builder elsewhere, and what it may not be reached without. */
export function checkBuildkit(given: BuildkitInputs, problem: Problem): void {
  const { buildkit, builder, smoke, outputs } = given
  const pem = { 'buildkit-ca': given.buildkitCa, 'buildkit-cert': given.buildkitCert, 'buildkit-key': given.buildkitKey } // biome-ignore format: one line
  const present = Object.entries(pem).flatMap(([name, text]) => (text === undefined ? [] : [name]))
  if (buildkit === undefined) {
    for (const name of present) problem(name, 'is of a builder elsewhere: it needs `buildkit`')
    return
  }
  checkCertificates(buildkit, present, problem)
  if (builder !== undefined) problem('builder', 'is another builder than that of `buildkit`: leave one away')
  if (smoke !== undefined)
    problem('smoke', 'starts the image in a Docker engine, and `buildkit` builds without one: leave one away')
  if (outputs.some(({ type, fields }) => type === 'docker' && !fields.some(([name]) => name === 'dest')))
    problem(
      'outputs',
      'type=docker loads the image into a Docker engine, and `buildkit` builds without one: give it a dest=…',
    )
}

function checkCertificates(buildkit: BuildkitAddress, present: readonly string[], problem: Problem): void {
  const all = ['buildkit-ca', 'buildkit-cert', 'buildkit-key']
  if (buildkit.kind !== 'tcp') {
    for (const name of present) problem(name, `is for tcp://…, and \`buildkit\` is ${buildkit.kind}://…`)
    return
  }
  const isOpen = present.length === 0 && isOnThisMachine(buildkit) && buildkit.serverName === undefined
  if (present.length === all.length || isOpen) return
  const missing = all.filter((name) => !present.includes(name)).map((name) => `\`${name}\``)
  problem(
    'buildkit',
    `needs ${missing.join(', ')}: the token of the registry and your sources go there, and nobody between may read them`,
  )
}

/**
 * The builder that the inputs name, undefined where they name none.
 * @throws Failure `config` that names the input, and quotes nothing of it
 */
export async function readBuildkit(inputs: BuildkitInputs): Promise<BuildkitWish | undefined> {
  const { buildkit: address, buildkitCa, buildkitCert, buildkitKey } = inputs
  if (address === undefined) return undefined
  if (buildkitCa === undefined || buildkitCert === undefined || buildkitKey === undefined)
    return { address, tls: undefined }
  const [ca, cert, key] = await Promise.all([
    readPem(buildkitCa, 'buildkit-ca'),
    readPem(buildkitCert, 'buildkit-cert'),
    readPem(buildkitKey, 'buildkit-key'),
  ])
  assertPair({ ca, cert, key })
  return { address, tls: { ca, cert, key } }
}

async function readPem(given: string, input: string): Promise<string> {
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
function assertPair({ ca, cert, key }: BuildkitTls): void {
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
  const details: FailureDetails = {
    kind: 'config',
    code: 'BUILDKIT_PEM',
    what: 'An input is wrong',
    on: `the input \`${input}\``,
    seen,
    next,
  }
  return new Failure({ ...details, cause })
}
