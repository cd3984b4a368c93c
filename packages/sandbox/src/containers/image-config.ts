import {
  isRecord,
  type JsonRecord,
  parseJson,
  recordField,
  stringField,
  stringsField,
} from '../registry/json.ts'
import type { ImageRunConfig } from './container.ts'

export interface ImageConfig {
  readonly os: string
  readonly architecture: string
  readonly config: ImageRunConfig
  readonly diffIds: readonly string[]
}

/** An image configuration blob (image-spec config.md). @throws Error when it is none */
export function parseImageConfig(bytes: Buffer): ImageConfig {
  const json = parseJson(bytes.toString('utf8'))
  if (!isRecord(json)) throw new Error('the image configuration is not a JSON object')
  const run = recordField(json, 'config') ?? {}
  return {
    os: stringField(json, 'os') ?? 'linux',
    architecture: stringField(json, 'architecture') ?? 'amd64',
    config: parseRunConfig(run),
    diffIds: stringsField(recordField(json, 'rootfs') ?? {}, 'diff_ids') ?? [],
  }
}

function parseRunConfig(run: JsonRecord): ImageRunConfig {
  const Entrypoint = stringsField(run, 'Entrypoint')
  const Cmd = stringsField(run, 'Cmd')
  const Env = stringsField(run, 'Env')
  const WorkingDir = stringField(run, 'WorkingDir')
  const User = stringField(run, 'User')
  const Labels = recordField(run, 'Labels')
  const ports = recordField(run, 'ExposedPorts')
  return {
    ...(Entrypoint && { Entrypoint }),
    ...(Cmd && { Cmd }),
    ...(Env && { Env }),
    ...(WorkingDir !== undefined && { WorkingDir }),
    ...(User !== undefined && { User }),
    ...(Labels && { Labels: stringValues(Labels) }),
    ...(ports && { ExposedPorts: Object.fromEntries(Object.keys(ports).map((port) => [port, {}])) }),
  }
}

function stringValues(record: JsonRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]))
}
