import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseAnnotation, parseOutput } from '@mlops-actions/ecr'
import { childEnv } from '@mlops-actions/process'
import { readContext } from '@mlops-actions/runner'
import { testWorld } from '../../../test/harness/world.ts'
import { assertBuilderKeeps } from '../src/builder-check.ts'

let bin: string
beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'builder-'))
})
afterEach(() => rm(bin, { recursive: true }))

const PLAIN = '[["Backing Filesystem","extfs"],["Supports d_type","true"]]'
const CONTAINERD = '[["driver-type","io.containerd.snapshotter.v1"]]'

/** A docker that says of its builder and of its image store what real ones say, and knows nothing else. */
async function check(
  { driver = 'docker', name = 'default', store = PLAIN },
  wanted: Partial<Parameters<typeof assertBuilderKeeps>[0]>,
): Promise<void> {
  const script = [
    '#!/bin/sh',
    'case "$*" in',
    `'buildx inspect' | 'buildx inspect ${name}') printf 'Name: ${name}\\nDriver: ${driver}\\n' ;;`,
    `'--context=${name} info --format={{json .DriverStatus}}') echo '${store}' ;;`,
    '*) exit 64 ;;',
    'esac',
  ]
  await writeFile(join(bin, 'docker'), `${script.join('\n')}\n`, { mode: 0o755 })
  const world = {
    ...testWorld({ env: { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) } }),
    context: readContext({}),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
  await assertBuilderKeeps(
    { annotations: [], provenance: 'false', sbom: 'false', outputs: [], builder: undefined, ...wanted },
    world,
    { program: { file: 'docker', first: ['buildx'] }, env: childEnv(world.env) },
  )
}

const annotations = [parseAnnotation('a=b')]
const packed = [parseOutput('type=local,dest=out'), parseOutput('type=image,compression=zstd')]
const NEXT =
  'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away'

test.each<[string, Partial<Parameters<typeof assertBuilderKeeps>[0]>, string]>([
  ['annotations', { annotations }, 'annotations'],
  ['outputs', { outputs: packed }, 'what is said of the image (compression)'],
  ['annotations', { annotations, builder: 'other' }, 'annotations'],
  ['sbom', { sbom: 'true' }, 'attestations'],
  ['provenance', { provenance: 'mode=min' }, 'attestations'],
  ['outputs', { outputs: [parseOutput('type=oci,dest=x')] }, 'an image as an archive has it'],
  ['outputs', { outputs: [parseOutput('type=docker,dest=x')] }, 'an image as an archive has it'],
])('Docker’s own image store cannot keep %s', async (input, wanted, what) => {
  await expect(check({ name: 'builder' in wanted ? 'other' : 'default' }, wanted)).rejects.toMatchObject({
    kind: 'config',
    code: 'DOCKER_DRIVER',
    details: {
      on: `the input \`${input}\``,
      seen: `the builder is Docker's own, with an image store that cannot hold ${what}`,
      next: NEXT,
    },
  })
})

test.each([
  ['containerd’s image store', { store: CONTAINERD }, { annotations, sbom: 'true', outputs: packed }],
  [
    'a builder of its own',
    { driver: 'docker-container', name: 'big', store: PLAIN },
    { annotations, builder: 'big' },
  ],
  ['a daemon that cannot be asked', { driver: '' }, { annotations }],
  [
    'nothing that could be lost',
    {},
    { outputs: [parseOutput('type=docker'), parseOutput('type=image'), parseOutput('type=local,dest=x')] },
  ],
])('%s is no reason to refuse', async (_what, docker, wanted) => {
  await expect(check(docker, wanted)).resolves.toBeUndefined()
})
