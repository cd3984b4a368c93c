import { type JsonRecord, numberField, stringField } from '../registry/json.ts'
import { EcrError } from './errors.ts'

const DEFAULT_RESULTS = 100
const MAX_RESULTS = 1000

/** `maxResults` and `nextToken`; the token is opaque to the client. @throws EcrError InvalidParameterException */
export function cutPage<T>(items: readonly T[], input: JsonRecord): { page: T[]; nextToken?: string } {
  const size = numberField(input, 'maxResults') ?? DEFAULT_RESULTS
  if (size < 1 || size > MAX_RESULTS)
    throw new EcrError(
      'InvalidParameterException',
      `Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value between 1 and ${MAX_RESULTS}'`,
    )
  const start = readToken(stringField(input, 'nextToken'))
  const page = items.slice(start, start + size)
  const end = start + page.length
  return end < items.length ? { page, nextToken: Buffer.from(`offset:${end}`).toString('base64') } : { page }
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))
  if (!match)
    throw new EcrError(
      'InvalidParameterException',
      "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid nextToken'",
    )
  return Number(match[1])
}
