import { expect, test } from '@jest/globals'
import { lostAnnotations, parseAnnotation } from '../src/index.ts'

type Notes = Readonly<Record<string, string>>
const image = (digest: string, annotations?: Notes) => ({
  digest,
  text: JSON.stringify({ config: {}, annotations }),
})
const AMD = { architecture: 'amd64', os: 'linux' }
const ARM = { architecture: 'arm64', os: 'linux', variant: 'v8' }
const INDEX = {
  digest: 'top',
  text: JSON.stringify({
    manifests: [
      { digest: 'amd', platform: AMD, annotations: { near: 'amd' } },
      { digest: 'arm', platform: ARM },
      {
        digest: 'sbom',
        platform: { architecture: 'unknown', os: 'unknown' },
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
    ],
    annotations: { all: 'x' },
  }),
}
const CHILDREN = [image('amd', { both: '1', one: '2' }), image('arm', { both: '1' })]

test.each([
  ['both=1', []],
  ['manifest:both=1', []],
  ['manifest:both=2', ['manifest:both']],
  ['one=2', ['manifest:one']],
  ['manifest[linux/amd64]:one=2', []],
  ['manifest[linux/arm64]:both=1', []],
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
  expect(lostAnnotations([parseAnnotation(line)], image('x', { a: 'b' }), [])).toEqual(lost)
})

test('an image of the index that cannot be read has no annotation', () => {
  expect(lostAnnotations([parseAnnotation('both=1')], INDEX, CHILDREN.slice(0, 1))).toEqual(['manifest:both'])
})
