import { type BuildkitAddress, type BuildkitTls, isOnThisMachine } from '@mlops-actions/ecr/buildkit'
import type { Problem } from '@mlops-actions/runner'
import { assertPair, readPem } from './pem.ts'

/** A BuildKit elsewhere, and how it knows us. */
export interface BuildkitWish {
  readonly address: BuildkitAddress
  readonly tls: BuildkitTls | undefined
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
