import { expect, test } from '@jest/globals'
import { parseOciManifest } from '@mlops-actions/oci'
import { lostAnnotations, parseAnnotation } from '../src/index.ts'

type Notes = Readonly<Record<string, string>>
const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`
const stored = (digit: string, manifest: object) => ({
  digest: digestOf(digit),
  manifest: parseOciManifest(JSON.stringify({ schemaVersion: 2, ...manifest }), ''),
})
const image = (digit: string, annotations?: Notes) =>
  stored(digit, { config: { digest: digestOf('c'), size: 1 }, annotations })
const part = (digit: string, platform: object, annotations?: Notes) => ({
  digest: digestOf(digit),
  size: 1,
  platform: { os: 'linux', ...platform },
  annotations,
})
const INDEX = stored('e', {
  manifests: [
    part('1', { architecture: 'amd64' }, { near: 'amd' }),
    part('2', { architecture: 'arm64', variant: 'v8' }),
    part('3', { architecture: 'unknown' }, { 'vnd.docker.reference.type': 'attestation-manifest' }),
  ],
  annotations: { all: 'x' },
})
const CHILDREN = [image('1', { both: '1', one: '2' }), image('2', { both: '1' })]

test.each([
  ['both=1', []],
  ['manifest:both=1', []],
  ['manifest:both=2', ['manifest:both']],
  ['one=2', ['manifest:one']],
  ['manifest[linux/amd64]:one=2', []],
  ['manifest[linux/arm64]:both=1', []],
  ['manifest[linux/arm64/v8]:both=1', []],
  ['manifest[linux/x86_64]:one=2', []],
  ['manifest[linux/arm64]:one=2', ['manifest[linux/arm64]:one']],
  ['manifest[linux/s390x]:both=1', ['manifest[linux/s390x]:both']],
  ['index:all=x', []],
  ['index,manifest:all=x', ['manifest:all']],
  ['manifest-descriptor:near=amd', ['manifest-descriptor:near']],
  ['manifest-descriptor[linux/amd64]:near=amd', []],
])('of an index, %s leaves out %j', (line, lost) => {
  expect(lostAnnotations([parseAnnotation(line)], INDEX, CHILDREN)).toEqual(lost)
})

test.each([
  ['a=b', []],
  ['manifest:a=b', []],
  ['c=d', ['manifest:c']],
  ['index:a=b', ['index:a']],
  ['manifest-descriptor:a=b', ['manifest-descriptor:a']],
])('of a single image, %s leaves out %j', (line, lost) => {
  expect(lostAnnotations([parseAnnotation(line)], image('a', { a: 'b' }), [])).toEqual(lost)
})

test('an image of the index that cannot be read has no annotation', () => {
  expect(lostAnnotations([parseAnnotation('both=1')], INDEX, CHILDREN.slice(0, 1))).toEqual(['manifest:both'])
})
