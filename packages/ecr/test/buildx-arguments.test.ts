import { describe, expect, test } from '@jest/globals'
import { HOSTILE_TEXT, HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { type BuildRequest, buildxArguments, parseAnnotation, parseOutput } from '../src/index.ts'

const PLAIN: BuildRequest = {
  context: '/checkout/app',
  file: undefined,
  images: ['host/ml/churn:v1'],
  push: true,
  target: undefined,
  platforms: [],
  buildArgs: new Map(),
  buildContexts: new Map(),
  secrets: [],
  labels: new Map(),
  cacheFrom: [],
  cacheTo: [],
  noCache: false,
  pull: false,
  provenance: 'false',
  ssh: [],
  annotations: [],
  sbom: 'false',
  network: 'default',
  shmSize: undefined,
  ulimits: [],
  addHosts: [],
  outputs: [],
  builder: undefined,
  metadataFile: '/tmp/metadata.json',
}

const BASE = ['build', '--progress=rawjson', '--metadata-file=/tmp/metadata.json', '--provenance=false']

test('a plain build says what is needed and nothing else', () => {
  expect(buildxArguments(PLAIN)).toEqual([...BASE, '--push', '--tag=host/ml/churn:v1', '/checkout/app'])
})

describe('every input becomes one argument', () => {
  const table: [string, Partial<BuildRequest>, string[]][] = [
    ['file', { file: '/checkout/app/Dockerfile' }, ['--file=/checkout/app/Dockerfile']],
    ['target', { target: 'serve' }, ['--target=serve']],
    ['platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, ['--platform=linux/amd64,linux/arm64']],
    [
      'build arguments',
      {
        buildArgs: new Map([
          ['A', 'x y'],
          ['B', ''],
        ]),
      },
      ['--build-arg=A=x y', '--build-arg=B='],
    ],
    [
      'contexts',
      { buildContexts: new Map([['data', '/checkout/data']]) },
      ['--build-context=data=/checkout/data'],
    ],
    ['labels', { labels: new Map([['team', 'a=b']]) }, ['--label=team=a=b']],
    ['a secret in a variable', { secrets: [{ id: 'pip', env: 'X_0' }] }, ['--secret=id=pip,env=X_0']],
    [
      'a secret in a file',
      { secrets: [{ id: 'npm', file: '/home/x/.npmrc' }] },
      ['--secret=id=npm,src=/home/x/.npmrc'],
    ],
    [
      'a file with a comma and a quote',
      { secrets: [{ id: 'a', file: '/a,b"c' }] },
      ['--secret=id=a,"src=/a,b""c"'],
    ],
    [
      'caches',
      { cacheFrom: ['type=gha'], cacheTo: ['type=gha,mode=max'] },
      ['--cache-from=type=gha', '--cache-to=type=gha,mode=max'],
    ],
    ['switches', { noCache: true, pull: true }, ['--no-cache', '--pull']],
    ['builder', { builder: 'big' }, ['--builder=big']],
    [
      'an agent, and keys',
      {
        ssh: [
          { id: 'default', paths: ['/run/agent'] },
          { id: 'git', paths: ['/k/a', '/k/b'] },
        ],
      },
      ['--ssh=default=/run/agent', '--ssh=git=/k/a,/k/b'],
    ],
    [
      'annotations',
      {
        annotations: ['a=b=c', 'index,manifest[linux/arm64/v8]:org.x/y=1, 2'].map(parseAnnotation),
      },
      ['--annotation=a=b=c', '--annotation=index,manifest[linux/arm64]:org.x/y=1, 2'],
    ],
    ['a scanner', { sbom: 'generator=host/scan:1' }, ['--sbom=generator=host/scan:1']],
    ['no SBOM', { sbom: 'false' }, []],
    ['a network', { network: 'host' }, ['--network=host']],
    ['bytes of shared memory', { shmSize: 2 ** 31 }, ['--shm-size=2147483648']],
    ['limits', { ulimits: ['nofile=1:2', 'nproc=3'] }, ['--ulimit=nofile=1:2', '--ulimit=nproc=3']],
    ['hosts', { addHosts: ['db=10.0.0.7', 'v6=::1'] }, ['--add-host=db=10.0.0.7', '--add-host=v6=::1']],
    [
      'outputs, the pushed image as the last one, whose digest buildx says',
      {
        outputs: ['type=image,compression=zstd', 'dest=a b , type=tar', 'type=oci,"dest=x,""y"".tar"'].map(
          parseOutput,
        ),
      },
      [
        '--output=type=tar,dest=a b',
        '--output=type=oci,"dest=x,""y"".tar"',
        '--output=type=image,compression=zstd',
      ],
    ],
  ]
  test.each(table)('%s', (_, given, want) => {
    const plain = buildxArguments(PLAIN)
    const got = buildxArguments({ ...PLAIN, ...given })
    expect(got.filter((argument) => !plain.includes(argument))).toEqual(want)
    expect(got.at(-1)).toBe('/checkout/app')
  })

  test('archives and the engine know the image by all names where only one of them is pushed', () => {
    const outputs = ['type=image,compression=zstd', 'type=docker', 'type=local,dest=out'].map(parseOutput)
    const [images, names] = [['h/r:v1'], ['h/r:v1', 'h/r:latest']]
    const got = buildxArguments({ ...PLAIN, push: true, images, names, outputs })
    expect(got.filter((argument) => /^--(?:output|tag|push)/.test(argument))).toEqual([
      '--output=type=docker,"name=h/r:v1,h/r:latest"',
      '--output=type=local,dest=out',
      '--output=type=image,name=h/r:v1,push=true,compression=zstd',
    ])
  })

  test('a push by digest is the last output, packed as the outputs say', () => {
    const outputs = ['type=image,compression=zstd', 'type=local,dest=out'].map(parseOutput)
    const exportTo = { kind: 'repository', name: 'host/ml/churn' } as const
    expect(buildxArguments({ ...PLAIN, images: [], outputs, exportTo })).toEqual([
      ...BASE,
      '--output=type=local,dest=out',
      '--output=type=image,name=host/ml/churn,push-by-digest=true,name-canonical=true,push=true,compression=zstd',
      '/checkout/app',
    ])
  })

  test('a push by digest alone, and an image for the engine', () => {
    const exportTo = { kind: 'repository', name: 'host/ml/churn' } as const
    expect(buildxArguments({ ...PLAIN, images: [], exportTo })).toEqual([
      ...BASE,
      '--output=type=image,name=host/ml/churn,push-by-digest=true,name-canonical=true,push=true',
      '/checkout/app',
    ])
    const engine = { ...PLAIN, push: false, exportTo: { kind: 'engine' } as const }
    expect(buildxArguments(engine)).toEqual([...BASE, '--load', '--tag=host/ml/churn:v1', '/checkout/app'])
  })

  test('no push, and several tags', () => {
    const got = buildxArguments({ ...PLAIN, push: false, images: ['a:1', 'a:2'] })
    expect(got).toEqual([...BASE, '--tag=a:1', '--tag=a:2', '/checkout/app'])
  })
})

test.each([...HOSTILE_VALUES, ...HOSTILE_TEXT, '--push', '--output=type=local,dest=/', '-f', '--'])(
  'no input can become an option of its own: %j',
  (value) => {
    const values = new Map([[value, value]])
    const request = {
      ...PLAIN,
      file: value,
      images: [value],
      target: value,
      platforms: [value],
      buildArgs: values,
      buildContexts: values,
      labels: values,
      secrets: [
        { id: value, env: value },
        { id: value, file: value },
      ],
      cacheFrom: [value],
      cacheTo: [value],
      builder: value,
      provenance: value,
      ssh: [{ id: value, paths: [value] }],
      annotations: [{ places: [{ kind: 'manifest' as const, platform: value }], key: value, value }],
      sbom: value,
      ulimits: [value],
      addHosts: [value],
      outputs: [{ type: 'local' as const, fields: [[value, value] as const] }],
      metadataFile: value,
    }
    const names = buildxArguments(request)
      .slice(1, -1)
      .map((argument) => argument.split('=')[0])
    expect(names).toEqual([
      '--progress',
      '--metadata-file',
      '--provenance',
      '--push',
      '--output',
      '--builder',
      '--file',
      '--target',
      '--platform',
      '--tag',
      '--build-arg',
      '--build-context',
      '--label',
      '--annotation',
      '--secret',
      '--secret',
      '--ssh',
      '--cache-from',
      '--cache-to',
      '--ulimit',
      '--add-host',
      '--sbom',
    ])
  },
)
