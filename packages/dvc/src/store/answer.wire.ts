import type { S3Client } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'

interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Makes a client refuse what is no answer of S3. The SDK takes a login page with status 200 for the success of any
 * call, with all fields empty (peers-reliability reference 0.2), and a redirect to one for an unknown error.
 */
export function refuseForeignAnswers(client: S3Client, on: string): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const output = await next(args)
      assertFromS3(readAnswer(output.response), on)
      return output
    },
    // Inside of the SDK's own parser, which would throw first.
    { step: 'deserialize', priority: 'low', name: 'refuseForeignAnswers' },
  )
}

function assertFromS3({ status, headers }: RawAnswer, on: string): void {
  const isHtml = /^text\/html\b/i.test(headers['content-type'] ?? '') && headers['etag'] === undefined
  const isRedirect = [302, 303].includes(status)
  if (!isRedirect && !(isHtml && status < 300)) return
  throw new Failure({
    kind: 'auth',
    code: 'S3_LOGIN_PAGE',
    what: 'Something else than S3 answered',
    on,
    seen: isRedirect
      ? `HTTP ${status} to ${hostOf(headers['location'])}`
      : `HTTP ${status} with an HTML page, as a login page or a captive proxy sends it`,
    next: 'Check `endpointurl` of the remote and the proxy of this runner',
  })
}

function hostOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).host : 'another place'
}

function readAnswer(response: unknown): RawAnswer {
  const answer = record(response)
  const headers = Object.entries(record(answer['headers'])).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ])
  return { status: Number(answer['statusCode']), headers: Object.fromEntries(headers) }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
