import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cancelled, type OutputValue } from '@mlops-actions/diagnostics'
import { type ActionResult, readContext } from '@mlops-actions/runner'
import { failureOf } from '../../../test/harness/failure.ts'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { child, REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import { closeGate } from '../src/close-gate.ts'
import { inputs as schema } from '../src/inputs.ts'
import { holdScanGate } from '../src/scan-gate.ts'

let fixture: ScanFixture
const early: Record<string, OutputValue> = {}
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => {
  for (const name of Object.keys(early)) delete early[name]
  return fixture.close()
})

const finding = (name: string, severity: 'CRITICAL' | 'HIGH' | 'LOW', more: object = {}) => ({
  name,
  severity,
  packageName: 'openssl',
  packageVersion: '3.0',
  ...more,
})
const PUSHED: ActionResult = {
  outputs: { digest: 'sha256:d', changed: true },
  summary: '## ✅ `ml/churn` has a new image: `sha256:d`',
  report: { outcome: 'pushed' },
  lineage: { digest: 'sha256:d' },
}

/** As the step does it, with an image that is in the repository. */
async function gate(given: Record<string, string>, digest = fixture.image()): Promise<ActionResult> {
  const all: Record<string, string> = { repository: 'ml/churn', tags: 'v1', scan: 'wait', ...given }
  const inputs = schema.read(
    (name) => all[name] ?? '',
    () => {},
  )
  const world = {
    ...fixture.world,
    context: readContext({}),
    output: (name: string, value: OutputValue) => {
      early[name] = value
    },
    idToken: () => Promise.reject(new Error('no token is needed')),
  }
  const held = await holdScanGate(inputs, world, fixture.ecr, REPOSITORY, digest)
  return closeGate(inputs, PUSHED, held, digest)
}

const closed = (given: Record<string, string>, digest?: string) => failureOf(() => gate(given, digest))

describe('a gate that is open', () => {
  test('because nobody asked for it, asks nobody', async () => {
    expect(await gate({ scan: 'off' })).toEqual({
      ...PUSHED,
      outputs: { ...PUSHED.outputs, 'scan-status': 'off' },
    })
    expect(fixture.server.requests).toEqual([])
  })

  test('says what was found, and that none of it is severe enough', async () => {
    fixture.server.state.scanner.findings = [finding('CVE-1', 'HIGH'), finding('CVE-2', 'LOW')]
    const result = await gate({ 'fail-on-severity': 'CRITICAL' })
    expect(result.outputs).toMatchObject({ digest: 'sha256:d', 'scan-status': 'passed' })
    expect(result.outputs['scan-counts']).toMatchObject({ CRITICAL: 0, HIGH: 1, LOW: 1 })
    expect(early).toEqual({
      'scan-status': 'passed',
      'scan-counts': result.outputs['scan-counts'],
    })
    expect(result.summary).toMatch(/^## ✅ `ml\/churn` has a new image/)
    expect(result.summary).toContain(
      'No finding of CRITICAL or worse fails this step. Found: 1 HIGH, 1 LOW, by basic scanning, after 0.0 s.',
    )
    expect(result.summary).toContain('| HIGH | `CVE-1` | `openssl 3.0` |  | shown only |')
    expect(result.report).toMatchObject({
      outcome: 'pushed',
      scan: {
        status: 'passed',
        images: [{ platform: '', mode: 'basic', status: 'COMPLETE', findings: 2 }],
        findings: [{ id: 'CVE-1', verdict: 'below', fixable: null }, { id: 'CVE-2' }],
      },
    })
    expect(result.lineage).toEqual(PUSHED.lineage)
  })

  test('because no severity was named, says so', async () => {
    fixture.server.state.scanner.findings = [finding('CVE-1', 'CRITICAL')]
    const result = await gate({})
    expect(result.outputs['scan-status']).toBe('reported')
    expect(result.summary).toContain('because `fail-on-severity` is not given')
  })
})

describe('a gate that is closed', () => {
  test('keeps the digest, names the worst, and shows it first', async () => {
    fixture.server.state.scanner.mode = 'ENHANCED'
    fixture.server.state.scanner.findings = [
      finding('CVE-1', 'HIGH'),
      finding('CVE-2', 'CRITICAL', { fixedInVersion: '3.1' }),
      finding('CVE-3', 'LOW'),
    ]
    const digest = fixture.image()
    const failure = await closed({ 'fail-on-severity': 'HIGH' }, digest)
    expect(failure).toMatchObject({ kind: 'gate', code: 'SCAN_FINDINGS', retryable: false })
    expect(failure.details).toMatchObject({
      on: `ml/churn@${digest}`,
      seen: '2 findings of HIGH or worse (1 CRITICAL, 1 HIGH), first CVE-2 in openssl 3.0, fixed in 3.1',
      next: expect.stringContaining('The image is in the repository, but do not deploy it'),
      outputs: { digest: 'sha256:d', changed: true, 'scan-status': 'failed' },
      report: { outcome: 'refused', scan: { status: 'failed' } },
    })
    const lines = String(failure.details.summary).split('\n')
    expect(lines[0]).toBe(
      '## ❌ `ml/churn` has an image that may not be deployed: The image has vulnerabilities that it may not have',
    )
    expect(lines.filter((line) => line.startsWith('| C') || line.startsWith('| H'))).toEqual([
      '| CRITICAL | `CVE-2` | `openssl 3.0` | `3.1` | **fails** |',
      '| HIGH | `CVE-1` | `openssl 3.0` |  | **fails** |',
    ])
    expect(lines).toContain(`The image is in the repository: \`ml/churn@${digest}\`.`)
    expect(lines.at(-1)).toBe('### `ml/churn` has a new image: `sha256:d`')
  })

  test('opens for what is ignored, and for what has no fix where that is wished', async () => {
    fixture.server.state.scanner.mode = 'ENHANCED'
    fixture.server.state.scanner.findings = [
      finding('CVE-1', 'HIGH'),
      finding('CVE-2', 'CRITICAL', { fixedInVersion: '4' }),
    ]
    const given = {
      'fail-on-severity': 'HIGH',
      'only-fixable': 'true',
      ignore: 'cve-2 until 2999-12-31 <b>later</b>',
    }
    const { summary, outputs } = await gate(given)
    expect(outputs['scan-status']).toBe('passed')
    expect(summary).toContain('| CRITICAL | `CVE-2` | `openssl 3.0` | `4` | ignored |')
    expect(summary).toContain('| HIGH | `CVE-1` | `openssl 3.0` |  | no fix |')
    expect(summary).toContain('Ignored: `cve-2` until 2999-12-31 (&lt;b&gt;later&lt;/b&gt;).')
  })

  test('closes again on the day after an ignored one was to be gone, and names it', async () => {
    fixture.server.state.scanner.findings = [finding('CVE-1', 'HIGH')]
    const failure = await closed({
      'fail-on-severity': 'HIGH',
      ignore: 'CVE-1 until 2020-12-31\nCVE-9 is not here',
    })
    expect(failure.details.summary).toContain('⚠️ Ignored no longer: `CVE-1` until 2020-12-31.')
    expect(failure.details.summary).toContain('In `ignore`, but not found: `CVE-9` (is not here).')
    expect(failure.details.report).toMatchObject({
      scan: { 'expired-ignores': [{ id: 'CVE-1', until: '2020-12-31' }], 'unused-ignores': ['CVE-9'] },
    })
  })

  test('does not take what nobody knows for what has no fix', async () => {
    fixture.server.state.scanner.findings = [finding('CVE-1', 'HIGH')]
    const failure = await closed({ 'fail-on-severity': 'HIGH', 'only-fixable': 'true' })
    expect(failure.details.summary).toContain('basic scanning never does')
  })

  test('says of an index which platforms have what', async () => {
    const [amd, arm] = ['sha256:a', 'sha256:b'].map(fixture.image)
    const { findingsByDigest } = fixture.server.state.scanner
    findingsByDigest.set(String(amd), [finding('CVE-1', 'HIGH'), finding('CVE-2', 'LOW')])
    findingsByDigest.set(String(arm), [finding('CVE-1', 'HIGH')])
    const index = fixture.index([child(String(amd), 'amd64'), child(String(arm), 'arm64')])
    const { details } = await closed({ 'fail-on-severity': 'HIGH' }, index)
    expect(details.seen).toMatch(/^1 finding of HIGH or worse/)
    const lines = details.summary?.split('\n')
    expect(lines).toContain('| severity | vulnerability | package | fixed in | platform | |')
    expect(lines).toContain('| HIGH | `CVE-1` | `openssl 3.0` |  | `linux/amd64, linux/arm64` | **fails** |')
    expect(lines).toContain('| LOW | `CVE-2` | `openssl 3.0` |  | `linux/amd64` | shown only |')
  })

  test('shows twenty findings, and counts the rest', async () => {
    fixture.server.state.scanner.findings = Array.from({ length: 1_500 }, (_, at) =>
      finding(`CVE-${at}`, at < 4 ? 'HIGH' : 'LOW'),
    )
    const { details } = await closed({ 'fail-on-severity': 'HIGH' })
    expect(details.summary?.match(/^\| (?:HIGH|LOW) \|/gm)).toHaveLength(20)
    expect(details.summary).toContain('And 1,480 more: 1,480 LOW.')
    expect(details.seen).toMatch(/^4 findings of HIGH or worse/)
  })

  test.each(HOSTILE_TEXT)('shows %j as text', async (text) => {
    fixture.server.state.scanner.mode = 'ENHANCED'
    const names = { packageName: text, packageVersion: text, fixedInVersion: text }
    fixture.server.state.scanner.findings = [finding(text, 'HIGH', names)]
    const { details } = await closed({ 'fail-on-severity': 'HIGH' })
    const table = details.summary?.split('\n').filter((line) => line.startsWith('| HIGH |')) ?? []
    expect(table).toHaveLength(1)
    expect(details.summary).not.toMatch(/^\s*::\w|##\[|[\u001b\u202e\u2066]/m)
    const outside = details.summary?.replace(/(`+)[^`\n]+?\1/g, '').replace(/<code>.*?<\/code>/g, '')
    expect(outside).not.toMatch(/<(?!br>)|!\[|(?<!\\)\[[^\]]*\]\(|:\/\/(?!\u200b)/)
  })
})

describe('a scan without a verdict is no pass', () => {
  test('of a role that may not look: the action is named, and the digest kept', async () => {
    fixture.server.state.registry.deny.push({ action: 'ecr:DescribeImageScanFindings' })
    const failure = await closed({})
    expect(failure.kind).toBe('auth')
    expect(failure.details).toMatchObject({
      seen: expect.stringMatching(/AccessDeniedException.*; the image is in the repository, unjudged$/),
      next: expect.stringContaining('ecr:DescribeImageScanFindings'),
      outputs: { digest: 'sha256:d', 'scan-status': 'incomplete' },
      report: { outcome: 'unjudged', scan: { status: 'incomplete', code: 'AWS_ACCESS_DENIED' } },
    })
    expect(early).toEqual({ 'scan-status': 'incomplete' })
    expect(failure.details.summary).toMatch(
      /^## ❌ `ml\/churn` has an image that may not be deployed: Cannot read the scan of the image\n/,
    )
  })

  test('of a repository that nobody scans', async () => {
    fixture.repository.scanOnPush = false
    expect((await closed({})).details).toMatchObject({
      code: 'ECR_SCAN_OFF',
      outputs: { 'scan-status': 'incomplete' },
    })
  })

  test('of a step that is cancelled while it waits, whose digest is kept', async () => {
    fixture.server.state.scanner.durationMs = 900_000
    const waiting = closed({})
    fixture.world.cancel(cancelled())
    expect((await waiting).details).toMatchObject({
      kind: 'cancelled',
      outputs: { digest: 'sha256:d', 'scan-status': 'incomplete' },
    })
  })

  test('in the time that there is', async () => {
    fixture.server.state.scanner.durationMs = 900_000
    expect((await closed({ timeout: '20s' })).details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringMatching(/IN_PROGRESS; the image is in the repository, unjudged$/),
    })
  })
})
