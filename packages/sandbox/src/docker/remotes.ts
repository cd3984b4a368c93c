import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { isAbsolute, join } from 'node:path'
import { isRecord, parseJson, recordField, stringField } from '../registry/json.ts'
import { BuilderRefusal, UsageRefusal } from './refusal.ts'

type Env = Readonly<Record<string, string | undefined>>

const OPTIONS = ['cacert', 'cert', 'key', 'servername']

/**
 * `buildx create --name=x --driver=remote [--driver-opt=k=v] tcp://host:port`: what it refuses, and the file that it leaves
 * in the folder of BUILDX_CONFIG. Source: docker/buildx driver/remote/factory.go, and what 0.29.1 printed.
 * @throws UsageRefusal
 */
export function createRemote(args: readonly string[], env: Env): string {
  const flags = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split(/=(.*)/s))
  const [endpoint, ...more] = args.filter((word) => !word.startsWith('--'))
  const given = (wanted: string) => flags.filter(([name]) => name === wanted).map(([, value = '']) => value)
  const unknown = flags.find(([name = '']) => !['name', 'driver', 'driver-opt'].includes(name))
  if (unknown !== undefined) throw new UsageRefusal(`unknown flag: --${unknown[0]}`)
  const [name = ''] = given('name')
  if (given('driver').join() !== 'remote' || name === '')
    throw new UsageRefusal('this stand-in creates builders of the driver remote, with a name')
  if (more.length > 0) throw new UsageRefusal("'buildx create' requires at most 1 argument")
  if (endpoint === undefined) throw new UsageRefusal('no remote endpoint provided')
  const options = Object.fromEntries(given('driver-opt').map((option) => option.split(/=(.*)/s).slice(0, 2)))
  assertOptions(name, options)
  const file = fileOf(name, env)
  if (existsSync(file))
    throw new UsageRefusal(
      `existing instance for "${name}" but no append mode, specify the node name to make changes for existing instances`,
    )
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(
    file,
    JSON.stringify({ Name: name, Driver: 'remote', Nodes: [{ Endpoint: endpoint, DriverOpts: options }] }),
  )
  return name
}

function assertOptions(name: string, options: Readonly<Record<string, string>>): void {
  const refuse = (why: string) => new UsageRefusal(`failed to initialize builder ${name} (${name}0): ${why}`)
  for (const [option, value] of Object.entries(options)) {
    if (!OPTIONS.includes(option)) throw refuse(`invalid driver option ${option} for remote driver`)
    if (option !== 'servername' && !isAbsolute(value))
      throw refuse(`non-absolute path '${value}' provided for ${option}`)
  }
  const { cacert, cert, key } = options
  const missing = [
    ...(cacert === undefined ? ['cacert'] : []),
    ...(cert !== undefined && key === undefined ? ['key'] : []),
    ...(key !== undefined && cert === undefined ? ['cert'] : []),
  ]
  if (Object.keys(options).length > 0 && missing.length > 0)
    throw refuse(`tls enabled, but missing keys ${missing.join(', ')}`)
}

function fileOf(name: string, env: Env): string {
  const folder = env['BUILDX_CONFIG'] ?? join(env['HOME'] ?? '/nowhere', '.docker/buildx')
  return join(folder, 'instances', name)
}

/** Whether a builder of that name was created in the folder of BUILDX_CONFIG. */
export function isRemote(name: string | undefined, env: Env): boolean {
  return name !== undefined && existsSync(fileOf(name, env))
}

/**
 * Connects as buildx does before a build.
 * @throws BuilderRefusal in the words of the real one, which says no more, whatever is wrong; it waits twenty seconds for them
 */
export async function dialRemote(name: string, env: Env): Promise<void> {
  const instance = parseJson(readFileSync(fileOf(name, env), 'utf8'))
  const node = isRecord(instance) && Array.isArray(instance['Nodes']) ? instance['Nodes'][0] : undefined
  const endpoint = isRecord(node) ? (stringField(node, 'Endpoint') ?? '') : ''
  const options = (isRecord(node) ? recordField(node, 'DriverOpts') : undefined) ?? {}
  try {
    const read = (option: string) => readFileSync(stringField(options, option) ?? '')
    const tls = { ca: read('cacert'), cert: read('cert'), key: read('key') }
    const servername = stringField(options, 'servername')
    const url = endpoint.replace('tcp:', 'https:')
    const session = connect(url, servername === undefined ? tls : { ...tls, servername })
    // A server of TLS 1.3 says only after the handshake that it does not take a client.
    await new Promise<void>((resolve, reject) => {
      session.once('remoteSettings', () => resolve())
      session.once('error', reject)
      session.once('close', reject)
    })
    session.destroy()
  } catch {
    throw new BuilderRefusal('context deadline exceeded')
  }
}
