/** What GitHub said when it did not do what it was asked, whichever way it said it. */
export interface Refusal {
  /** HTTP status; 200 where only the body of a GraphQL answer says no. */
  readonly status: number
  /** The type of the first GraphQL error, such as `STALE_DATA`; '' for REST. */
  readonly type: string
  /** All messages, on one line. */
  readonly message: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Reads octokit's RequestError and GraphqlResponseError; undefined for anything else, a broken connection
 * included.
 */
export function readRefusal(error: unknown): Refusal | undefined {
  if (!isRecord(error)) return undefined
  const { name, errors, status, message, response } = error
  if (name === 'GraphqlResponseError' && Array.isArray(errors)) {
    const types = errors
      .map((entry) => (isRecord(entry) ? entry['type'] : undefined))
      .filter((type) => typeof type === 'string')
    const messages = errors.map((entry) => (isRecord(entry) ? String(entry['message'] ?? '') : ''))
    return {
      status: 200,
      type: types[0] ?? '',
      message: onOneLine(messages.join('; ')),
      headers: readHeaders(error['headers']),
    }
  }
  // A request that got no answer is a RequestError of status 500 too, but without a response.
  if (typeof status !== 'number' || !isRecord(response)) return undefined
  return {
    status,
    type: '',
    message: onOneLine(messageIn(response) ?? String(message)),
    headers: readHeaders(response['headers']),
  }
}

function messageIn({ data }: Record<string, unknown>): string | undefined {
  return isRecord(data) && typeof data['message'] === 'string' ? data['message'] : undefined
}

function readHeaders(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]))
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
