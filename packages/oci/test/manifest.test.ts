import { describe, expect, test } from '@jest/globals'
import {
  blobsOf,
  finishUrl,
  imageSize,
  imagesOf,
  normalizePlatform,
  parseOciManifest,
  parseRegistryError,
  registryPath,
} from '../src/index.ts'

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`
const layer = (digit: string, more: object = {}) => ({
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
  digest: digestOf(digit),
  size: 7,
  ...more,
})
const image = (more: object = {}) => ({ schemaVersion: 2, config: layer('c'), layers: [layer('1')], ...more })
const parse = (manifest: unknown, type = 'application/vnd.oci.image.manifest.v1+json') =>
  parseOciManifest(JSON.stringify(manifest), type)

describe('a manifest', () => {
  test('that names no media type has the one that the registry gives', () => {
    expect(parse(image()).mediaType).toBe('application/vnd.oci.image.manifest.v1+json')
    expect(parse(image({ mediaType: 'x' })).mediaType).toBe('x')
  })

  test('of an index keeps every entry, attestations and nested indexes too, with its platform', () => {
    const manifests = [
      layer('a', { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }),
      layer('b', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
    ]
    const index = parse({ schemaVersion: 2, manifests })
    expect(
      index.kind === 'index' && index.manifests.map(({ digest, platform }) => [digest, platform]),
    ).toEqual([
      [digestOf('a'), 'linux/arm64'],
      [digestOf('b'), undefined],
    ])
  })

  test('of an index has images, and attestations are none', () => {
    const unknown = { os: 'unknown', architecture: 'unknown' }
    const manifests = [
      layer('a', { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }),
      layer('b', { platform: unknown, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
      layer('d', { platform: unknown }),
    ]
    const images = imagesOf(parse({ schemaVersion: 2, manifests }))
    expect(images.map(({ digest, platform }) => [digest, platform])).toEqual([
      [digestOf('a'), 'linux/arm64'],
      [digestOf('d'), undefined],
    ])
    expect(imagesOf(parse(image()))).toEqual([])
  })

  test('of an image has the size of what a pull fetches', () => {
    expect(imageSize(parse(image({ layers: [layer('1'), layer('2', { size: 100 })] })))).toBe(114)
  })

  test('has its annotations, and whatever is no text is none', () => {
    const annotations = { team: 'ml', count: 7 }
    const index = parse({ schemaVersion: 2, manifests: [layer('a', { annotations })], annotations })
    expect(index.annotations).toEqual({ team: 'ml' })
    expect(imagesOf(index).map((one) => one.annotations)).toEqual([{ team: 'ml' }])
  })

  test('names each blob once, and none that is kept elsewhere', () => {
    const foreign = layer('f', {
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      urls: ['https://mcr.example/layer'],
    })
    const layers = [layer('1'), layer('1'), layer('2', { urls: ['https://mirror.example'] }), foreign]
    expect(blobsOf(parse(image({ layers }))).map(({ digest }) => digest)).toEqual(
      ['c', '1', '2'].map(digestOf),
    )
  })

  test('of an artifact without layers has its configuration', () => {
    expect(blobsOf(parse({ schemaVersion: 2, config: layer('c') }))).toHaveLength(1)
  })

  test.each([
    ['no JSON', 'manifest'],
    ['schema 1', JSON.stringify({ schemaVersion: 1, fsLayers: [] })],
    ['a list', '[]'],
    ['neither image nor index', '{"schemaVersion":2}'],
    ['layers that are no list', JSON.stringify(image({ layers: {} }))],
    ['a digest that leads elsewhere', JSON.stringify(image({ layers: [layer('1', { digest: '../../x' })] }))],
    ['a digest of another length', JSON.stringify(image({ layers: [layer('1', { digest: 'sha256:12' })] }))],
    ['a negative size', JSON.stringify(image({ layers: [layer('1', { size: -1 })] }))],
    ['half a byte', JSON.stringify(image({ layers: [layer('1', { size: 0.5 })] }))],
  ])('%s is none', (_name, text) => {
    expect(() => parseOciManifest(text, '')).toThrow(/^want /)
  })
})

// What containerd/platforms 1.0.0-rc.1 makes of each: Format(Normalize(Platform{…})).
test.each([
  ['linux/amd64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v3', 'linux/amd64/v3'],
  ['linux/x86_64', 'linux/amd64'],
  ['linux/x86-64/v2', 'linux/amd64/v2'],
  ['linux/i386', 'linux/386'],
  ['linux/i386/v9', 'linux/386'],
  ['linux/arm64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/v9.0', 'linux/arm64/v9'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/7', 'linux/arm/v7'],
  ['linux/arm/v6', 'linux/arm/v6'],
  ['linux/armel', 'linux/arm/v6'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/armhf/v6', 'linux/arm/v7'],
  ['Linux/ARM64/V8', 'linux/arm64'],
  ['macos/arm64', 'darwin/arm64'],
  ['linux/constructor', 'linux/constructor'],
])('the one name of %s is %s', (given, name) => {
  expect(normalizePlatform(given)).toBe(name)
})

test('paths and the end of an upload are written as the specification has them', () => {
  expect(registryPath.mount('ml/prod', { digest: digestOf('1'), from: 'ml/churn' })).toBe(
    `/v2/ml/prod/blobs/uploads/?mount=sha256%3A${'1'.repeat(64)}&from=ml%2Fchurn`,
  )
  expect(finishUrl('https://r.example/u/1', digestOf('1'))).toBe(
    `https://r.example/u/1?digest=sha256%3A${'1'.repeat(64)}`,
  )
  // The query is the registry's own: written anew, `+` and `=` could mean something else.
  expect(finishUrl('https://r.example/u/1?_state=a+b==', 'sha256:x')).toBe(
    'https://r.example/u/1?_state=a+b==&digest=sha256%3Ax',
  )
})

test.each([
  ['{"errors":[{"code":"DENIED","message":"no"},{"code":"X"}]}', { codes: ['DENIED', 'X'], message: 'no' }],
  ['{"errors":[null,{"code":1}]}', { codes: [], message: '' }],
  ['{"errors":{}}', { codes: [], message: '' }],
  ['null', { codes: [], message: '' }],
  ['<html>', { codes: [], message: '' }],
])('an error document %s says what it says', (text, said) => {
  expect(parseRegistryError(text)).toEqual(said)
})
