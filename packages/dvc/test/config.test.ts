import { createHash } from 'node:crypto'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { parseConfigText } from '../src/formats/config-text.ts'
import { readRepository } from '../src/index.ts'
import { mergeConfig } from '../src/repository/config.ts'
import { resolveRemote } from '../src/repository/remote.ts'
import { parseS3Url } from '../src/repository/s3-url.ts'
import { makeRepository } from './repository.ts'

const optionOf = (line: string) => parseConfigText(`[s]\n${line}`).get('s')?.get('v')

test('a section without quotes around its name is read too, as ConfigObj does', () => {
  const sections = parseConfigText('[remote "Store"]  # mine\nurl = s3://b/p\n[ core ]\nremote = store\n')
  expect([...sections.keys()]).toEqual(['remote "store"', 'core'])
})

describe('the dialect of the configuration', () => {
  test.each<[line: string, value: string | string[]]>([
    ['v = s3://bkt/p', 's3://bkt/p'],
    ['v=x', 'x'],
    ['  V  =  x  ', 'x'],
    ['v = s3://bkt/p#frag', 's3://bkt/p'],
    ['v = k#ey', 'k'],
    ["v = 'k#ey'", 'k#ey'],
    ['v = "k,ey" # why', 'k,ey'],
    ['v = k,ey', ['k', 'ey']],
    ['v = a, "b,c" ,d', ['a', 'b,c', 'd']],
    ['v = a,', ['a']],
    ['v =', ''],
    ['v = $HOME', '$HOME'],
    ['v = 100%', '100%'],
    ["v = it's", "it's"],
    ["v = '''one\ntwo'''", 'one\ntwo'],
    ['v = a = b', 'a = b'],
  ])('reads %j', (line, value) => {
    expect(optionOf(line)).toEqual(value)
  })

  test.each([
    ["v = 'open", 2, /quote/],
    ['v = "a" b', 2, /text follows/],
    ['v = %(x)s', 2, /%\(name\)s/],
    ['v = 1\nv = 2', 3, /twice/],
    ['no equals sign', 2, /name = value/],
    ['v = a\u0000b', 2, /a NUL character, as UTF-16 has them: save it as UTF-8/],
    ['<<<<<<< HEAD', 2, /marks of an unfinished merge/],
    ['v = 1\n=======', 3, /marks of an unfinished merge/],
    ["v = '''open\nx", 2, /not closed/],
    ['[[nested]]', 2, /section/],
    ['[s]', 2, /twice/],
  ])('refuses %j in line %i', (text, line, words) => {
    expect(() => optionOf(text)).toThrow(
      expect.objectContaining({ line, message: expect.stringMatching(words) }),
    )
  })

  test('an option outside of a section is refused', () => {
    expect(() => parseConfigText('v = 1')).toThrow(/outside of a section/)
  })

  test('section names are lower-cased and lose their quotes; CRLF and a byte order mark do not matter', () => {
    const sections = parseConfigText(
      '\ufeff[Core]\r\nRemote = A\r\n[\'Remote "Store"\']\r\nurl = s3://bkt\r\n',
    )
    expect([...sections.keys()]).toEqual(['core', 'remote "store"'])
  })
})

const level = (text: string, file = '.dvc/config') => ({ file, folder: '/repo/.dvc', text })
const remoteOf = (options: string, name = 'store') =>
  resolveRemote(mergeConfig('/repo', [level(`['remote "store"']\n${options}`)]), name)

describe('the levels of the configuration', () => {
  test('the local level wins, option by option, and paths start at the folder of their file', () => {
    const config = mergeConfig('/repo', [
      level(
        '[core]\nremote = Store\n[cache]\ndir = ../shared\n[\'remote "store"\']\nurl = s3://bkt/p\nregion = eu-west-1',
      ),
      level('[\'remote "store"\']\nendpointurl = http://127.0.0.1:9000', '.dvc/config.local'),
    ])
    expect(config).toMatchObject({ defaultRemote: 'store', cacheDir: '/repo/shared' })
    expect(resolveRemote(config, 'STORE')).toMatchObject({
      bucket: 'bkt',
      prefix: 'p/',
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:9000',
    })
  })

  test('without options the cache lies in .dvc/cache and no remote is the default', () => {
    expect(mergeConfig('/repo', [])).toMatchObject({ defaultRemote: undefined, cacheDir: '/repo/.dvc/cache' })
  })

  test('the machine, the user, the repository and its local file are read, the later ones win', async () => {
    const repository = await makeRepository({
      'home/.config/dvc/config': '[core]\nremote = user\n[cache]\ntype = hardlink,copy\ndir = ~/cache\n',
      'etc/config': '[core]\nremote = machine\n[\'remote "machine"\']\nurl = s3://bkt/m\n',
      '.dvc/config': '[\'remote "store"\']\nurl = s3://bkt/p\n',
      '.dvc/config.local': '[cache]\ntype = symlink\n',
    })
    const home = join(repository.root, 'home')
    const env = { HOME: home, DVC_SYSTEM_CONFIG_DIR: join(repository.root, 'etc') }
    const { config } = await readRepository(repository.root, { env })
    expect(config).toMatchObject({
      defaultRemote: 'user',
      cacheTypes: ['symlink'],
      cacheDir: join(home, 'cache'),
    })
    expect([...config.remotes.keys()]).toEqual(['machine', 'store'])
    expect((await readRepository(repository.root)).config.defaultRemote).toBeUndefined()
    await repository.close()
  })

  test.each([
    ['[core]\nremot = x', /section \[core\] has the option "remot"/],
    ['[cache]\ndirectory = x', /section \[cache\] has the option "directory"/],
    ['[kernel]\nx = y', /section \[kernel\], which DVC does not have/],
    ['[cache]\ntype = reflink,teleport', /cache\.type has "teleport"/],
    ['[core]\nno_scm = perhaps', /core\.no_scm is "perhaps"/],
    ['[cache]\nshared = everybody', /cache\.shared is "everybody"\. Write group, or remove the option/],
  ])('%j is refused, as DVC does', (text, words) => {
    expect(() => mergeConfig('/repo', [level(text)])).toThrow(words)
  })

  test.each<[text: string, types: string[]]>([
    ['', ['reflink', 'copy']],
    ['[cache]\ntype = "hardlink,symlink"', ['hardlink', 'symlink']],
    ['[cache]\ntype = reflink, hardlink ,copy', ['reflink', 'hardlink', 'copy']],
  ])('%j links by %j', (text, types) => {
    expect(mergeConfig('/repo', [level(text)]).cacheTypes).toEqual(types)
  })

  test('the local file has to be UTF-8 as well: a key in it would be another one otherwise', async () => {
    const latin1 = Buffer.from('[\'remote "store"\']\naccess_key_id = \u00e9\n', 'latin1')
    const repository = await makeRepository({ '.dvc/config.local': latin1 })
    await expect(readRepository(repository.root)).rejects.toThrow(
      /\.dvc\/config\.local: it is no UTF-8\. Save it/,
    )
    await repository.close()
  })

  test('the local file is no link, which could show a file of the runner in a sentence about it', async () => {
    const repository = await makeRepository({ secrets: 'password\n' })
    await symlink(join(repository.root, 'secrets'), join(repository.root, '.dvc/config.local'))
    const reading = readRepository(repository.root)
    await expect(reading).rejects.toThrow(/\.dvc\/config\.local: it is a symbolic link/)
    await expect(reading).rejects.not.toThrow(/password/)
    await repository.close()
  })

  test.each<[text: string, shared: boolean]>([
    ['', false],
    ['[cache]\nshared = Group', true],
  ])('%j shares the cache with the group: %j', (text, shared) => {
    expect(mergeConfig('/repo', [level(text)]).cacheShared).toBe(shared)
  })

  test('a syntax error names file and line', () => {
    expect(() => mergeConfig('/repo', [level('[core]\nremote = "x')])).toThrow(/\.dvc\/config:2: a quote/)
  })
})

describe('a remote', () => {
  test('has the options that say how an object is written', () => {
    const remote = remoteOf(
      'url = s3://bkt/p/\nsse = aws:kms\nsse_kms_key_id = k1\nacl = bucket-owner-full-control\njobs = 4',
    )
    expect(remote).toMatchObject({
      prefix: 'p/',
      jobs: 4,
      write: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k1', ACL: 'bucket-owner-full-control' },
    })
  })

  test('inherits from the remote its URL names', () => {
    const config = mergeConfig('/repo', [
      level(
        '[\'remote "base"\']\nurl = s3://bkt/p\nregion = eu-west-1\n[\'remote "store"\']\nurl = remote://base/sub',
      ),
    ])
    expect(resolveRemote(config, 'store')).toMatchObject({
      bucket: 'bkt',
      prefix: 'p/sub/',
      region: 'eu-west-1',
    })
  })

  test.each([
    ['s3://bkt', 'bkt', ''],
    [
      's3://arn:aws:s3:eu-west-1:123456789012:accesspoint/models/a/b',
      'arn:aws:s3:eu-west-1:123456789012:accesspoint/models',
      'a/b/',
    ],
    [
      's3://arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint:models',
      'arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint:models',
      '',
    ],
    ['s3://models-abc-s3alias/a', 'models-abc-s3alias', 'a/'],
  ])('at %s is the bucket %s with the prefix "%s"', (url, bucket, prefix) => {
    expect(parseS3Url('x', url)).toEqual({ bucket, prefix })
  })

  test('has the key of a customer, and says whether it is public', () => {
    const key = Buffer.alloc(32, 'k').toString('base64')
    expect(remoteOf(`url = s3://bkt\nsse_customer_key = ${key}\nallow_anonymous_login = true`)).toMatchObject(
      {
        customerKey: {
          SSECustomerAlgorithm: 'AES256',
          SSECustomerKey: key,
          SSECustomerKeyMD5: createHash('md5').update(Buffer.from(key, 'base64')).digest('base64'),
        },
        anonymous: true,
      },
    )
  })

  test('warns of a profile, which the runner does not have', () => {
    expect(remoteOf('url = s3://bkt\nprofile = ann').warnings).toEqual([
      expect.stringMatching(/`profile`, which is not used here/),
    ])
  })

  test.each([
    ['url = gs://b/p', /remotes of the kind gs are not supported/],
    ['url = /mnt/store', /a folder of this machine/],
    ['url = ssh://host/x', /remotes of the kind ssh are not supported/],
    ['url = s3://', /names no bucket/],
    ['region = eu-west-1', /remote "store": it has no url\. .*`dvc remote modify store url s3:/],
    ['url =', /it has no url/],
    ['url = s3://bkt\nendpointurl = not a url', /endpointurl is "https:\/\/not a url".*Give the address/],
    ['url = s3://bkt\nendpointurl = http://127.0.0.1:99999', /endpointurl is "http:\/\/127\.0\.0\.1:99999"/],
    ['url = s3://bkt\nendpointurl = ftp://host', /endpointurl is "ftp:\/\/host"/],
    ['url = s3://bkt\nendpointurl = https://ann:hunter2@host', /a user name or a password in endpointurl/],
    ['url = s3:/data/x', /names no bucket/],
    ['url = s3://bkt\nversion_aware = true', /version_aware/],
    ['url = s3://bkt\nworktree = true', /worktree/],
    ['url = s3://bkt\nallow_anonymous_login = maybe', /allow_anonymous_login/],
    ['url = s3://bkt\nsse_customer_key = x', /Base64 of 32 bytes/],
    [`url = s3://bkt\nsse = aws:kms\nsse_customer_key = ${'A'.repeat(43)}=`, /both sse_customer_key and sse/],
    ['url = s3://bkt\nacl = private\ngrant_read = id=x', /both acl and grant_read/],
    ['url = s3://bkt\nsse = rot13', /rot13/],
    ['url = s3://bkt\nssl_verify = false', /ssl_verify/],
    ['url = s3://bkt\nuse_ssl = false', /use_ssl/],
    ['url = s3://bkt\nendpoint_url = http://x', /the option "endpoint_url"/],
    ['url = s3://bkt\naccess_key_id = a', /one of access_key_id and secret_access_key/],
    [
      'url = s3://bkt\naccess_key_id =\nsecret_access_key =',
      /access_key_id is empty.*a secret that does not exist is empty/,
    ],
    ['url = s3://bkt\naccess_key_id = a\nsecret_access_key =', /secret_access_key is empty/],
    ['url = s3://bkt\naccess_key_id = a\nsecret_access_key = k,ey', /secret_access_key is a list/],
    ['url = s3://bkt\njobs = many', /jobs is "many"/],
    ['url = remote://store/x', /refers to itself/],
  ])('with %j is refused by name', (options, words) => {
    try {
      remoteOf(options)
      throw new Error('it was not refused')
    } catch (error) {
      expect(error).toBeInstanceOf(Failure)
      expect(error).toMatchObject({ kind: 'config', message: expect.stringMatching(words) })
      expect(error).not.toMatchObject({ message: expect.stringContaining('hunter2') })
    }
  })

  test('that refers to one without a url is refused by the name of that one', () => {
    const text = '[\'remote "base"\']\nregion = eu-west-1\n[\'remote "store"\']\nurl = remote://base/sub'
    expect(() => resolveRemote(mergeConfig('/repo', [level(text)]), 'store')).toThrow(
      /remote "base": it has no url/,
    )
  })

  test('that does not exist is refused with those that do', () => {
    expect(() => remoteOf('url = s3://bkt', 'other')).toThrow(/no remote "other"; there is "store"/)
  })
})
