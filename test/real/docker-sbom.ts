import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../scripts/real/peer.ts'
import { checkAttested } from './docker-attested.ts'
import { type Engine, startEngine } from './docker-engine.ts'
import type { Manifest, Step } from './docker-inputs.ts'
import { type Prepared, REPOSITORY } from './docker-stack.ts'

/** What BuildKit asks of a scanner (moby/buildkit docs/attestations/sbom-protocol.md), on busybox. */
const SCANNER = {
  'scan.sh': `set -e
/bin/busybox ls "$BUILDKIT_SCAN_SOURCE"
echo '{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","subject":[],"predicate":{"spdxVersion":"SPDX-2.3"}}' > "$BUILDKIT_SCAN_DESTINATION/sbom.spdx.json"
`,
  Dockerfile:
    'FROM scratch\nCOPY sh /bin/sh\nCOPY sh /bin/busybox\nCOPY scan.sh /\nENTRYPOINT ["/bin/sh", "/scan.sh"]\n',
}

/**
 * An SBOM in the registry, and what becomes of its index: it is no platform, and it is reused. A scanner runs in the
 * default network of its builder, so this takes an engine with a bridge.
 * @param stepWith a step of the action in this workspace with that engine
 */
export async function checkSbom(
  prepared: Prepared,
  workspace: string,
  stepWith: (engine: Engine) => Step,
  check: Check,
): Promise<void> {
  const engine = await startEngine(prepared.root, join(prepared.folder, 'bridged'), {
    store: 'containerd',
    bridge: true,
  })
  try {
    await checkWith(prepared, workspace, stepWith(engine), check)
  } finally {
    await engine.stop()
  }
}

async function checkWith(prepared: Prepared, workspace: string, step: Step, check: Check): Promise<void> {
  const { registry } = prepared
  const manifest = async (reference: string): Promise<Manifest> =>
    JSON.parse((await registry.manifest(REPOSITORY, reference))?.bytes.toString('utf8') ?? '{}')
  const scanner = join(workspace, 'scanner')
  mkdirSync(scanner, { recursive: true })
  copyFileSync(join(workspace, 'sh'), join(scanner, 'sh'))
  for (const [name, text] of Object.entries(SCANNER)) writeFileSync(join(scanner, name), text)
  const made = await step({ tags: 'scanner', context: 'scanner' })
  const sbom = `generator=${registry.host}/${REPOSITORY}:scanner`
  const inputs = { sbom, annotations: 'index:team=churn', file: 'Dockerfile', reuse: 'true' }
  let digest = ''
  await check('an SBOM is attached to the image, which is the only platform of its index', async () => {
    strictEqual(made.code, 0, made.stdout)
    const { code, outputs, stdout } = await step({ ...inputs, tags: 'sbom' })
    strictEqual(code, 0, stdout)
    match(stdout, /generating sbom using/)
    digest = outputs['digest'] ?? ''
    const index = await manifest(digest)
    deepStrictEqual(index.annotations, { team: 'churn' })
    const [image, attestation, ...more] = index.manifests ?? []
    deepStrictEqual(more, [])
    strictEqual(attestation?.annotations?.['vnd.docker.reference.type'], 'attestation-manifest')
    strictEqual(attestation?.annotations?.['vnd.docker.reference.digest'], image?.digest)
    const { layers = [] } = await manifest(attestation?.digest ?? '')
    strictEqual(layers[0]?.annotations?.['in-toto.io/predicate-type'], 'https://spdx.dev/Document')
    const { images } = JSON.parse(outputs['report'] ?? '{}')
    deepStrictEqual(
      images.map((one: { digest: string }) => one.digest),
      [image?.digest],
    )
  })
  await check('an image with an SBOM is reused with it, and nothing has changed', async () => {
    const { code, outputs, stdout } = await step({ ...inputs, tags: 'sbom,sbom-again' })
    deepStrictEqual([code, outputs['cache-hit'], outputs['digest']], [0, 'true', digest], stdout)
    strictEqual((await registry.manifest(REPOSITORY, 'sbom-again'))?.digest, digest)
    const { outputs: again } = await step({ ...inputs, tags: 'sbom,sbom-again' })
    deepStrictEqual([again['cache-hit'], again['changed']], ['true', 'false'])
  })
  await checkAttested(prepared, { workspace, step, sbom }, check)
}
