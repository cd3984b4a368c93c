import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { inputs } from '../src/inputs.ts'

const GIVEN = { repository: 'ml/churn', tags: 'v1' }

function read(given: Record<string, string>, mask: (secret: string) => void = () => {}) {
  const all: Record<string, string> = { ...GIVEN, ...given }
  return inputs.read((name) => all[name] ?? '', mask, Object.keys(all))
}

function messageOf(given: Record<string, string>): string {
  try {
    read(given)
    return ''
  } catch (thrown) {
    return String(thrown)
  }
}

/** Any text may be one; what is behind it is judged when it is used. */
const TAKEN_AS_THEY_ARE = ['role-to-assume', 'ca-cert']

const DIGEST = `sha256:${'9a41'.repeat(16)}`
const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const LOGINS =
  'lines of host=user:password, or, for a registry of ECR, of its host alone or host=arn:aws:iam::…:role/…'
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
    [{ latst: 'true' }, 'latst: is no input of this action; take it out of the `with:` of this step'],
    [{ build_args: 'A=1' }, 'build_args: is no input of this action; did you mean `build-args`?'],
    [{ load: 'true' }, 'load: is no input of this action: here it is `outputs`: `type=docker`'],
    [{ attests: 'type=sbom' }, 'attests: is no input of this action: here it is `provenance` and `sbom`'],
    [
      { allow: 'security.insecure' },
      'allow: is no input of this action: here it is `network`: `network: host` grants `network.host`. Nothing grants `security.insecure`',
    ],
    [
      { call: 'check' },
      'call: is no input of this action: this action builds; run `docker buildx build --call` as a step of its own',
    ],
    [{ 'cgroup-parent': 'x' }, "cgroup-parent: is no input of this action: the job's own limits hold"],
    [{ 'github-token': 'x' }, 'github-token: is no input of this action: git contexts are not fetched'],
    [{ 'no-cache-filters': 'a' }, 'no-cache-filters: is no input of this action: here it is `no-cache`: for'],
    [{ repository: '' }, 'repository: is required'],
    [{ repository: 'ML/Churn' }, 'repository: got "ML/Churn"; want the name of an ECR repository'],
    [{ repository: 'host:5000/ml/churn' }, 'without host and tag'],
    ...[`${HOST}/ml/churn`, HOST, 'public.ecr.aws/x/churn'].map(
      (repository): [Record<string, string>, string] => [
        { repository, 'create-repository': 'true' },
        `repository: got "${repository}"; want the name alone, such as ml/churn: put the host into \`registry\``,
      ],
    ),
    [{ tags: '' }, 'tags: is required, unless `push-by-digest: true`'],
    [{ tags: 'feature/x' }, 'tags: got "feature/x"; want tags of at most 128'],
    [{ tags: Array.from({ length: 101 }, (_, at) => `t${at}`).join() }, 'want at most 100 tags'],
    [{ registry: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com' }, 'without https:// and path'],
    [{ registry: '127.0.0.1:5000/ml' }, 'without https:// and path'],
    [
      { registry: 'public.ecr.aws', repository: 'churn' },
      'repository: begins with the alias of your registry',
    ],
    [
      { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'aws-region': 'us-east-1' },
      'aws-region: is us-east-1, but the registry is in eu-west-1',
    ],
    [{ platforms: 'amd64' }, 'want platforms such as linux/amd64'],
    [{ 'build-args': 'A' }, 'build-args: got "A"; want lines of key=value'],
    [{ 'build-args': 'A B=1' }, 'want lines of NAME=value'],
    ...[
      'https://github.com/o/r.git',
      'git@github.com:o/r.git#main',
      '{{defaultContext}}:sub',
      'docker-image://a',
    ].map((context): [Record<string, string>, string] => [
      { context },
      `context: got "${context}"; want the path of a folder: a context of git, a URL or an image is not taken. Run actions/checkout before this step, and give the folder in it`,
    ]),
    [
      { context: 'https://me:hunter22@git.example/x.git' },
      'context: got a value (not shown); want the path of a folder',
    ],
    [
      { 'build-contexts': 'x={{defaultContext}}:sub' },
      'want lines of name=path, name=docker-image://image or name=https://…',
    ],
    [{ 'build-contexts': 'src' }, 'build-contexts: got "src"; want lines of key=value'],
    [{ 'build-contexts': 'a b=src' }, 'want lines of name=path, name=docker-image://image or name=https://…'],
    [{ secrets: 'token' }, 'secrets: got a value (not shown); want lines of key=value'],
    [{ secrets: 'a,env=HOME=x' }, 'secrets: got a value (not shown); want lines of id=value'],
    [{ secrets: 'pip=x', 'secret-envs': 'pip=PIP' }, 'secrets: pip stands in more than one of'],
    [{ 'secret-envs': 'pip=$PIP' }, 'the name of a variable of this job'],
    [{ 'cache-to': 'type=s3,secret_access_key=abc' }, 'want caches without secret_access_key'],
    [{ 'cache-to': 'type=gha,"token=abc"' }, 'want caches without token'],
    ...['type=gha,"token=abc', 'mode=max', 'type=gha,x"y'].map((cache): [Record<string, string>, string] => [
      { 'cache-from': cache },
      'want lines such as type=registry,ref=host/repository:tag',
    ]),
    [{ provenance: 'max' }, 'provenance: got "max"; want one of false, true, mode=min, mode=max'],
    ...['git=', 'git=-k', 'git=a,', 'a/b=/k', '=/k', 'a=/k\na=/l'].map(
      (ssh): [Record<string, string>, string] => [
        { ssh },
        `ssh: got "${ssh.replace('\n', ' ')}"; want lines of id, id=socket or id=key,key, paths of files`,
      ],
    ),
    ...[
      'index-descriptor:a=b',
      'index[linux/amd64]:a=b',
      'layer:a=b',
      'a',
      '=b',
      ':a=b',
      'a:b:c=d',
      '-x=y',
    ].map((annotations): [Record<string, string>, string] => [
      { annotations },
      `annotations: got "${annotations}"; want lines of key=value, perhaps behind manifest:, index: or manifest-descriptor:`,
    ]),
    ...['index', 'manifest-descriptor', 'manifest[linux/amd64]'].map(
      (place): [Record<string, string>, string] => [
        { annotations: `${place}:a=b`, platforms: 'linux/amd64' },
        `annotations: ${place}: needs an index: several \`platforms\`, \`provenance\` or \`sbom\``,
      ],
    ),
    [
      { annotations: 'manifest[linux/s390x]:a=b', platforms: 'linux/amd64,linux/arm64' },
      'annotations: manifest[linux/s390x]: is for a platform that is not in `platforms`',
    ],
    [{ network: 'bridge' }, 'network: got "bridge"; want one of default, none, host'],
    ...['0', '-1', '1x', '2 g b', '1e3', 'g', '9999999t'].map((size): [Record<string, string>, string] => [
      { 'shm-size': size },
      `shm-size: got "${size}"; want a size as Docker writes it, such as 128m or 2g`,
    ]),
    ...[
      'nofile',
      'nofile=',
      'files=1',
      'nofile=2:1',
      'nofile=-1:5',
      'nofile=-2',
      'nofile=1:2:3',
      'nofile=1\nnofile=2',
    ].map((ulimit): [Record<string, string>, string] => [
      { ulimit },
      `ulimit: got "${ulimit.replace('\n', ' ')}"; want lines of name=soft or name=soft:hard, such as nofile=1024:2048`,
    ]),
    ...[
      'db',
      'db:',
      ':10.0.0.7',
      'db:10.0.0',
      'db:name',
      '-db:10.0.0.7',
      'db:fe80::1%eth0',
      'db:10.0.0.7,DB:10.0.0.8',
    ].map((hosts): [Record<string, string>, string] => [
      { 'add-hosts': hosts },
      `add-hosts: got "${hosts}"; want lines of host:ip, the address of IPv4, of IPv6 or host-gateway`,
    ]),
    ...[
      'yes',
      'generator=',
      'generator=A',
      'generator=scan:1,x=y',
      'generator=scan:1 '.repeat(2),
      'type=sbom',
    ].map((sbom): [Record<string, string>, string] => [{ sbom }, 'want true, false or generator=image']),
    ...[
      'out',
      'type=zip,dest=x',
      'dest=x',
      'type=local,type=tar,dest=x',
      'type=local,"dest=x',
      'type=local,,dest=x',
    ].map((outputs): [Record<string, string>, string] => [
      { outputs },
      `outputs: got "${outputs}"; want lines such as type=local,dest=out, with a type of image, registry, local`,
    ]),
    [{ outputs: 'type=tar,dest=-' }, 'whose path does not begin with -'],
    [{ outputs: 'type=local' }, 'outputs: type=local needs the path of what it writes, as dest=…'],
    [{ outputs: 'type=registry', push: 'false' }, 'outputs: type=registry pushes: it needs `push: true`'],
    [{ outputs: 'type=cacheonly' }, 'outputs: type=cacheonly keeps no image: it needs `push: false`'],
    [
      { smoke: '8080/ready', outputs: 'type=image,rewrite-timestamp=true' },
      'smoke: asks the image as it is built, and `rewrite-timestamp` of `outputs` pushes another one',
    ],
    [
      { smoke: '8080/ready', 'cache-to': 'mode=max,"Type=inline"' },
      'smoke: asks the image as it is built, and `type=inline` of `cache-to` pushes another one',
    ],
    [
      { tags: '', 'push-by-digest': 'true', provenance: 'true', annotations: 'index,manifest:a=b' },
      'annotations: of an `index:` would not be of the index that `mode: merge` makes: give them to that step, and not beside `push-by-digest`',
    ],
    ...['a=b', 'manifest:a=b', 'index,manifest:a=b', 'manifest-descriptor[linux/amd64]:a=b'].map(
      (annotations): [Record<string, string>, string] => [
        { mode: 'merge', digests: DIGEST, annotations: `index:c=d\n${annotations}` },
        'annotations: of a merge are those of its index, `index:key=value`: what is of an image is for the step that builds it',
      ],
    ),
    [
      { outputs: 'type=image,compression=zstd\ntype=registry' },
      'outputs: say more than once how the image is packed',
    ],
    ...[
      ['name', '`repository` and `tags`'],
      ['push', '`push`'],
      ['push-by-digest', '`push-by-digest`'],
    ].map(([name, where]): [Record<string, string>, string] => [
      { outputs: `type=image,${name}=true` },
      `outputs: ${name}=… of type=image is said by ${where}: leave it away`,
    ]),
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
    [
      { registries: 'docker.io' },
      `registries: got a value (not shown); want ${LOGINS}; docker.io is no registry of ECR, so it needs user and password`,
    ],
    [
      { registries: 'ghcr.io=hunter22' },
      `registries: got a value (not shown); want ${LOGINS}; ghcr.io has no user and password`,
    ],
    [{ registries: 'ghcr.io=me:' }, '; ghcr.io has no user and password'],
    [{ registries: 'https://ghcr.io=me:hunter22' }, `want ${LOGINS}`],
    [{ registries: 'ghcr.io=me:hunter22\nghcr.io=me:hunter23' }, '; ghcr.io stands twice'],
    [{ registries: 'index.docker.io=me:a\ndocker.io=me:b' }, '; docker.io stands twice'],
    [{ registries: `${HOST}=arn:aws:iam::1:role/x` }, `; that of ${HOST} is no ARN of a role`],
    [{ registries: 'ghcr.io=arn:aws:iam::123456789012:role/x' }, '; ghcr.io is no registry of ECR'],
    [
      { registry: HOST, registries: HOST },
      `registries: names ${HOST}, which is pushed to: its token is fetched in any case`,
    ],
    ...['ready', 'http://127.0.0.1:8080/ready', '0/ready', '65536/ready', '8080', '/a b'].map(
      (smoke): [Record<string, string>, string] => [
        { smoke },
        `smoke: got "${smoke}"; want a path such as /v2/health/ready, or a port and a path such as 8080/v2/health/ready`,
      ],
    ),
    [
      { smoke: '/ready', platforms: 'linux/amd64,linux/arm64' },
      'smoke: starts the image on this machine, which takes one platform, and `platforms` has 2: build each with `push-by-digest` on a machine of its kind',
    ],
    [{ 'smoke-timeout': '2m' }, 'smoke-timeout: is of a check that is not asked for: it needs `smoke`'],
    [{ 'smoke-env': 'A=1' }, 'smoke-env: is of a check that is not asked for: it needs `smoke`'],
    [{ smoke: '/', 'smoke-env': 'A B=1' }, 'smoke-env: got a value (not shown); want lines of NAME=value'],
    [
      { smoke: '/', 'smoke-env': 'DOCKER_HOST=tcp://x' },
      'want variables of the image; DOCKER_HOST is one of the Docker client itself, so set it in the Dockerfile',
    ],
    [{ smoke: '/', mode: 'merge', digests: DIGEST }, 'smoke: is an input of a build'],
    [{ mode: 'index' }, 'mode: got "index"; want one of build, merge'],
    [{ mode: 'merge' }, 'digests: is required with `mode: merge`: the digests to make one image of'],
    [{ digests: DIGEST }, 'digests: is for `mode: merge`'],
    [{ mode: 'merge', digests: 'sha256:abc' }, 'digests: got "sha256:abc"; want digests such as sha256:'],
    [{ mode: 'merge', digests: `${DIGEST},v1` }, 'want digests such as sha256:9a41…'],
    [{ mode: 'merge', digests: '{"a":' }, '; this is no JSON'],
    [{ mode: 'merge', digests: '{"arm64":""}' }, '; `arm64` of the JSON is empty: did its job set it?'],
    [{ mode: 'merge', digests: `{"a":"${DIGEST}","tag":"v1"}` }, '; `tag` of the JSON is no digest'],
    [{ mode: 'merge', digests: DIGEST, tags: '' }, 'tags: is required, unless'],
    ...[
      ['context', 'app'],
      ['file', 'Dockerfile'],
      ['build-args', 'A=1'],
      ['secrets', 'a=hunter22'],
      ['cache-from', 'type=gha'],
      ['no-cache', 'true'],
      ['provenance', 'true'],
      ['reuse', 'false'],
      ['max-age', '1d'],
      ['push', 'false'],
      ['push-by-digest', 'true'],
      ['create-repository', 'true'],
    ].map(([name = '', value = '']): [Record<string, string>, string] => [
      { mode: 'merge', digests: DIGEST, [name]: value },
      `${name}: is an input of a build, and \`mode: merge\` builds nothing: leave it away`,
    ]),
    [
      { 'push-by-digest': 'true' },
      'tags: is for the step with `mode: merge`: `push-by-digest` pushes without a tag',
    ],
    [{ tags: '', 'push-by-digest': 'true', push: 'false' }, 'push-by-digest: pushes: it needs `push: true`'],
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
    [{ 'request-timeout': '30' }, 'request-timeout: got "30"; want a duration'],
    ...['-x', 'a b', 'a/b'].flatMap((value): [Record<string, string>, string][] => [
      [{ target: value }, `target: got "${value}"; want the name of a stage`],
      [{ builder: value }, `builder: got "${value}"; want the name of a builder`],
    ]),
    ...['pull', 'no-cache', 'dry-run', 'reuse'].map((name): [Record<string, string>, string] => [
      { [name]: 'yes' },
      `${name}: got "yes"; want true or false`,
    ]),
    [{ summary: 'no' }, 'summary: got "no"; want true, false or on-failure'],
    ...['-a=b', 'a b=c', '=b'].map((labels): [Record<string, string>, string] => [
      { labels },
      `labels: got "${labels}"; want lines of key=value`,
    ]),
    [{ 'secret-files': 'pip' }, 'secret-files: got "pip"; want lines of key=value'],
    [{ 'secret-files': 'pip=-k' }, 'secret-files: got "pip=-k"; want lines of id=path'],
    [{ 'secret-files': 'a b=k' }, 'secret-files: got "a b=k"; want lines of id=path'],
    [{ 'max-age': '3' }, 'max-age: got "3"; want a duration'],
    [{ smoke: '/', 'smoke-timeout': '2' }, 'smoke-timeout: got "2"; want a duration'],
    ...['push-by-digest', 'create-repository'].map((name): [Record<string, string>, string] => [
      { [name]: 'yes' },
      `${name}: got "yes"; want true or false`,
    ]),
    [{ buildkit: 'nowhere' }, 'buildkit: got "nowhere"; want the address of a BuildKit'],
    ...['buildkit-ca', 'buildkit-cert', 'buildkit-key'].map((name): [Record<string, string>, string] => [
      { [name]: 'c2VjcmV0' },
      `${name}: got a value (not shown); want PEM (-----BEGIN …) or the absolute path of a file with it`,
    ]),
    [{ file: '-x' }, 'file: got "-x"; want a path that does not begin with -'],
    ...['Europe', 'eu-west', 'eu-west-1.evil.example/', 'a@evil.example/x', 'eu west 1', 'x'.repeat(70)].map(
      (region): [Record<string, string>, string] => [
        { 'aws-region': region },
        `aws-region: got "${region}"; want a region of AWS, such as eu-west-1`,
      ],
    ),
  ]
  test('each of those that have a form has a row here', () => {
    const without = Object.keys(inputs.fields).filter(
      (name) => !refused.some(([given]) => name in given && messageOf(given).includes(`${name}: got `)),
    )
    expect(without).toEqual(TAKEN_AS_THEY_ARE)
  })

  test.each(refused)('%j', (given, sentence) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringContaining(sentence) }),
    )
  })

  const contexts = [
    'https://me:hunter22@git.example/x.git#main',
    'https://hunter22@git.example/x.git',
    'HTTPS://me:hunter22@git.example/x.git',
    'https://me:hunt/hunter22@git.example/x.git',
    'ssh://me:hunter22@git.example/x.git',
    'docker-image://me:hunter22@ghcr.io/o/x:1',
    'me:hunter22@git.example:x.git',
  ]
  const cached = [
    'me:hunter22@ghcr.io/o/cache:x',
    'type=registry,ref=me:hunter22@ghcr.io/o/cache:x',
    'type=registry,"ref=me:hunter22@ghcr.io/o/cache:x",mode=max',
    'type=s3,endpoint_url=https://me:hunter22@s3.example,bucket=b',
  ]
  test.each([
    ...contexts.map((value) => ['build-contexts', `ok=src\nx=${value}`, 'GIT_AUTH_TOKEN']),
    ...contexts.map((value) => ['build-contexts', `x=${value}\nnone`, '`registries`']),
    ...cached.flatMap((value) => ['cache-from', 'cache-to'].map((name) => [name, value, '`registries`'])),
    ['cache-to', 'type=gha,token=hunter22', 'caches without token'],
  ])('%s with a password is refused and not quoted: %j', (input = '', value = '', way = '') => {
    const refusal = messageOf({ [input]: value })
    expect(refusal).toContain(`${input}: got a value (not shown); want`)
    expect(refusal).toContain(way)
    expect(refusal).toContain('list of processes')
    expect(refusal).not.toContain('hunter22')
  })

  test.each([
    ['registry', 'https://me:hunter22@ghcr.io'],
    ['registry', 'me:hunter22@ghcr.io'],
    ['repository', 'me:hunter22@ghcr.io/x'],
    ['repository', 'https://me:hunter22@ghcr.io/x'],
    ['buildkit', 'tcp://me:hunter22@b:1'],
    ['buildkit', 'ssh://me:hunter22@b'],
    ['sbom', 'generator=me:hunter22@ghcr.io/x'],
    ['sbom', 'type=sbom,generator=https://me:hunter22@ghcr.io/x'],
    ['secret-envs', 'pip=hunter22 x'],
    ['secret-envs', 'hunter22'],
  ])('what may hold a password in `%s` is not quoted: %s', (input, value) => {
    const refusal = messageOf({ [input]: value })
    expect(refusal).toContain(`${input}: got a value (not shown); want `)
    expect(refusal).not.toContain('hunter22')
  })

  test.each(['type=gha,"token=hunter22', 'type=s3,secret_access_key=a"hunter22', 'ref="me:hunter22@h/c'])(
    'a cache whose quotes are wrong may hold a secret, and is not quoted: %s',
    (value) => {
      expect(() => read({ 'cache-to': value })).toThrow(
        'cache-to: got a value (not shown); want lines such as type=registry,ref=host/repository:tag',
      )
    },
  )

  test.each([
    ['build-contexts', 'x=https://git.example:8443/o/x.git#main:a@b'],
    ['build-contexts', 'x=git@git.example:o/x.git\ny=ssh://git@git.example:22/o/x.git'],
    ['build-contexts', `x=docker-image://alpine:3.20@${DIGEST}\ny=docker-image://h:5000/a/b:1@${DIGEST}`],
    ['build-contexts', 'x=../a:b/c@d'],
    ['cache-from', `host:5000/cache:x@${DIGEST}\ntype=registry,ref=cache:x@${DIGEST}`],
  ])('%s without one is taken: %j', (input, value) => {
    expect(() => read({ [input]: value })).not.toThrow()
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
    platforms: ['linux/amd64', 'linux/arm64'],
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

test('what surrounds a build and comes of it is read as build-push-action has it', () => {
  const given = {
    ssh: 'default\ngit=/run/agent\nkeys=deploy/a,/home/x/b',
    annotations: 'a=b=c\nindex,manifest[linux/arm64]:org.x/y=1, 2\nmanifest-descriptor:k=',
    platforms: 'linux/amd64,linux/arm64',
    network: 'host',
    'shm-size': '1.5g',
    ulimit: 'nofile=1024:2048\nmemlock=-1\nnproc=5:-1',
    'add-hosts': 'db:10.0.0.7, v6=[::1]\ngw:host-gateway,w:fd00::1',
    sbom: 'generator=docker/scout-sbom-indexer:1',
    outputs: 'type=image,compression=zstd,force-compression=true\n"type=tar","dest=a,b"',
  }
  expect(read(given)).toMatchObject({
    ssh: [
      { id: 'default', paths: [] },
      { id: 'git', paths: ['/run/agent'] },
      { id: 'keys', paths: ['deploy/a', '/home/x/b'] },
    ],
    annotations: [
      { places: [], key: 'a', value: 'b=c' },
      {
        places: [
          { kind: 'index', platform: undefined },
          { kind: 'manifest', platform: 'linux/arm64' },
        ],
        key: 'org.x/y',
        value: '1, 2',
      },
      { places: [{ kind: 'manifest-descriptor', platform: undefined }], key: 'k', value: '' },
    ],
    network: 'host',
    shmSize: 1.5 * 2 ** 30,
    ulimit: ['nofile=1024:2048', 'memlock=-1', 'nproc=5:-1'],
    addHosts: ['db=10.0.0.7', 'v6=::1', 'gw=host-gateway', 'w=fd00::1'],
    sbom: 'generator=docker/scout-sbom-indexer:1',
    outputs: [
      {
        type: 'image',
        fields: [
          ['compression', 'zstd'],
          ['force-compression', 'true'],
        ],
      },
      { type: 'tar', fields: [['dest', 'a,b']] },
    ],
  })
})

test.each([
  ['128m', 128 * 2 ** 20],
  ['2GB', 2 ** 31],
  ['64MiB', 2 ** 26],
  ['1k', 1024],
  ['4096', 4096],
])('shm-size %s is %d bytes, as Docker counts', (given, bytes) => {
  expect(read({ 'shm-size': given }).shmSize).toBe(bytes)
})

test.each([
  ['index:a=b', { mode: 'merge', digests: DIGEST }],
  ['index:a=b', { mode: 'merge', digests: DIGEST, platforms: 'linux/amd64' }],
  ['index:a=b', { sbom: 'true' }],
  ['manifest-descriptor:a=b', { provenance: 'mode=min' }],
  ['manifest[linux/arm64]:a=b', { platforms: 'linux/arm64', sbom: 'true' }],
  ['index,manifest:a=b', { platforms: 'linux/amd64,linux/arm64' }],
])('%s has its place with %j', (annotations, given) => {
  expect(read({ annotations, ...given }).annotations).toHaveLength(1)
})

const KEY = [
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
]
test.each([KEY.join('\n'), `default=${KEY.join(' ')}`, KEY[1] ?? '', `default\n${KEY[1]}`])(
  'a private key in `ssh` is refused, and not quoted',
  (ssh) => {
    const sentence =
      'ssh: holds a private key: load it into an agent before, or give the path of a file with it'
    expect(() => read({ ssh })).toThrow(sentence)
    expect(() => read({ ssh })).not.toThrow('b3BlbnNza')
  },
)

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

/** Not refused by their form: what becomes of them is tried down to docker in hostile.story.test.ts. */
const FREE = new Set([
  'ca-cert',
  'role-to-assume',
  'context',
  'file',
  'cache-from',
  'cache-to',
  'lifecycle-policy',
])

describe.each(Object.keys(inputs.fields).filter((name) => !FREE.has(name)))('%s', (name) => {
  test.each(HOSTILE_VALUES)('refuses %j', (value) => {
    // Two tags or two agents, one on each line.
    const legal = (name === 'tags' || name === 'ssh') && value === 'a\nb'
    // To the image it is a path of a URL.
    if (name === 'smoke' && value.startsWith('/')) expect(read({ smoke: value }).smoke?.path).toBe(value)
    else if (legal) expect(read({ [name]: value })[name]).toHaveLength(2)
    else expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ kind: 'config' }))
  })
})

test.each(HOSTILE_VALUES.filter((value) => !/[\u0000-\u001f]/.test(value)))(
  'an annotation %j stays what it is',
  (value) =>
    expect(read({ annotations: `k=${value}` }).annotations).toEqual([{ places: [], key: 'k', value }]),
)

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
  for (const name of ['context', 'file', 'cache-from', 'builder', 'lifecycle-policy', 'ignore', 'ssh'])
    expect(() => read({ [name]: value })).toThrow(`${name}: got`)
  expect(() => read({ annotations: `a=${value}` })).toThrow('annotations: got')
  expect(() => read({ outputs: `type=local,dest=${value}` })).toThrow('outputs: got')
  expect(() => read({ ssh: `a=${value}` })).toThrow('ssh: got')
  expect(() => read({ 'build-args': `A=${value}` })).toThrow('build-args: got')
})

test('secrets are masked before anything is said about any input', () => {
  const masked: string[] = []
  expect(() => read({ repository: '!', secrets: 'pip=hunter22' }, (secret) => masked.push(secret))).toThrow()
  expect(masked).toEqual(['pip=hunter22'])
})

test('of the logins of registries the passwords are masked, in both forms, and no host and no role', () => {
  const masked: string[] = []
  const role = 'arn:aws:iam::210987654321:role/team/ecr-read'
  const lines = [
    '# bases',
    'docker.io = me:hunt:er=22',
    '210987654321.dkr.ecr.us-east-1.amazonaws.com',
    `333333333333.dkr.ecr.eu-west-1.amazonaws.com=${role}`,
  ]
  expect(read({ registries: lines.join('\n') }, (secret) => masked.push(secret)).registries).toEqual(
    new Map([
      ['docker.io', { kind: 'password', user: 'me', password: 'hunt:er=22' }],
      ['210987654321.dkr.ecr.us-east-1.amazonaws.com', { kind: 'ecr', role: undefined }],
      ['333333333333.dkr.ecr.eu-west-1.amazonaws.com', { kind: 'ecr', role }],
    ]),
  )
  expect(masked).toEqual(['hunt:er=22', btoa('me:hunt:er=22')])
})

test('a line that is no login is masked as a whole', () => {
  const masked: string[] = []
  expect(() => read({ registries: 'ghcr.io me:hunter22' }, (secret) => masked.push(secret))).toThrow()
  expect(masked).toEqual(['ghcr.io me:hunter22'])
})

test('a smoke check has a path, perhaps a port, and variables whose longer values are masked', () => {
  const masked: string[] = []
  const given = { smoke: '8080/v2/health/ready?full=1', 'smoke-env': 'MODEL=churn\nAPI_KEY=hunter22hunter22' }
  expect(read(given, (secret) => masked.push(secret))).toMatchObject({
    smoke: { port: 8080, path: '/v2/health/ready?full=1' },
    smokeTimeout: 60_000,
    smokeEnv: new Map([
      ['MODEL', 'churn'],
      ['API_KEY', 'hunter22hunter22'],
    ]),
  })
  expect(masked).toEqual(['hunter22hunter22'])
  expect(read({ smoke: '/' }).smoke).toEqual({ port: undefined, path: '/' })
})
