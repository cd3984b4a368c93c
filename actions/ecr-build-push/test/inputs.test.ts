import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { inputs } from '../src/inputs.ts'

const GIVEN = { repository: 'ml/churn', tags: 'v1' }

function read(given: Record<string, string>, mask: (secret: string) => void = () => {}) {
  const all: Record<string, string> = { ...GIVEN, ...given }
  return inputs.read((name) => all[name] ?? '', mask)
}

const CREATE = { 'create-repository': 'true' }
const NOT_CREATED =
  'is a setting of a repository that this step may create: it needs `create-repository: true`'
const FILTERS = '1 to 5 filters of at most 128 of A-Z a-z 0-9 . _ - and the wildcard *'
const TAGS =
  'lines of key=value, at most 50, of letters, digits, blanks and . : / + - @ _, keys of at most 128 and values of at most 256, and none of aws:'
const IGNORED =
  'lines of an id, perhaps `until` and a date, perhaps a reason: CVE-2026-1234 until 2026-12-31 no fix yet'

describe('an input that is wrong is named, with what it wants', () => {
  const refused: [given: Record<string, string>, sentence: string][] = [
    [{ repository: '' }, 'repository: is required'],
    [{ repository: 'ML/Churn' }, 'repository: got "ML/Churn"; want the name of an ECR repository'],
    [{ repository: 'host:5000/ml/churn' }, 'without host and tag'],
    [{ tags: '' }, 'tags: is required'],
    [{ tags: 'feature/x' }, 'tags: got "feature/x"; want tags of at most 128'],
    [{ tags: Array.from({ length: 101 }, (_, at) => `t${at}`).join() }, 'want at most 100 tags'],
    [{ registry: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com' }, 'without https:// and path'],
    [{ registry: '127.0.0.1:5000/ml' }, 'without https:// and path'],
    [{ registry: 'public.ecr.aws' }, 'registry: is ECR Public'],
    [
      { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'aws-region': 'us-east-1' },
      'aws-region: is us-east-1, but the registry is in eu-west-1',
    ],
    [{ platforms: 'amd64' }, 'want platforms such as linux/amd64'],
    [{ 'build-args': 'A' }, 'build-args: got "A"; want lines of key=value'],
    [{ 'build-args': 'A B=1' }, 'want lines of NAME=value'],
    [{ secrets: 'token' }, 'secrets: got a value (not shown); want lines of key=value'],
    [{ secrets: 'a,env=HOME=x' }, 'secrets: got a value (not shown); want lines of id=value'],
    [{ secrets: 'pip=x', 'secret-envs': 'pip=PIP' }, 'secrets: pip stands in more than one of'],
    [{ 'secret-envs': 'pip=$PIP' }, 'the name of a variable of this job'],
    [{ 'cache-to': 'type=s3,secret_access_key=abc' }, 'want caches without secret_access_key'],
    [{ provenance: 'max' }, 'provenance: got "max"; want one of false, true, mode=min, mode=max'],
    [{ push: 'yes' }, 'push: got "yes"; want true or false'],
    [{ push: 'false', 'max-size': '1GB' }, 'max-size: is measured in the registry'],
    [{ 'max-size': '2' }, 'max-size: got "2"; want a size'],
    [
      { ...CREATE, 'tag-mutability': 'immutable' },
      'want one of MUTABLE, IMMUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION',
    ],
    [{ 'tag-mutability': 'IMMUTABLE' }, `tag-mutability: ${NOT_CREATED}`],
    [{ 'tag-mutability-exclusions': 'latest' }, `tag-mutability-exclusions: ${NOT_CREATED}`],
    [{ encryption: 'KMS' }, `encryption: ${NOT_CREATED}`],
    [{ 'kms-key': 'alias/ml' }, `kms-key: ${NOT_CREATED}`],
    [{ 'repository-tags': 'team=ml' }, `repository-tags: ${NOT_CREATED}`],
    [{ 'lifecycle-policy': 'lifecycle.json' }, `lifecycle-policy: ${NOT_CREATED}`],
    [
      { ...CREATE, 'tag-mutability': 'IMMUTABLE_WITH_EXCLUSION' },
      'tag-mutability: is IMMUTABLE_WITH_EXCLUSION: it needs `tag-mutability-exclusions`',
    ],
    [
      { ...CREATE, 'tag-mutability': 'IMMUTABLE', 'tag-mutability-exclusions': 'latest' },
      'tag-mutability-exclusions: need a `tag-mutability` that ends with _WITH_EXCLUSION',
    ],
    [{ ...CREATE, 'tag-mutability-exclusions': 'a,b,c,d,e,f' }, `got "a,b,c,d,e,f"; want ${FILTERS}`],
    [
      { ...CREATE, 'tag-mutability-exclusions': 'dev/*' },
      `tag-mutability-exclusions: got "dev/*"; want ${FILTERS}`,
    ],
    [{ ...CREATE, encryption: 'aes256' }, 'encryption: got "aes256"; want one of AES256, KMS, KMS_DSSE'],
    [
      { ...CREATE, encryption: 'AES256', 'kms-key': 'alias/ml' },
      'kms-key: needs `encryption: KMS` or `encryption: KMS_DSSE`',
    ],
    [
      { ...CREATE, encryption: 'KMS', 'kms-key': 'ml' },
      'kms-key: got "ml"; want the ARN, the id or the alias of a KMS key, such as alias/ml',
    ],
    [{ ...CREATE, 'repository-tags': 'aws:team=ml' }, `repository-tags: got "aws:team=ml"; want ${TAGS}`],
    [{ ...CREATE, 'repository-tags': 'team=<b>' }, `repository-tags: got "team=<b>"; want ${TAGS}`],
    [
      { ...CREATE, 'repository-tags': Array.from({ length: 51 }, (_, at) => `k${at}=`).join('\n') },
      `want ${TAGS}`,
    ],
    [{ ...CREATE, 'repository-tags': 'team' }, 'repository-tags: got "team"; want lines of key=value'],
    [
      { ...CREATE, 'lifecycle-policy': '{"rules":[}' },
      'lifecycle-policy: got "{"rules":[}"; want the JSON of a lifecycle policy: this is no JSON',
    ],
    [
      { ...CREATE, 'lifecycle-policy': '{"rule":[]}' },
      'want the JSON of a lifecycle policy: this has no list of `rules`',
    ],
    [
      { ...CREATE, 'lifecycle-policy': `{"rules":[1],"x":"${'x'.repeat(30_701)}"}` },
      'want the JSON of a lifecycle policy: this has 30,721 characters, and ECR takes 30,720',
    ],
    [
      { ...CREATE, 'lifecycle-policy': '-x' },
      'lifecycle-policy: got "-x"; want a path that does not begin with -',
    ],
    [{ scan: 'on' }, 'scan: got "on"; want one of off, wait'],
    [{ scan: 'wait', push: 'false' }, 'scan: waits for the scan in ECR: it needs `push: true`'],
    [
      { scan: 'wait', 'fail-on-severity': 'high' },
      'fail-on-severity: got "high"; want one of CRITICAL, HIGH, MEDIUM, LOW',
    ],
    [
      { 'fail-on-severity': 'HIGH' },
      'fail-on-severity: is about the findings of a scan: it needs `scan: wait`',
    ],
    [{ ignore: 'CVE-2026-1' }, 'ignore: is about the findings of a scan: it needs `scan: wait`'],
    [{ 'only-fixable': 'true' }, 'only-fixable: is about the findings of a scan: it needs `scan: wait`'],
    [{ scan: 'wait', 'only-fixable': 'yes' }, 'only-fixable: got "yes"; want true or false'],
    ...[
      ['openssl', IGNORED],
      ['CVE-2026-1, CVE-2026-2', IGNORED],
      ['CVE-2026-1 untill 2026-12-31', IGNORED],
      ['CVE-2026-1 2026-12-31', IGNORED],
      ['CVE-2026-1 until', IGNORED],
      ['CVE-2026-1 until tomorrow', IGNORED],
      ['CVE-2026-1 until 2026-12-31x', IGNORED],
      ['CVE-2026-1 until 2026-02-30', 'dates that exist (2026-02-30 does not)'],
      ['CVE-2026-1 until 2026-13-01', 'dates that exist (2026-13-01 does not)'],
      ['CVE-2026-1\ncve-2026-1', 'each id once (cve-2026-1 stands twice)'],
    ].map(([ignore = '', want]): [Record<string, string>, string] => [
      { scan: 'wait', ignore },
      `ignore: got "${ignore.replace('\n', ' ')}"; want ${want}`,
    ]),
    [{ timeout: '10' }, 'timeout: got "10"; want a duration'],
  ]
  test.each(refused)('%j', (given, sentence) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringContaining(sentence) }),
    )
  })

  test('all at once', () => {
    expect(() => read({ repository: 'X', tags: '/', push: 'no', context: '-x' })).toThrow(
      '4 inputs are wrong',
    )
  })
})

test('what is right is read', () => {
  const given = {
    tags: 'v1, latest\nv1',
    platforms: 'linux/amd64,linux/arm64/v8',
    'build-args': 'A=1=2\nB=',
    'cache-from': 'type=gha\nhost/cache:x',
    'max-size': '2GB',
  }
  expect(read(given)).toMatchObject({
    tags: ['v1', 'latest'],
    platforms: ['linux/amd64', 'linux/arm64/v8'],
    buildArgs: new Map([
      ['A', '1=2'],
      ['B', ''],
    ]),
    cacheFrom: ['type=gha', 'host/cache:x'],
    maxSize: 2e9,
    push: true,
    provenance: 'false',
    context: '.',
  })
})

test('a repository is described by its settings', () => {
  const policy = '{\n  "rules": [{ "rulePriority": 1 }]\n}'
  const given = {
    ...CREATE,
    'tag-mutability': 'MUTABLE_WITH_EXCLUSION',
    'tag-mutability-exclusions': 'v*, release-*, v*',
    encryption: 'KMS_DSSE',
    'kms-key': 'arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef',
    'repository-tags': 'team=ml ops\ncost centre=7+x',
    'lifecycle-policy': policy,
  }
  expect(read(given)).toMatchObject({
    tagMutabilityExclusions: ['v*', 'release-*'],
    repositoryTags: new Map([
      ['team', 'ml ops'],
      ['cost centre', '7+x'],
    ]),
    lifecyclePolicy: { kind: 'text', text: policy },
  })
  expect(read({ ...given, 'lifecycle-policy': 'ecr/policy.json' }).lifecyclePolicy).toEqual({
    kind: 'file',
    path: 'ecr/policy.json',
  })
})

test('what is ignored has an id, perhaps an end, and perhaps a reason', () => {
  const ignore = [
    '# agreed with security',
    'CVE-2026-1234 until 2026-12-31 no fix, says the vendor',
    'GHSA-abcd-efgh-ijkl',
    'RHSA-2026:1234 we do not use it',
    'CVE-2024-1 until 2024-02-29',
  ].join('\n')
  expect(read({ scan: 'wait', ignore }).ignore).toEqual([
    {
      id: 'CVE-2026-1234',
      until: '2026-12-31',
      // The day is over when the next one begins.
      expires: Date.parse('2027-01-01T00:00:00Z'),
      reason: 'no fix, says the vendor',
    },
    { id: 'GHSA-abcd-efgh-ijkl', until: undefined, expires: undefined, reason: '' },
    { id: 'RHSA-2026:1234', until: undefined, expires: undefined, reason: 'we do not use it' },
    { id: 'CVE-2024-1', until: '2024-02-29', expires: Date.parse('2024-03-01T00:00:00Z'), reason: '' },
  ])
})

/** These become one argument, a variable or a file name whatever they are; where a file leads is judged when it is used. */
const FREE = new Set([
  'ca-cert',
  'role-to-assume',
  'aws-region',
  'context',
  'file',
  'cache-from',
  'cache-to',
  'lifecycle-policy',
])

describe.each(Object.keys(inputs.fields).filter((name) => !FREE.has(name)))('%s', (name) => {
  test.each(HOSTILE_VALUES)('refuses %j', (value) => {
    // Two tags, one on each line.
    const legal = name === 'tags' && value === 'a\nb'
    if (legal) expect(read({ tags: value }).tags).toEqual(['a', 'b'])
    else expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ kind: 'config' }))
  })
})

describe.each(['build-args', 'labels', 'secrets'])('a value in %s', (name) => {
  test.each(HOSTILE_VALUES.filter((value) => !/[\u0000-\u001f]/.test(value)))(
    '%j stays what it is',
    (value) => {
      const read1 = read({ [name]: `KEY=${value}` })
      const pairs = { 'build-args': read1.buildArgs, labels: read1.labels, secrets: read1.secrets }[name]
      expect([...(pairs ?? [])]).toEqual([['KEY', value]])
    },
  )
})

test.each(['a\u0000b', 'a\u001b[0m'])('control characters are refused: %j', (value) => {
  for (const name of ['context', 'file', 'cache-from', 'builder', 'lifecycle-policy', 'ignore'])
    expect(() => read({ [name]: value })).toThrow(`${name}: got`)
  expect(() => read({ 'build-args': `A=${value}` })).toThrow('build-args: got')
})

test('secrets are masked before anything is said about any input', () => {
  const masked: string[] = []
  expect(() => read({ repository: '!', secrets: 'pip=hunter22' }, (secret) => masked.push(secret))).toThrow()
  expect(masked).toEqual(['pip=hunter22'])
})
