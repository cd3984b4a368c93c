import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { SignatureV4 } from '@smithy/signature-v4'
import { eksToken, explainAws, isDenialOfAws, resolveRegion, roleCredentials } from '../src/index.ts'
import { Sha256 } from './sha256.ts'

describe('the region', () => {
  test.each([
    [
      'input',
      { AWS_REGION: 'us-east-1' },
      { input: 'eu-west-1', resource: 'x.dkr.ecr.us-west-2.amazonaws.com' },
      'eu-west-1',
    ],
    [
      'registry host',
      { AWS_REGION: 'us-east-1' },
      { resource: '123456789012.dkr.ecr.us-west-2.amazonaws.com/churn' },
      'us-west-2',
    ],
    ['FIPS host', {}, { resource: '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com' }, 'us-gov-west-1'],
    ['dual-stack host', {}, { resource: '123456789012.dkr-ecr.eu-central-1.on.aws' }, 'eu-central-1'],
    ['ARN', {}, { resource: 'arn:aws:eks:ap-south-1:123456789012:cluster/ml' }, 'ap-south-1'],
    ['AWS_REGION', { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'x' }, {}, 'us-east-1'],
    ['AWS_DEFAULT_REGION', { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' }, {}, 'us-east-2'],
    ['nothing', {}, { resource: 'localhost:5000/churn' }, undefined],
  ])('comes from the %s', (_, env, hints, region) => {
    expect(resolveRegion({ env }, hints)).toBe(region)
  })
})

describe('what AWS refuses', () => {
  const call = { what: 'Cannot upload an object', on: 's3://ml-prod/files/md5/ab/cd', action: 's3:PutObject' }
  const error = (name: string, status?: number, more: object = {}) =>
    Object.assign(
      new Error(`${name} happened`),
      { name, $metadata: { httpStatusCode: status, requestId: 'R1' } },
      more,
    )

  test.each([
    [
      error('AccessDenied', 403),
      'auth',
      'Allow the role of this job `s3:PutObject` on s3://ml-prod/files/md5/ab/cd',
    ],
    [error('Forbidden', 403), 'auth', '`s3:PutObject`'],
    [error('CredentialsProviderError'), 'auth', 'id-token: write'],
    [error('ExpiredToken', 400), 'auth', 'renews itself'],
    [error('RequestTimeTooSkewed', 403), 'auth', 'clock'],
    [error('SignatureDoesNotMatch', 403), 'auth', 'secret key'],
    [error('InvalidAccessKeyId', 403), 'auth', 'does not know them'],
    [error('NoSuchBucket', 404), 'not-found', 'region and the account'],
    [error('SlowDown', 503), 'rate-limit', 'later'],
    [error('ThrottlingException', 400), 'rate-limit', 'later'],
    [error('InternalError', 500), 'upstream', 'again'],
    [error('Error', undefined, { code: 'ENOTFOUND' }), 'config', 'does not resolve'],
    [error('Error', undefined, { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'config', 'ca-cert'],
    [error('TimeoutError', undefined, { code: 'ECONNRESET' }), 'upstream', 'again'],
    ['a string', 'upstream', 'again'],
  ] as const)('case %#', (thrown, kind, advice) => {
    const failure = explainAws(thrown, call)
    expect(failure.kind).toBe(kind)
    expect(failure.details.next).toContain(advice)
    expect(failure.details.on).toBe(call.on)
  })

  test.each([
    [
      error('CredentialsProviderError'),
      'AWS_NO_CREDENTIALS',
      'Give the job `permissions: { id-token: write }` and the step `role-to-assume: arn:aws:iam::…:role/…`, or run aws-actions/configure-aws-credentials before it',
    ],
    [new Error('Region is missing'), 'AWS_REGION_MISSING', 'Give the step `aws-region: eu-west-1`'],
  ] as const)('says what to write where there is nothing to start with: %s', (thrown, code, next) => {
    expect(explainAws(thrown, call)).toMatchObject({ code, details: { next } })
  })

  test.each([
    [
      'because no identity-based policy allows the kms:CreateGrant action',
      'Allow the role of this job `kms:CreateGrant` on arn:aws:kms:eu-west-1:1:key/k',
    ],
    [
      'because no resource-based policy allows the kms:CreateGrant action',
      'Allow the role of this job `kms:CreateGrant` on arn:aws:kms:eu-west-1:1:key/k, in the policy of that resource',
    ],
    [
      'with an explicit deny in a service control policy',
      'Have `kms:CreateGrant` on arn:aws:kms:eu-west-1:1:key/k taken out of an explicit deny in a service control policy',
    ],
  ])('a denial of another service, handed on under a name of its own, is one: %s', (why, next) => {
    const said = `User: arn:aws:iam::1:role/ci is not authorized to perform: kms:CreateGrant on resource: arn:aws:kms:eu-west-1:1:key/k ${why}`
    const thrown = error('KmsException', 400, { message: said })
    expect(isDenialOfAws(thrown)).toBe(true)
    expect(explainAws(thrown, call)).toMatchObject({
      code: 'AWS_ACCESS_DENIED',
      details: { kind: 'auth', next },
    })
  })

  test("a role of the SDK's own chain that cannot be assumed is no right on what was asked for", () => {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity'
    expect(explainAws(error('AccessDenied', 403, { message }), call).details.next).toBe(
      'Allow the role of this job `sts:AssumeRoleWithWebIdentity`',
    )
    expect(explainAws(error('InvalidIdentityTokenException', 400), call).kind).toBe('auth')
  })

  test('says status and request id', () => {
    expect(explainAws(error('AccessDenied', 403), call).details.seen).toBe(
      'AccessDenied: AccessDenied happened (HTTP 403, request R1)',
    )
  })

  test('a failure stays itself', () => {
    const failure = explainAws(error('X'), call)
    expect(explainAws(failure, call)).toBe(failure)
  })
})

describe('a role', () => {
  const options = { region: 'eu-west-1', idToken: () => Promise.resolve('x'), sessionName: 'run 42' }
  const world = { mask: () => {} }

  test('that is none leaves the choice to the SDK', () => {
    expect(roleCredentials(world, { ...options, role: undefined })).toBeUndefined()
  })

  test.each([
    'ml-push',
    'arn:aws:iam::123:role/x',
    'arn:aws:iam::123456789012:user/x',
    'arn:aws:iam::123456789012:role/a b',
  ])('%j is refused', (role) => expect(() => roleCredentials(world, { ...options, role })).toThrow(Failure))
})

test('an EKS token is the presigned URL that the AWS SDK would make', async () => {
  const now = Date.parse('2026-01-15T12:00:00Z')
  const keys = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'a+b/c==',
  }
  const signer = new SignatureV4({ service: 'sts', region: 'eu-west-1', credentials: keys, sha256: Sha256 })
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname: 'sts.eu-west-1.amazonaws.com',
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: 'sts.eu-west-1.amazonaws.com', 'x-k8s-aws-id': 'ml' },
  }
  const signed = await signer.presign(request, {
    expiresIn: 60,
    signingDate: new Date(now),
    unhoistableHeaders: new Set(['x-k8s-aws-id']),
  })
  const token = eksToken({ cluster: 'ml', region: 'eu-west-1', keys, now })
  const url = new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString())
  expect(url.searchParams.get('X-Amz-Signature')).toBe(signed.query?.['X-Amz-Signature'])
  expect(Object.fromEntries(url.searchParams)).toEqual(signed.query)
})
