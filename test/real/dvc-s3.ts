import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { DEFAULT_PRINCIPAL, inMemory, type S3Server, startS3 } from '@mlops-actions/sandbox'
import { runOrThrow } from '../../scripts/command.ts'
import type { Check } from '../../scripts/real/peer.ts'

const BUNDLE = resolve(import.meta.dirname, '../../dist/dvc-push/index.js')
const REGION = 'us-east-1'

/** What a directory may hold that an independent implementation gets wrong. */
const FILES: Readonly<Record<string, string>> = {
  'a-b/c': 'c',
  'a.txt': 'a',
  'a/b': 'b',
  '.hidden': 'j',
  crlf: '\r\n',
  'del\u007f': 'l',
  empty: '',
  'e\u0301-nfd.txt': 'g',
  "html<>&'.txt": "x<>&'",
  'sp ace "q" \\back.txt': 'e',
  'tab\there': 'k',
  'u2028\u2028x': 'q',
  '\u00e9-nfc.txt': 'f',
  '\uff5e.txt': 'i',
  '\u{1f600}.txt': 'h',
}

/**
 * Both directions between the real DVC and the action, over the sandbox's S3, which knows neither of them.
 * @param dvc path of the program
 */
export async function checkInterop(dvc: string, check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-dvc-s3-'))
  const s3 = await startS3({ buckets: ['ours', 'theirs'], region: REGION })
  try {
    const product = await makeProduct(dvc, folder, s3)
    await check(
      'what the action pushes from a workspace without a cache, dvc pull restores byte for byte',
      async () => {
        rmSync(join(product, '.dvc/cache'), { recursive: true })
        const { outputs } = await push(product, folder, { remote: 'ours' })
        strictEqual(outputs['uploaded'], String(Object.keys(s3Objects(s3, 'ours')).length))
        const copy = await clone(product, folder)
        await pull(dvc, copy, 'ours')
        deepStrictEqual(tree(copy), tree(product))
        match(await runDvc(dvc, copy, 'status', '--cloud', '--remote', 'ours'), /in sync/)
      },
    )
    await check('after the action has pushed, dvc push finds nothing to do', async () => {
      await runDvc(dvc, product, 'commit', '--quiet')
      match(await runDvc(dvc, product, 'push', '--remote', 'ours'), /Everything is up to date/)
    })
    await check('after dvc push, the action finds nothing to do', async () => {
      await runDvc(dvc, product, 'push', '--quiet', '--remote', 'theirs')
      const { outputs } = await push(product, folder, { remote: 'theirs' })
      deepStrictEqual([outputs['uploaded'], outputs['changed']], ['0', 'false'])
    })
    await check('both have put the same bytes under the same keys', () => {
      deepStrictEqual(s3Objects(s3, 'ours'), s3Objects(s3, 'theirs'))
    })
    await check(
      'what DVC calls up to date while a file of a directory is lost, the action repairs',
      async () => {
        const { md5 } = objectOf(FILES['a-b/c'] ?? '')
        s3.state.buckets
          .get('theirs')
          ?.objects.delete(`dvc/store/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`)
        match(await runDvc(dvc, product, 'push', '--remote', 'theirs', 'data'), /Everything is up to date/)
        const { outputs } = await push(product, folder, { remote: 'theirs' })
        deepStrictEqual([outputs['uploaded'], outputs['repaired']], ['1', '1'])
        deepStrictEqual(s3Objects(s3, 'ours'), s3Objects(s3, 'theirs'))
      },
    )
    await check('what the action records with add, dvc add leaves as it is', async () => {
      write(product, {
        'data/a.txt': 'changed',
        'data/new/file': 'new',
        'model.bin': 'other weights',
        'run.sh': '#!/bin/bash\n',
      })
      chmodSync(join(product, 'run.sh'), 0o755)
      const tracked = ['data', 'model.bin', 'run.sh']
      const { outputs } = await push(product, folder, { remote: 'ours', add: tracked.join('\n') })
      deepStrictEqual(JSON.parse(outputs['recorded'] ?? ''), ['data.dvc', 'model.bin.dvc', 'run.sh.dvc'])
      const texts = () => tracked.map((path) => readFileSync(join(product, `${path}.dvc`), 'utf8'))
      const ours = texts()
      await runDvc(dvc, product, 'add', '--quiet', ...tracked)
      deepStrictEqual(ours, texts())
      match(await runDvc(dvc, product, 'status', '--cloud', '--remote', 'ours'), /in sync/)
    })
  } finally {
    await s3.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A repository made by DVC: a file, a directory, a script, a pipeline with a templated stage, an uncached metric. */
async function makeProduct(dvc: string, folder: string, s3: S3Server): Promise<string> {
  const product = join(folder, 'product')
  mkdirSync(product)
  await runOrThrow('git', ['init', '--quiet', '--initial-branch=main'], product)
  await runDvc(dvc, product, 'init', '--quiet')
  for (const name of ['ours', 'theirs']) {
    await runDvc(dvc, product, 'remote', 'add', '--quiet', name, `s3://${name}/dvc/store`)
    await runDvc(dvc, product, 'remote', 'modify', name, 'endpointurl', s3.url)
    await runDvc(dvc, product, 'remote', 'modify', name, 'region', REGION)
  }
  write(product, Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`data/${path}`, text])))
  symlinkSync('a.txt', join(product, 'data/link'))
  mkdirSync(join(product, 'data/emptydir'))
  write(product, {
    'model.bin': 'weights'.repeat(100_000),
    'run.sh': '#!/bin/sh\n',
    'params.yaml': 'rate: 1\n',
    'dvc.yaml': `stages:
  train:
    foreach: [eu, us]
    do:
      cmd: mkdir -p out/\${item} && echo \${item} > out/\${item}/model && echo 1 > \${item}.json
      outs: ['out/\${item}']
      metrics: [{'\${item}.json': {cache: false}}]
`,
  })
  await runDvc(dvc, product, 'add', '--quiet', 'data', 'model.bin', 'run.sh')
  await runDvc(dvc, product, 'repro', '--quiet')
  await runOrThrow('git', ['add', '--all'], product)
  await runOrThrow('git', [...IDENTITY, 'commit', '--quiet', '--message', 'data'], product)
  return product
}

const IDENTITY = ['-c', 'user.name=ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false']

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

async function clone(product: string, folder: string): Promise<string> {
  const copy = mkdtempSync(join(folder, 'clone-'))
  await runOrThrow('git', ['clone', '--quiet', product, copy], folder)
  return copy
}

const KEYS = {
  AWS_ACCESS_KEY_ID: DEFAULT_PRINCIPAL.accessKeyId,
  AWS_SECRET_ACCESS_KEY: DEFAULT_PRINCIPAL.secretAccessKey,
}

async function pull(dvc: string, copy: string, remote: string): Promise<void> {
  await runDvc(dvc, copy, 'pull', '--quiet', '--remote', remote)
}

async function runDvc(dvc: string, folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...KEYS, DVC_NO_ANALYTICS: '1' }
  const { code, text } = await run(dvc, args, folder, env)
  if (code !== 0) throw new Error(`dvc ${args.join(' ')} ended with ${code}:\n${text}`)
  return text
}

/** The bundle as a step of a job; throws when it fails. */
async function push(product: string, folder: string, given: Readonly<Record<string, string>>) {
  const output = join(mkdtempSync(join(folder, 'step-')), 'output')
  writeFileSync(output, '')
  const inputs = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const { code, text } = await run(process.execPath, [BUNDLE], product, {
    PATH: process.env['PATH'],
    GITHUB_WORKSPACE: product,
    GITHUB_OUTPUT: output,
    RUNNER_TEMP: folder,
    ...KEYS,
    ...Object.fromEntries(inputs),
  })
  if (code !== 0) throw new Error(`the action ended with ${code}:\n${text}`)
  const found = readFileSync(output, 'utf8').matchAll(/^([^<\n]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)
  return { outputs: Object.fromEntries([...found].map(([, name, , value]) => [name, value])) }
}

async function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, text }
}

/** Every key of a bucket with the size and MD5 of its bytes. */
function s3Objects(
  s3: S3Server,
  bucket: string,
): Record<string, { readonly md5: string; readonly size: number }> {
  const objects = [...(s3.state.buckets.get(bucket)?.objects.values() ?? [])]
  return Object.fromEntries(objects.map(({ key, body }) => [key, objectOf(inMemory(body))]))
}

function objectOf(body: string | Buffer): { readonly md5: string; readonly size: number } {
  return { md5: createHash('md5').update(body).digest('hex'), size: Buffer.byteLength(body) }
}

/** Every file outside of git and DVC's own folder, with its content. */
function tree(folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  const visit = (below: string): void => {
    for (const name of readdirSync(below).sort()) {
      const path = join(below, name)
      if (['.git', '.dvc'].includes(relative(folder, path))) continue
      if (statSync(path).isDirectory()) visit(path)
      else files[relative(folder, path)] = readFileSync(path, 'base64')
    }
  }
  visit(folder)
  return files
}
