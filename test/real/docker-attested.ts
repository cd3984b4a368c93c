import { deepStrictEqual, match, ok, strictEqual } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Check } from '../../scripts/real/peer.ts'
import type { Step } from './docker-inputs.ts'
import { type Prepared, REPOSITORY } from './docker-stack.ts'
import { watchArguments } from './processes.ts'

/** One for each way in which a build is given a secret. */
const CANARIES = ['c4n4ry-of-a-value', 'c4n4ry-of-a-variable', 'c4n4ry-of-a-file']
const DOCKERFILE = `FROM scratch
COPY sh /bin/sh
RUN --network=none --mount=type=secret,id=value --mount=type=secret,id=variable --mount=type=secret,id=file \\
    for id in value variable file; do read -r word < /run/secrets/$id; echo "$id has \${#word} characters"; done
`

/**
 * Everything that stands in the registry after a build with secrets, the whole provenance and an SBOM: none of it has one.
 * @param sbom the input that names a scanner
 */
export async function checkAttested(
  { registry }: Prepared,
  { workspace, step, sbom }: { readonly workspace: string; readonly step: Step; readonly sbom: string },
  check: Check,
): Promise<void> {
  await check('secrets are in no layer, history, provenance and SBOM, and in no argument', async () => {
    const [value = '', variable = '', file = ''] = CANARIES
    writeFileSync(join(workspace, 'Attested.Dockerfile'), DOCKERFILE)
    writeFileSync(join(workspace, 'secret.txt'), `${file}\n`)
    // The build itself must be among what is seen, or the watcher proves nothing.
    const watch = watchArguments([...CANARIES, registry.auth, '--secret=id=value'])
    const { code, stdout } = await step(
      {
        tags: 'attested-secret',
        file: 'Attested.Dockerfile',
        secrets: `value=${value}`,
        'secret-envs': 'variable=SECRET_VARIABLE',
        'secret-files': 'file=secret.txt',
        provenance: 'mode=max',
        sbom,
      },
      { SECRET_VARIABLE: variable },
    )
    const shown = watch.stop()
    strictEqual(code, 0, stdout)
    for (const canary of CANARIES) match(stdout, new RegExp(`has ${canary.length} characters`))
    ok(shown.length > 0, 'the watcher never saw docker')
    deepStrictEqual(
      shown.filter((line) => hasSecret(line, registry.auth)),
      [],
    )
    const stored = await everythingOf(registry, 'attested-secret')
    const texts = stored.map(({ bytes }) => readings(bytes))
    // Else nothing was looked at.
    for (const words of [
      ['slsa.dev/provenance', '--mount=type=secret,id=value'],
      ['SPDX-2.3'],
      ['"history"'],
    ])
      ok(
        texts.some((text) => words.every((word) => text.includes(word))),
        `nothing has ${words.join(' and ')}`,
      )
    const found = stored.filter(({ bytes }) => hasSecret(readings(bytes), registry.auth))
    deepStrictEqual(
      found.map(({ digest, mediaType }) => `${mediaType} ${digest}`),
      [],
    )
  })
}

function hasSecret(text: string, token: string): boolean {
  return [...CANARIES, token].some((secret) => text.includes(secret))
}

/** As it is, and what stands in it in base64, as provenance has the Dockerfile. */
function readings(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  const words = text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? []
  return [text, ...words.map((word) => Buffer.from(word, 'base64').toString('latin1'))].join('\n')
}

interface Stored {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
}

interface Parts {
  readonly manifests?: readonly { readonly digest: string }[]
  readonly config?: { readonly digest: string; readonly mediaType: string }
  readonly layers?: readonly { readonly digest: string; readonly mediaType: string }[]
}

/** The manifest under a reference and all that it names, unpacked. */
async function everythingOf(registry: Prepared['registry'], reference: string): Promise<readonly Stored[]> {
  const found = await registry.manifest(REPOSITORY, reference)
  if (found === undefined) throw new Error(`there is no ${reference}`)
  const { manifests = [], config, layers = [] } = JSON.parse(String(found.bytes)) as Parts
  const below = await Promise.all(manifests.map(({ digest }) => everythingOf(registry, digest)))
  const blobs = [...(config === undefined ? [] : [config]), ...layers].map(async ({ digest, mediaType }) => {
    const bytes = await registry.blob(REPOSITORY, digest)
    return { digest, mediaType, bytes: /gzip$/.test(mediaType) ? gunzipSync(bytes) : bytes }
  })
  return [found, ...below.flat(), ...(await Promise.all(blobs))]
}
