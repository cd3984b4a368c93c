import { describe, expect, test } from '@jest/globals'
import { parseOciManifest } from '@mlops-actions/oci'
import { explainRegistry } from '../src/copy/explain-registry.ts'
import { createLogin } from '../src/copy/place.ts'
import { planCopy } from '../src/copy/plan.ts'
import { resolveLocation } from '../src/copy/upload-location.ts'
import { digestOf, startCopyFixture } from './copy-fixture.ts'

const OWN = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const repository = { name: 'ml/churn', account: '123456789012' }

describe('an upload goes on', () => {
  const url = `https://${OWN}/v2/ml/churn/blobs/uploads/`
  const goesOn = (location?: string, host = OWN, before?: string): string =>
    resolveLocation(
      { host, repository },
      { headers: location === undefined ? {} : { location }, status: 202, url },
      before,
    )

  test.each([
    ['/v2/ml/churn/blobs/uploads/1?x=%2F', `https://${OWN}/v2/ml/churn/blobs/uploads/1?x=%2F`],
    [`https://${OWN}/v2/u`, `https://${OWN}/v2/u`],
    [`https://${OWN}:443/v2/u`, `https://${OWN}/v2/u`],
    [
      'https://123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com/v2/u',
      'https://123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com/v2/u',
    ],
    [
      'https://123456789012.dkr-ecr.eu-west-1.on.aws/v2/u',
      'https://123456789012.dkr-ecr.eu-west-1.on.aws/v2/u',
    ],
  ])('at %s', (location, target) => {
    expect(goesOn(location)).toBe(target)
  })

  test.each([
    [`http://${OWN}/v2/u`],
    [`https://${OWN}:8443/v2/u`],
    [`https://${OWN}.evil.example/v2/u`],
    [`https://${OWN}@evil.example/v2/u`],
    ['//evil.example/v2/u'],
    ['https://210987654321.dkr.ecr.eu-west-1.amazonaws.com/v2/u'],
    ['https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/u'],
    ['http://123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com/v2/u'],
    ['file:///etc/passwd'],
    ['https://['],
  ])('never at %s', (location) => {
    expect(() => goesOn(location)).toThrow(expect.objectContaining({ code: 'ECR_UPLOAD_LOCATION' }))
  })

  test('where it was when the answer says nothing, and nowhere before it has begun', () => {
    expect(goesOn(undefined, OWN, `https://${OWN}/v2/u`)).toBe(`https://${OWN}/v2/u`)
    expect(() => goesOn(undefined)).toThrow('without a location')
  })
})

describe('a plan', () => {
  const stored = (name: string, layers: readonly string[]) => {
    const descriptor = (text: string) => ({ mediaType: 'x', digest: digestOf(text), size: text.length })
    const text = JSON.stringify({
      schemaVersion: 2,
      config: descriptor(name),
      layers: layers.map(descriptor),
    })
    const manifest = parseOciManifest(text, 'application/vnd.oci.image.manifest.v1+json')
    return { digest: digestOf(text), mediaType: manifest.mediaType, text, manifest, account: undefined }
  }
  const [root, signature] = [stored('image', ['base', 'model']), stored('signature', ['base'])]
  const state = { root, tree: [root, signature], there: new Set<string>(), before: new Map<string, string>() }

  test('has each blob once, and everything in its order', () => {
    const plan = planCopy(state, ['v1', 'live'])
    expect(plan.blobs.map(({ digest }) => digest)).toEqual(
      ['image', 'base', 'model', 'signature'].map(digestOf),
    )
    expect([plan.manifests, plan.tags]).toEqual([
      [root, signature],
      ['v1', 'live'],
    ])
  })

  test('asks for no blob of what is there', () => {
    const plan = planCopy({ ...state, there: new Set([root.digest]) }, ['v1'])
    expect(plan.blobs.map(({ digest }) => digest)).toEqual(['signature', 'base'].map(digestOf))
  })

  test('moves tags before it sets free ones, and leaves those that are right', () => {
    const before = new Map([
      ['right', root.digest],
      ['taken', digestOf('x')],
    ])
    expect(planCopy({ ...state, before }, ['free', 'right', 'taken', 'other']).tags).toEqual([
      'taken',
      'free',
      'other',
    ])
  })
})

describe('what a registry refuses', () => {
  const place = { host: OWN, repository, roleInput: 'role-to-assume' } as const
  const explain = (status: number, body: string, method = 'PUT') =>
    explainRegistry(
      { status, headers: { 'x-amzn-requestid': 'r-1' }, body: Buffer.from(body), url: '' },
      {
        place,
        what: 'Cannot send a layer',
        method,
        url: `https://${OWN}/v2/ml/churn/blobs/uploads/1`,
        cause: undefined,
      },
    )
  const errors = (code: string, message = '') => JSON.stringify({ errors: [{ code, message }] })

  test.each([
    [401, '', 'auth', 'ECR_UNAUTHORIZED'],
    [403, '', 'auth', 'ECR_ACCESS_DENIED'],
    [403, errors('DENIED', 'Your authorization token has expired.'), 'auth', 'ECR_TOKEN_EXPIRED'],
    [403, errors('DENIED', 'The layer is archived'), 'policy', 'ECR_ARCHIVED'],
    [404, errors('NAME_UNKNOWN'), 'not-found', 'ECR_NO_REPOSITORY'],
    [404, errors('BLOB_UNKNOWN'), 'not-found', 'ECR_NO_LAYER'],
    [404, errors('BLOB_UPLOAD_UNKNOWN'), 'upstream', 'ECR_UPLOAD_LOST'],
    [400, errors('DIGEST_INVALID'), 'integrity', 'ECR_BLOB_DAMAGED'],
    [429, '', 'rate-limit', 'ECR_THROTTLED'],
    [503, '<html>', 'upstream', 'ECR_COPY_INTERRUPTED'],
    [405, errors('UNSUPPORTED', 'no'), 'upstream', 'ECR_COPY_REFUSED'],
  ])('HTTP %i %s is %s', (status, body, kind, code) => {
    const failure = explain(status, body)
    expect(failure).toMatchObject({ kind, code })
    expect(failure.details.seen).toContain(`HTTP ${status} to PUT, request r-1`)
  })

  test.each([
    ['POST', 'ecr:InitiateLayerUpload'],
    ['PATCH', 'ecr:UploadLayerPart'],
    ['PUT', 'ecr:CompleteLayerUpload'],
    ['GET', 'ecr:GetDownloadUrlForLayer'],
  ])('a bare 403 to %s misses %s', (method, action) => {
    expect(explain(403, '', method).details.next).toContain(`\`${action}\``)
  })
})

describe('a token', () => {
  test('is never for a host that is no registry of ECR', async () => {
    const fixture = await startCopyFixture()
    try {
      const { ecr } = fixture.place(fixture.from)
      const login = createLogin(fixture.world, ecr, 'registry.example', 'registry')
      await expect(login.auth()).rejects.toMatchObject({ kind: 'config', code: 'NOT_ECR' })
    } finally {
      await fixture.close()
    }
  })

  test('that could not be had is asked for again by who tries again', async () => {
    const fixture = await startCopyFixture()
    try {
      const { login } = fixture.place(fixture.from)
      const { deny } = fixture.from.state.registry
      deny.push({ action: 'ecr:GetAuthorizationToken' })
      await expect(login.auth()).rejects.toMatchObject({ kind: 'auth' })
      deny.length = 0
      expect(atob(await login.auth())).toMatch(/^AWS:./)
    } finally {
      await fixture.close()
    }
  })
})
