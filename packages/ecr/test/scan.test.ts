import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { child, REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { evaluateScans, type ScanState, waitForScans } from '../src/index.ts'

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

const OPENSSL = {
  name: 'CVE-2026-1',
  severity: 'HIGH',
  packageName: 'openssl',
  packageVersion: '3.0',
  fixedInVersion: '3.1',
} as const

const wait = (digest: string, timeout = 600_000) =>
  waitForScans(fixture.world, fixture.ecr, REPOSITORY, digest, { timeout })

const detailsOf = async (waiting: Promise<unknown>) => (await failureOf(() => waiting)).details

describe('a scan is waited for', () => {
  test('from the first moment, in which there is none, until its findings are there', async () => {
    Object.assign(fixture.server.state.scanner, {
      noticedAfterMs: 5_000,
      durationMs: 30_000,
      findings: [OPENSSL],
    })
    const digest = fixture.image()
    const started = fixture.world.now()
    expect(await wait(digest)).toEqual([
      {
        platform: '',
        digest,
        scan: expect.objectContaining({
          mode: 'basic',
          status: 'COMPLETE',
          findings: [
            { id: 'CVE-2026-1', severity: 'HIGH', packages: 'openssl 3.0', fixedIn: '', fixable: undefined },
          ],
        }),
      },
    ])
    expect(fixture.world.now() - started).toBeGreaterThanOrEqual(30_000)
    expect(fixture.world.lines).toEqual(
      expect.arrayContaining([
        expect.stringContaining('ECR knows no scan of it yet'),
        expect.stringContaining('IN_PROGRESS'),
      ]),
    )
  })

  test('first every two seconds, later every ten', async () => {
    fixture.server.state.scanner.durationMs = 300_000
    await wait(fixture.image())
    const { sleeps } = fixture.world
    expect(sleeps[0]).toBe(2_000)
    expect(Math.max(...sleeps)).toBe(10_000)
    expect(sleeps.at(-1)).toBe(10_000)
  })

  test.each(['ACTIVE', 'COMPLETE'] as const)(
    'of Amazon Inspector until its findings are there, though it is %s before',
    async (outcome) => {
      Object.assign(fixture.server.state.scanner, {
        mode: 'ENHANCED',
        outcome,
        lagMs: 20_000,
        findings: [OPENSSL],
      })
      const [scanned] = await wait(fixture.image())
      expect(scanned?.scan).toMatchObject({
        mode: 'enhanced',
        status: outcome,
        findings: [{ id: 'CVE-2026-1', packages: 'openssl 3.0', fixedIn: '3.1', fixable: true }],
      })
      expect(fixture.world.lines).toContainEqual(
        expect.stringContaining(`${outcome}, but without any result yet`),
      )
    },
  )

  test('of Amazon Inspector, whose clean images are clean, and whose closed and suppressed findings are none', async () => {
    Object.assign(fixture.server.state.scanner, {
      mode: 'ENHANCED',
      findings: [
        { ...OPENSSL, status: 'SUPPRESSED' },
        { ...OPENSSL, name: 'CVE-2', status: 'CLOSED' },
      ],
    })
    const [scanned] = await wait(fixture.image())
    expect(scanned?.scan.findings).toEqual([])
  })

  test('to its last page', async () => {
    fixture.server.state.scanner.findings = Array.from({ length: 2_001 }, (_, at) => ({
      ...OPENSSL,
      name: `CVE-2026-${at}`,
    }))
    const [scanned] = await wait(fixture.image())
    expect(scanned?.scan.findings.map(({ id }) => id)).toEqual(
      fixture.server.state.scanner.findings.map(({ name }) => name),
    )
    expect(fixture.looks()).toBe(3)
  })
})

test('what somebody else answers for a moment does not end the wait', async () => {
  fixture.server.faults.push({
    match: ({ headers }) => headers['x-amz-target']?.endsWith('.DescribeImageScanFindings') === true,
    times: 4,
    respond: { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Request</h1>' },
  })
  expect(await wait(fixture.image())).toHaveLength(1)
  expect(fixture.world.lines).toContainEqual(expect.stringContaining('the last look failed'))
  expect(fixture.looks()).toBe(5)
})

test('a list of findings without an end is no answer', async () => {
  const page = {
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { findings: [], findingSeverityCounts: {} },
    nextToken: 'again',
  }
  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  fixture.server.faults.push({
    match: (request) => request.headers['x-amz-target']?.endsWith('.DescribeImageScanFindings') === true,
    times: 99,
    respond: { status: 200, headers, body: JSON.stringify(page) },
  })
  expect(await detailsOf(wait(fixture.image(), 1_000))).toMatchObject({ code: 'ECR_SCAN_PAGES' })
})

describe('an index', () => {
  test('is scanned image by image, without its attestations, and each of them once it is done no more', async () => {
    const { scanner } = fixture.server.state
    const [amd, arm, attestation] = ['sha256:a', 'sha256:b', 'sha256:c'].map(fixture.image)
    scanner.durationMs = 20_000
    scanner.startedAt.set(`ml/churn@${amd}`, fixture.world.now() - 20_000)
    scanner.findingsByDigest.set(String(arm), [OPENSSL])
    scanner.outcomeByDigest.set(String(attestation), 'UNSUPPORTED_IMAGE')
    const digest = fixture.index([
      child(String(amd), 'amd64'),
      child(String(arm), 'arm64'),
      child(String(attestation), 'unknown', {
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      }),
    ])
    const scanned = await wait(digest)
    expect(scanned.map(({ platform, scan }) => [platform, scan.findings.length])).toEqual([
      ['linux/amd64', 0],
      ['linux/arm64', 1],
    ])
    expect(fixture.world.lines).toContainEqual(expect.stringContaining('image: linux/arm64: IN_PROGRESS'))
    // The first image is looked at once, the second in every round.
    expect(fixture.looks()).toBe(1 + fixture.world.sleeps.length + 1)
  })

  test('of the same image for two platforms has one scan', async () => {
    const image = fixture.image()
    const scanned = await wait(fixture.index([child(image, 'amd64'), child(image, 'arm64')]))
    expect(scanned.map(({ platform }) => platform)).toEqual(['linux/amd64, linux/arm64'])
  })

  test('without an image is refused', async () => {
    expect(await detailsOf(wait(fixture.index([])))).toMatchObject({
      kind: 'config',
      code: 'ECR_SCAN_NOTHING',
    })
  })
})

describe('what will never be scanned ends at once, each with advice of its own', () => {
  test.each([
    ['BASIC', 'FAILED'],
    ['ENHANCED', 'UNSUPPORTED_IMAGE'],
  ])('%s: an operating system that nobody knows, though the scan is %s', async (mode, status) => {
    Object.assign(fixture.server.state.scanner, { mode, outcome: 'UNSUPPORTED_IMAGE' })
    expect(await detailsOf(wait(fixture.image()))).toMatchObject({
      kind: 'config',
      code: 'ECR_SCAN_UNSUPPORTED_IMAGE',
      seen: expect.stringMatching(new RegExp(`^its scan is ${status}: UnsupportedImageError: `)),
      next: expect.stringContaining('`scan: off` for this image'),
    })
  })

  const endings: [status: string, kind: string, advice: RegExp][] = [
    ['FAILED', 'upstream', /Start the scan anew/],
    ['FINDINGS_UNAVAILABLE', 'config', /switched between basic and enhanced/],
    ['SCAN_ELIGIBILITY_EXPIRED', 'config', /re-scan duration of Amazon Inspector/],
    ['LIMIT_EXCEEDED', 'quota', /higher quota/],
    ['IMAGE_ARCHIVED', 'config', /Restore the image from the archive/],
  ]
  test.each(endings)('%s', async (status, kind, advice) => {
    const digest = fixture.image()
    Object.assign(fixture.server.state.scanner, { outcome: status })
    expect(await detailsOf(wait(digest))).toMatchObject({
      kind,
      code: `ECR_SCAN_${status}`,
      on: `ml/churn@${digest}`,
      seen: expect.stringContaining(`its scan is ${status}: `),
      next: expect.stringMatching(advice),
      retryable: false,
    })
    expect(fixture.world.sleeps).toEqual([])
  })

  test('an image that nobody scans, after a minute', async () => {
    fixture.repository.scanOnPush = false
    const started = fixture.world.now()
    expect(await detailsOf(wait(fixture.image()))).toMatchObject({
      kind: 'config',
      code: 'ECR_SCAN_OFF',
      seen: expect.stringMatching(
        /^ECR knows no scan of it after \d\d s: scan on push is off for this repository/,
      ),
      next: expect.stringContaining('aws ecr start-image-scan'),
    })
    const waited = fixture.world.now() - started
    expect([waited >= 60_000, waited < 75_000]).toEqual([true, true])
    const targets = new Set(
      fixture.server.requests.map(({ headers }) => headers['x-amz-target']?.split('.')[1]),
    )
    expect([...targets]).toEqual(['BatchGetImage', 'DescribeImageScanFindings'])
  })

  test('a role that may not look', async () => {
    fixture.server.state.registry.deny.push({ action: 'ecr:DescribeImageScanFindings' })
    expect(await detailsOf(wait(fixture.image()))).toMatchObject({
      kind: 'auth',
      code: 'AWS_ACCESS_DENIED',
      next: expect.stringContaining(
        '`ecr:DescribeImageScanFindings` on arn:aws:ecr:us-east-1:123456789012:repository/ml/churn',
      ),
    })
    expect(fixture.looks()).toBe(1)
  })

  test('a role that may not ask Amazon Inspector', async () => {
    fixture.server.state.scanner.mode = 'ENHANCED'
    fixture.server.state.registry.deny.push({ action: 'inspector2:ListFindings' })
    expect(await detailsOf(wait(fixture.image()))).toMatchObject({
      kind: 'auth',
      next: expect.stringContaining('`inspector2:ListFindings`'),
    })
  })

  test('an image that is gone', async () => {
    expect(await detailsOf(wait(`sha256:${'0'.repeat(64)}`))).toMatchObject({
      kind: 'not-found',
      code: 'ECR_SCAN_NO_IMAGE',
    })
  })

  test('a scan without an end is a timeout that says how it stood', async () => {
    fixture.server.state.scanner.durationMs = 900_000
    expect(await detailsOf(wait(fixture.image(), 30_000))).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining('after 30 s: IN_PROGRESS'),
    })
  })

  test('a cancelled step stops asking', async () => {
    fixture.server.state.scanner.durationMs = 900_000
    const waiting = wait(fixture.image())
    fixture.world.cancel()
    await expect(waiting).rejects.toThrow('cancelled')
  })
})

describe('the verdict on what was seen', () => {
  const finished: ScanState = {
    kind: 'finished',
    mode: 'basic',
    status: 'COMPLETE',
    findings: [],
    unlisted: 0,
  }
  const unfinished = (status: string): ScanState => ({ kind: 'unfinished', status, description: '' })
  const judged = (states: readonly ScanState[], waited = 0) =>
    evaluateScans(
      'r',
      states.map((state, at) => ({ platform: `p${at}`, digest: `d${at}`, state })),
      waited,
    )

  test.each<[string, ScanState, string]>([
    ['a status that is new', unfinished('QUEUED'), 'p0: QUEUED'],
    ['a name of an object', unfinished('constructor'), 'p0: constructor'],
    [
      'counts without their findings',
      { ...finished, unlisted: 3 },
      'p0: COMPLETE, but ECR counts 3 more findings than it lists',
    ],
  ])('%s is not the end', (_name, state, reason) => {
    expect(judged([state, finished])).toEqual({ status: 'pending', reason })
  })

  test('one that failed is the end for all', () => {
    expect(judged([unfinished('PENDING'), unfinished('FAILED')])).toMatchObject({
      status: 'failed',
      failure: expect.objectContaining({ code: 'ECR_SCAN_FAILED' }),
    })
  })

  test('a scan that nobody knows is waited for a minute', () => {
    expect(judged([{ kind: 'none' }], 59_999).status).toBe('pending')
    expect(judged([{ kind: 'none' }], 60_000).status).toBe('failed')
  })
})
