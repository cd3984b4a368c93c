import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  fixture.repository.scanOnPush = true
  fixture.ecr.state.scanner.findings = [
    { name: 'CVE-2026-1', severity: 'HIGH', packageName: 'openssl', packageVersion: '3.0' },
  ]
})
afterEach(() => fixture.close())

test('a push whose scan finds too much is red, and hides nothing of the push', async () => {
  const { code, outputs, errors, summary } = await fixture.push({ scan: 'wait', 'fail-on-severity': 'HIGH' })
  const digest = fixture.repository.tags.get('v1')
  expect({ code, ...outputs }).toMatchObject({
    code: 1,
    'failure-kind': 'gate',
    retryable: 'false',
    'scan-status': 'failed',
    'scan-counts': '{"CRITICAL":0,"HIGH":1,"MEDIUM":0,"LOW":0,"INFORMATIONAL":0,"UNDEFINED":0}',
    changed: 'true',
    digest,
  })
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({
    title: 'ecr-build-push: The image has vulnerabilities that it may not have',
    message: expect.stringContaining('1 finding of HIGH or worse (1 HIGH), first CVE-2026-1 in openssl 3.0'),
  })
  expect(summary).toMatch(/^## ❌ `ml\/churn` has an image that may not be deployed/)
  expect(summary).toContain(`The image is in the repository: \`ml/churn@${digest}\`.`)
  expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
    outcome: 'refused',
    digest,
    tags: [{ tag: 'v1', before: null, after: digest }],
    scan: { findings: [{ id: 'CVE-2026-1', verdict: 'fails' }] },
  })
})

test('a push whose scan is good enough is green, and shows what was found', async () => {
  const { code, outputs, summary } = await fixture.push({ scan: 'wait', 'fail-on-severity': 'CRITICAL' })
  expect({ code, ...outputs }).toMatchObject({ code: 0, 'scan-status': 'passed', changed: 'true' })
  expect(summary).toContain('| HIGH | `CVE-2026-1` | `openssl 3.0` |')
})

test('a push whose scan cannot be seen is red, and hides nothing of the push', async () => {
  fixture.ecr.state.registry.deny.push({ action: 'ecr:DescribeImageScanFindings' })
  const { code, outputs, errors } = await fixture.push({ scan: 'wait' })
  expect({ code, ...outputs }).toMatchObject({
    code: 1,
    'failure-kind': 'auth',
    'scan-status': 'incomplete',
    digest: fixture.repository.tags.get('v1'),
  })
  expect(errors).toHaveLength(1)
  expect(errors[0]?.message).toContain('`ecr:DescribeImageScanFindings`')
})
