import { describe, expect, test } from '@jest/globals'
import {
  cacheVariables,
  dockerAuthConfig,
  ecrCacheTo,
  parseBuildxVersion,
  parseMetadata,
  parseRegistryHost,
  secretCacheField,
} from '../src/index.ts'

describe('a registry host', () => {
  test.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'private', '123456789012', 'eu-west-1'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'private', '123456789012', 'us-gov-west-1'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'private', '123456789012', 'cn-north-1'],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'private', '123456789012', 'eusc-de-east-1'],
    ['123456789012.dkr-ecr.eu-central-1.on.aws', 'private', '123456789012', 'eu-central-1'],
    ['123456789012.dkr-ecr-fips.us-east-1.on.aws', 'private', '123456789012', 'us-east-1'],
    ['public.ecr.aws', 'public', undefined, undefined],
    ['127.0.0.1:5000', 'loopback', undefined, undefined],
    ['localhost:5000', 'loopback', undefined, undefined],
    ['[::1]:5000', 'loopback', undefined, undefined],
    ['ghcr.io', 'other', undefined, undefined],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', 'other', undefined, undefined],
    ['evil.123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'other', undefined, undefined],
    ['127.0.0.1.evil.example', 'other', undefined, undefined],
    ['', 'other', undefined, undefined],
  ])('%s is %s', (host, kind, account, region) => {
    expect(parseRegistryHost(host)).toEqual({ host, kind, account, region })
  })
})

describe('DOCKER_AUTH_CONFIG', () => {
  test('has one entry, for the very host of the image', () => {
    expect(dockerAuthConfig(undefined, new Map([['h:5000', 'QVdTOng=']]))).toBe(
      '{"auths":{"h:5000":{"auth":"QVdTOng="}}}',
    )
  })
  test('has the key of Docker Hub that Docker looks for', () => {
    expect(dockerAuthConfig('', new Map([['docker.io', 'YTpi']]))).toBe(
      '{"auths":{"https://index.docker.io/v1/":{"auth":"YTpi"}}}',
    )
  })
  test('keeps what the job has there', () => {
    const existing = '{"auths":{"ghcr.io":{"auth":"YTpi"},"h":{"auth":"b2xk"}}}'
    expect(JSON.parse(dockerAuthConfig(existing, new Map([['h', 'bmV3']])))).toEqual({
      auths: { 'ghcr.io': { auth: 'YTpi' }, h: { auth: 'bmV3' } },
    })
  })
  test.each(['{"auths":[]}', 'secret-that-is-no-json', '{}', 'null'])(
    'refuses %s without quoting it',
    (text) => {
      expect(() => dockerAuthConfig(text, new Map([['h', 'x']]))).toThrow(
        expect.objectContaining({ kind: 'config', message: expect.not.stringContaining('secret-that') }),
      )
    },
  )
})

test.each([
  ['github.com/docker/buildx v0.29.1 a32761a', [0, 29]],
  ['github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4', [0, 29]],
  ['github.com/docker/buildx v0.26.0-rc1 abc', [0, 26]],
  ['github.com/docker/buildx v0.0.0+unknown', [0, 0]],
  ['something else', undefined],
])('%s is version %j', (text, version) => expect(parseBuildxVersion(text)).toEqual(version))

describe('caches', () => {
  test.each([
    [
      'type=registry,ref=h/c:x,mode=max',
      'type=registry,ref=h/c:x,mode=max,image-manifest=true,oci-mediatypes=true',
    ],
    ['h/c:x', 'type=registry,ref=h/c:x,image-manifest=true,oci-mediatypes=true'],
    [
      'type=registry,ref=h/c:x,image-manifest=false',
      'type=registry,ref=h/c:x,image-manifest=false,oci-mediatypes=true',
    ],
    ['type=gha', 'type=gha'],
    ['type=inline', 'type=inline'],
  ])('%s goes to ECR as %s', (given, want) => expect(ecrCacheTo(given)).toBe(want))

  test('only GitHub’s own cache gets the token of the runtime', () => {
    expect(cacheVariables(['type=registry,ref=h/c', 'h/c:x', 'type=inline'])).toEqual([])
    expect(cacheVariables(['type=gha,mode=max'])).toContain('ACTIONS_RUNTIME_TOKEN')
    expect(cacheVariables(['type=constructor'])).toEqual([])
  })
  test.each([
    ['type=s3,secret_access_key=x', 'secret_access_key'],
    ['type=gha,Token=x', 'token'],
    ['type=gha,"token=x"', 'token'],
    ['"secret_access_key=a,""b",type=s3', 'secret_access_key'],
    ['type=registry,ref=h/token:secret', undefined],
  ])('%s holds %s', (cache, field) => expect(secretCacheField(cache)).toBe(field))
})

describe('the metadata file', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  test.each([
    [`{"containerimage.digest":"${digest}"}`, { digest, config: undefined }],
    [`{"containerimage.config.digest":"${digest}"}`, { digest: undefined, config: digest }],
    ['{"containerimage.digest":"sha256:short"}', { digest: undefined, config: undefined }],
    ['{"containerimage.digest":7}', { digest: undefined, config: undefined }],
    ['half of {', { digest: undefined, config: undefined }],
    ['null', { digest: undefined, config: undefined }],
  ])('%s', (text, want) => expect(parseMetadata(text)).toEqual(want))
})
