import { createHash } from 'node:crypto'

/** The namespace of our names (RFC 9562, 5.5), itself the UUIDv5 of `mlops-actions` in the namespace of URLs. */
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'
const NAMESPACE = uuidV5(URL_NAMESPACE, 'https://github.com/mlops-actions')

/** What makes a submission the same one when the step runs again. */
export interface RunIdentity {
  readonly repository: string
  /** Id of the workflow run on GitHub; the same in every attempt of it. */
  readonly runId: string
  readonly job: string
  /** Digest of all that is submitted: legs of a matrix have the same job but not the same parameters. */
  readonly content: string
  /** 0, or how many runs of this identity have ended badly before: those are not attached to. */
  readonly generation: number
}

/**
 * The id that we choose for a run. The server takes `run_id` of the body as primary key in every 2.x release, which is
 * undocumented (reference 1.6): who submits checks what comes back.
 */
export function runIdOf({ repository, runId, job, content, generation }: RunIdentity): string {
  return uuidV5(NAMESPACE, JSON.stringify([repository, runId, job, content, generation]))
}

/** RFC 9562, 5.5: SHA-1 of namespace and name, with version 5 and the variant bits set. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** SHA-256 of a value as JSON with sorted keys, in hexadecimal. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(stableJson(value)).digest('hex')
}

function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stableJson(item)}`).join(',')}}`
}
