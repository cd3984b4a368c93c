import { describe, expect, test } from '@jest/globals'
import {
  type Finding,
  type Ignored,
  judgeScans,
  parseSeverity,
  type ScannedImage,
  SEVERITIES,
} from '../src/index.ts'

const NOW = Date.parse('2026-06-15T12:00:00Z')
const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'HIGH',
  packages: 'openssl 3.0',
  fixedIn: '',
  fixable: true,
  ...more,
})
const image = (findings: readonly Finding[], platform = ''): ScannedImage => ({
  platform,
  digest: `sha256:${platform}`,
  scan: { mode: 'enhanced', status: 'ACTIVE', findings, unlisted: 0 },
})
const ignore = (id: string, expires?: number): Ignored => ({ id, expires, until: undefined, reason: '' })
const POLICY = { failOn: 'HIGH', onlyFixable: false, ignore: [] } as const

const verdictOf = (one: Finding, policy = {}) =>
  judgeScans([image([one])], { ...POLICY, ...policy }, NOW).findings[0]?.verdict

describe('a severity', () => {
  test.each(
    SEVERITIES.flatMap((failOn, at) =>
      SEVERITIES.map((severity, rank) => [severity, failOn, rank <= at ? 'fails' : 'below'] as const),
    ),
  )('%s where %s fails: %s', (severity, failOn, verdict) => {
    expect(verdictOf(finding('A', { severity }), { failOn })).toBe(verdict)
  })
  test('fails nothing where none is named', () => {
    expect(verdictOf(finding('A', { severity: 'CRITICAL' }), { failOn: undefined })).toBe('below')
  })
  test.each([undefined, 'UNTRIAGED', 'critical', '<b>'])('that is called %s is undefined', (word) => {
    expect(parseSeverity(word)).toBe('UNDEFINED')
  })
})

describe('where only what has a fix fails', () => {
  test.each<[Finding['fixable'], string]>([
    [true, 'fails'],
    [false, 'no-fix'],
    [undefined, 'fails'],
  ])('fixable %s: %s', (fixable, verdict) => {
    expect(verdictOf(finding('A', { fixable }), { onlyFixable: true })).toBe(verdict)
  })
})

describe('the ignore list', () => {
  test.each<[string, Ignored, string]>([
    ['by its name, in whatever case', ignore('cve-2026-1'), 'ignored'],
    ['until the moment at which it ends', ignore('CVE-2026-1', NOW + 1), 'ignored'],
    ['but not from that moment on', ignore('CVE-2026-1', NOW), 'fails'],
    ['but not what only begins so', ignore('CVE-2026'), 'fails'],
  ])('lets a finding pass %s', (_name, entry, verdict) => {
    expect(verdictOf(finding('CVE-2026-1'), { ignore: [entry] })).toBe(verdict)
  })
  test('is told apart: what has expired, and what names nothing', () => {
    const [used, old, idle] = [ignore('A'), ignore('B', NOW - 1), ignore('C')]
    const judgement = judgeScans(
      [image([finding('A'), finding('B')])],
      { ...POLICY, ignore: [used, old, idle] },
      NOW,
    )
    expect([judgement.expired, judgement.unused]).toEqual([[old], [idle]])
  })
})

test('what several platforms share is one finding; what differs is not', () => {
  const { findings, counts } = judgeScans(
    [
      image([finding('A'), finding('B', { packages: 'zlib 1' })], 'linux/amd64'),
      image([finding('A'), finding('B', { packages: 'zlib 2' })], 'linux/arm64'),
    ],
    POLICY,
    NOW,
  )
  expect(findings.map(({ id, packages, platforms }) => [id, packages, platforms])).toEqual([
    ['A', 'openssl 3.0', ['linux/amd64', 'linux/arm64']],
    ['B', 'zlib 1', ['linux/amd64']],
    ['B', 'zlib 2', ['linux/arm64']],
  ])
  expect(counts).toEqual({ CRITICAL: 0, HIGH: 3, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNDEFINED: 0 })
})

test('what fails stands first, then the worst', () => {
  const all = [
    finding('C', { severity: 'LOW' }),
    finding('A', { severity: 'CRITICAL', fixable: false }),
    finding('B'),
    finding('D', { severity: 'CRITICAL' }),
  ]
  const { findings } = judgeScans([image(all)], { ...POLICY, onlyFixable: true }, NOW)
  expect(findings.map(({ id }) => id)).toEqual(['D', 'B', 'A', 'C'])
})
